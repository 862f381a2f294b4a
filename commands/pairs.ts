import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { stackOf, stacksIn, Tree } from "../review/read/stacks";
import { DEPLOYMENTS, synthesizeInto } from "./synthesized";

/** A change as a team makes it. */
export interface Pair {
  readonly name: string;
  readonly before: Tree;
  readonly after: Tree;
  /** Stacks that only Azure itself changes: a stand-in gives a service that is made anew its old alias. */
  readonly azureOnly: readonly string[];
  /** What the review has to find, such as `cut provider`. */
  readonly says: readonly string[];
}

/** How a change is written down. */
export interface Edits {
  readonly name: string;
  /** The shipped deployment that is changed. */
  readonly of: string;
  readonly first?: Readonly<Record<string, unknown>>;
  readonly set?: Readonly<Record<string, unknown>>;
  readonly remove?: readonly string[];
  readonly azureOnly?: readonly string[];
  readonly says: readonly string[];
  readonly terraform?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

type Node = Record<string, unknown>;

const PAIRS = join(__dirname, "..", "review", "prove", "pairs.yaml");

/** The names of the changes that the review is judged by. */
export function pairNames(): string[] {
  return all().map(({ name }) => name);
}

/** A change by its name, synthesized before and after. */
export function pairOf(name: string): Pair {
  const found = all().find((one) => one.name === name);
  if (found === undefined) throw new Error(`${PAIRS} has no pair named ${name}`);
  return made(found);
}

/** A change that is written down, synthesized before and after. */
export function made(found: Edits): Pair {
  const { name } = found;
  const file = readFileSync(join(DEPLOYMENTS, `${found.of}.yaml`), "utf8");
  const first = edited(parse(file), found.first ?? {});
  const then = edited(structuredClone(first), found.set ?? {}, found.remove);
  const after = synthesized(found.of, then);
  for (const [stack, changes] of Object.entries(found.terraform ?? {})) {
    after.set(stack, stackOf(stack, edited(structuredClone(after.get(stack)?.json), changes)));
  }
  return { name, before: synthesized(found.of, first), after, azureOnly: found.azureOnly ?? [], says: found.says };
}

function all(): Edits[] {
  return parse(readFileSync(PAIRS, "utf8")) as Edits[];
}

function edited(value: unknown, set: Readonly<Record<string, unknown>>, remove: readonly string[] = []): unknown {
  for (const [path, to] of Object.entries(set)) put(value as Node, path.split("."), to);
  for (const path of remove) put(value as Node, path.split("."), undefined);
  return value;
}

/** Puts a value at a path; `*` is every key there, and undefined or null takes away what is there. */
function put(node: Node, [step = "", ...rest]: string[], value: unknown): void {
  if (step === "*") return Object.keys(node).forEach((key) => put(node, [key, ...rest], value));
  if (rest.length > 0) return put((node[step] ??= {}) as Node, rest, value);
  if (value !== undefined && value !== null) node[step] = value;
  else if (Array.isArray(node)) node.splice(Number(step), 1);
  else delete node[step];
}

function synthesized(name: string, content: unknown): Map<string, ReturnType<typeof stackOf>> {
  const folder = mkdtempSync(join(tmpdir(), "apim-private-link-pair-"));
  try {
    const file = join(folder, `${name}.yaml`);
    const text = stringify(content).replace("from: handover/", `from: ${DEPLOYMENTS}/handover/`);
    writeFileSync(file, text);
    synthesizeInto(join(folder, "out"), file, {});
    return new Map(stacksIn(join(folder, "out")));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
