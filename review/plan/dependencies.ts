import { Declared, texts } from "../read/declared";
import { Json, object } from "../read/json";
import { Stack } from "../read/stacks";
import { Reference, referenceOf, referencesIn } from "../read/template";

/** Everything that a resource of a stack needs, by way of others too: Terraform deletes it before any of these. */
export function dependenciesIn(stack: Stack | undefined, resources: ReadonlyMap<string, Declared>): Dependencies {
  const locals = object(stack?.json.locals);
  const direct = new Map<string, readonly string[]>();
  const directOf = (address: string): readonly string[] => {
    const known = direct.get(address);
    if (known) return known;
    const body = resources.get(address)?.body ?? {};
    const named = texts(body.depends_on).flatMap((name) => referenceOf(name) ?? []);
    const found = followed([...named, ...referencesBelow(body)], locals).filter((one) => one !== address);
    const own = [...new Set(found)].filter((one) => resources.has(one));
    direct.set(address, own);
    return own;
  };
  const all = new Map<string, ReadonlySet<string>>();
  const allOf = (address: string): ReadonlySet<string> => {
    const known = all.get(address);
    if (known) return known;
    const found = new Set<string>();
    const queue = [address];
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      for (const one of directOf(next)) {
        if (!found.has(one)) queue.push(one);
        found.add(one);
      }
    }
    all.set(address, found);
    return found;
  };
  return { direct: directOf, all: allOf };
}

/** What a resource needs. */
export interface Dependencies {
  readonly direct: (address: string) => readonly string[];
  readonly all: (address: string) => ReadonlySet<string>;
}

/** Everything that is referred to anywhere in a part of a configuration. */
export function referencesBelow(json: Json | undefined): Reference[] {
  if (typeof json === "string") return json.includes("${") ? referencesIn(json) : [];
  if (Array.isArray(json)) return json.flatMap(referencesBelow);
  return Object.values(object(json)).flatMap(referencesBelow);
}

/** Addresses, with local values followed. */
function followed(references: readonly Reference[], locals: Readonly<Record<string, Json | undefined>>): string[] {
  const seen = new Set<string>();
  const queue = [...references];
  const addresses: string[] = [];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const { root } = next;
    if (!root.startsWith("local.")) addresses.push(root);
    else if (!seen.has(root)) {
      seen.add(root);
      queue.push(...referencesBelow(locals[root.slice("local.".length)]));
    }
  }
  return addresses;
}
