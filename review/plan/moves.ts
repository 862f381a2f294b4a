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
  const next = (address: string): string | undefined => {
    const [from = "", to] = steps.find(([one, other]) => address === one || ofAll(address, one, other)) ?? [];
    return to === undefined ? undefined : to + address.slice(from.length);
  };
  const moves = new Map<string, string>();
  for (const address of before.keys()) {
    // whatever their order, one goes on where another ends, and none goes where something is.
    const at = steps.reduce((here) => {
      const to = next(here);
      return to === undefined || before.has(to) ? here : to;
    }, address);
    // one without a number is the first of several, to Terraform.
    const other = at.endsWith("[0]") ? at.slice(0, -"[0]".length) : `${at}[0]`;
    const place = !now.has(at) && now.has(other) ? other : at;
    if (place !== address && !before.has(place)) moves.set(place, address);
  }
  return moves;
}

/** Whether a step is from one resource to another with all its instances, this one too. */
const ofAll = (address: string, from: string, to: string): boolean =>
  address.startsWith(`${from}[`) && !to.endsWith("]");

/** Whether Terraform forgets what was at an address, one instance or all, without destroying it. */
export function forgotten(after: Stack | undefined): (address: string) => boolean {
  const kept = sectionOf(after, "removed").filter(({ lifecycle }) => object(blocks(lifecycle)[0]).destroy === false);
  const names = new Set(kept.map(({ from }) => texts(from).join()));
  return (address) => names.has(address.replace(/\[.*$/s, ""));
}

/** The addresses that take in what exists already. */
export function imported(after: Stack | undefined): Set<string> {
  return new Set(sectionOf(after, "import").map(({ to }) => texts(to).join()));
}

function sectionOf(stack: Stack | undefined, name: string) {
  return blocks(stack?.json[name]).map(object);
}
