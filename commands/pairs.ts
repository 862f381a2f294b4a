import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { Changes, edited, shippedContent } from "./edited";
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
  readonly first?: Changes;
  readonly set?: Changes;
  readonly remove?: readonly string[];
  readonly azureOnly?: readonly string[];
  readonly says: readonly string[];
  readonly terraform?: Readonly<Record<string, Changes>>;
}

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
  const first = edited(shippedContent(found.of), written(found.first));
  const gone = Object.fromEntries((found.remove ?? []).map((place) => [place, undefined]));
  const then = edited(first, { ...written(found.set), ...gone });
  const after = synthesized(found.of, then);
  for (const [stack, changes] of Object.entries(found.terraform ?? {})) {
    after.set(stack, stackOf(stack, edited({ ...after.get(stack)?.json }, written(changes))));
  }
  return { name, before: synthesized(found.of, first), after, azureOnly: found.azureOnly ?? [], says: found.says };
}

function all(): Edits[] {
  return parse(readFileSync(PAIRS, "utf8")) as Edits[];
}

/** Changes as YAML has them, which cannot say undefined. */
function written(changes: Changes = {}): Changes {
  return Object.fromEntries(Object.entries(changes).map(([place, value]) => [place, value ?? undefined]));
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
