import { factsOf } from "../facts/facts";
import { argumentsOf, dataOf, Declared, resourcesOf } from "../read/declared";
import { isObject, Json, JsonObject, object } from "../read/json";
import { Stack } from "../read/stacks";
import { Part, partsOf, Reference } from "../read/template";
import { identityOf, idOf, lookedUp } from "./identity";
import { fingerprint, isValueObject, plainText, Term, unknownAfter, Value, ValueObject } from "./value";

/** What a stack's expressions depend on beside the stack. */
export interface Surroundings {
  /** The arguments of a resource as its references see them, of those that are written. */
  readonly kept: (declared: Declared, values: ValueObject) => ValueObject;
  /** The resources that have to be made before an attribute that Azure gives is known. */
  readonly unknown: (address: string, attribute: string) => readonly string[];
  /** What has to happen before a data source is read. */
  readonly deferred: (address: string) => readonly string[];
  /** Whether a resource is another one than before, so that what Azure gave is another too. */
  readonly renewed: (address: string) => boolean;
  /** An output of another stack, by where its state is kept; undefined where nobody knows. */
  readonly output: (state: string, name: string) => Value | undefined;
}

/** One stack whose expressions can be followed. */
export class World {
  readonly resources: ReadonlyMap<string, Declared>;
  readonly data: ReadonlyMap<string, Declared>;
  private readonly followed = new Map<string, ValueObject>();
  private readonly following = new Set<string>();
  /** What the instance whose arguments are followed calls itself. */
  private self: JsonObject | undefined;

  constructor(
    private readonly stack: Stack | undefined,
    private readonly surroundings: Surroundings,
  ) {
    this.resources = resourcesOf(stack);
    this.data = dataOf(stack);
  }

  /** The arguments of a resource or data source. */
  arguments(declared: Declared): ValueObject {
    return this.once(declared.address, () => {
      const outer = this.self;
      this.self = declared.self;
      const values = this.evaluate(argumentsOf(declared)) as ValueObject;
      this.self = outer;
      return values;
    });
  }

  /** The outputs of the stack. */
  output(name: string): Value | undefined {
    const value = object(object(this.stack?.json.output)[name]).value;
    return value === undefined ? undefined : this.evaluate(value);
  }

  evaluate(json: Json): Value {
    if (typeof json === "string") return this.text(json);
    if (Array.isArray(json)) return (json as readonly Json[]).map((one) => this.evaluate(one));
    if (!isObject(json)) return json;
    const entries = Object.entries(json).filter(([, value]) => value !== null && value !== undefined);
    return Object.fromEntries(entries.map(([key, value]) => [key, this.evaluate(value as Json)]));
  }

  private text(text: string): Value {
    if (!text.includes("{")) return text;
    const parts = partsOf(text);
    const values = parts.map((part) => this.part(part));
    const [first] = parts;
    if (parts.length === 1 && first?.kind === "reference") return values[0] ?? null;
    const plain = parts.every(({ kind }, index) => kind !== "code" && isScalar(values[index]));
    if (plain) return values.map(plainText).join("");
    const texts = parts.map(({ kind }, index) =>
      kind === "reference" ? fingerprint(values[index]) : plainText(values[index]),
    );
    const labels = values.map((value, index) => (value instanceof Term ? value.label : (texts[index] ?? "")));
    return new Term(idOf(texts.join("")), values.flatMap(unknownAfter), labels.join(""));
  }

  private part(part: Part): Value {
    return part.kind === "reference" ? this.follow(part.reference) : part.text;
  }

  /** The value that a name stands for. */
  follow({ root, path }: Reference): Value {
    const name = root.slice(root.lastIndexOf(".") + 1);
    if (root.startsWith("local.")) {
      const local = object(this.stack?.json.locals)[name];
      if (local === undefined) return new Term(nameOf(root, path));
      const value = this.once(root, () => ({ value: this.evaluate(local) })).value;
      return walked(value ?? null, path) ?? new Term(nameOf(root, path));
    }
    if (root.startsWith("var.")) {
      const variable = object(object(this.stack?.json.variable)[name]);
      const preset = variable.default === undefined ? "" : `=${JSON.stringify(variable.default)}`;
      return new Term(`${nameOf(root, path)}${preset}`);
    }
    const own = this.self?.[root];
    if (own !== undefined) return walked(this.evaluate(own), path) ?? new Term(nameOf(root, path));
    if (root.startsWith("data.")) return this.dataAttribute(root, path);
    return this.attribute(root, path);
  }

