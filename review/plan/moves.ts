import { Declared, texts } from "../read/declared";
import { blocks, object } from "../read/json";
import { Stack } from "../read/stacks";

/** What the stack's `moved` blocks say of resources that were there: old addresses by new ones. */
export function movesOf(
  after: Stack | undefined,
  before: ReadonlyMap<string, Declared>,
  now: ReadonlyMap<string, Declared>,
): Map<string, string> {
  const steps = sectionOf(after, "moved").map(({ from, to }): [string, string] => [
    texts(from).join(),
    texts(to).join(),
  ]);
  const moves = new Map<string, string>();
  for (const address of before.keys()) {
    let at = address;
    for (const [from, to] of steps) if (at === from) at = to;
    // one without a number is the first of several, to Terraform.
    const other = at.endsWith("[0]") ? at.slice(0, -"[0]".length) : `${at}[0]`;
    if (!now.has(at) && now.has(other)) at = other;
    if (at !== address && !before.has(at)) moves.set(at, address);
  }
  return moves;
}

/** The addresses that Terraform forgets without destroying anything. */
export function forgotten(after: Stack | undefined): Set<string> {
  const kept = sectionOf(after, "removed").filter(({ lifecycle }) => object(blocks(lifecycle)[0]).destroy === false);
  return new Set(kept.map(({ from }) => texts(from).join()));
}

/** The addresses that take in what exists already. */
export function imported(after: Stack | undefined): Set<string> {
  return new Set(sectionOf(after, "import").map(({ to }) => texts(to).join()));
}

function sectionOf(stack: Stack | undefined, name: string) {
  return blocks(stack?.json[name]).map(object);
}