  private attribute(root: string, path: Reference["path"]): Value {
    const [index, ...rest] = path;
    const instance =
      index === undefined ? root : `${root}[${typeof index === "number" ? index : JSON.stringify(index)}]`;
    const declared = this.resources.get(root) ?? this.resources.get(instance);
    if (declared === undefined) {
      const all = [...this.resources.keys()].filter((address) => address.startsWith(`${root}[`));
      const several = all.length > 0 && (index === undefined || index === "*");
      return several ? all.map((address) => this.attribute(address, rest)) : new Term(nameOf(root, path));
    }
    const steps = declared.address === root ? path : rest;
    const values = this.surroundings.kept(declared, this.arguments(declared));
    const fallback = steps.length === 1 ? factsOf(declared.type)?.arguments[String(steps[0])]?.default : undefined;
    const configured = steps.length === 0 ? undefined : (walked(values, steps) ?? fallback);
    if (configured !== undefined) return configured;
    const unknown = this.surroundings.unknown(declared.address, String(steps[0] ?? ""));
    const name = nameOf(declared.address, steps);
    const identity = steps.length > 0 ? identityOf(declared.type, values) : undefined;
    // what is made anew under its own name has the same id, and nothing else of what Azure gives.
    const itsId = identity !== undefined && steps.length === 1 && steps[0] === "id";
    const renewed = this.surroundings.renewed(declared.address) && !itsId ? " (new)" : "";
    return new Term(`${identity ? nameOf(identity, steps) : name}${renewed}`, unknown, name);
  }

  private dataAttribute(root: string, path: Reference["path"]): Value {
    const declared = this.data.get(root);
    if (declared === undefined) return new Term(nameOf(root, path));
    const values = this.arguments(declared);
    if (declared.type === "terraform_remote_state") {
      // a state that may not be there yet is read once or not at all.
      const [section, name, ...rest] = path[0] === "*" ? path.slice(1) : path;
      const output = section === "outputs" ? this.surroundings.output(stateOf(values), String(name)) : undefined;
      const found = output === undefined ? undefined : walked(output, rest);
      return found ?? new Term(`${stateOf(values)}.${nameOf(String(name), rest)}`);
    }
    const after = [...unknownAfter(values), ...this.surroundings.deferred(root)];
    const configured = path.length === 1 ? walked(values, path) : undefined;
    if (configured !== undefined && path[0] !== "id") return configured;
    // what was made here and is only looked up from now on keeps all that Azure has given it.
    const name = nameOf(`data.${declared.type}${fingerprint(values)}`, path);
    const identity = lookedUp(declared, values);
    return new Term(identity ? nameOf(identity, path) : name, after, name);
  }

  /** Names may lead in a circle in Terraform that nobody can deploy. */
  private once(key: string, evaluate: () => ValueObject): ValueObject {
    const known = this.followed.get(key);
    if (known) return known;
    if (this.following.has(key)) return {};
    this.following.add(key);
    const value = evaluate();
    this.following.delete(key);
    this.followed.set(key, value);
    return value;
  }
}

/** Where a data source finds a state, or a stack keeps its own: the same text for the same place. */
export function stateOf(values: ValueObject): string {
  return `${plainText(values.backend)} ${fingerprint(values.config)}`;
}

/** The part of a value that a path leads to; undefined where it is not in the configuration. */
export function walked(value: Value, path: Reference["path"]): Value | undefined {
  let at: Value | undefined = value;
  for (const [index, step] of path.entries()) {
    if (at instanceof Term) return new Term(nameOf(at.text, path.slice(index)), at.after);
    if (step === "*") {
      const rest = path.slice(index + 1);
      const items: readonly Value[] = Array.isArray(at) ? (at as readonly Value[]) : [at ?? null];
      const found = items.map((item) => walked(item, rest));
      return found.includes(undefined) ? undefined : (found as Value[]);
    }
    if (typeof step === "number") {
      // a single block may stand without its list.
      at = Array.isArray(at) ? (at as readonly Value[])[step] : step === 0 && isValueObject(at) ? at : undefined;
    } else at = isValueObject(at) ? at[step] : undefined;
    if (at === undefined || at === null) return undefined;
  }
  return at;
}

function nameOf(root: string, path: Reference["path"]): string {
  return path.reduce<string>((text, step) => text + (typeof step === "number" ? `[${step}]` : `.${step}`), root);
}

function isScalar(value: Value | undefined): boolean {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}
