import { Change } from "../plan/stack-plan";
import { unknownAfter } from "../plan/value";
import { isGone, Situation } from "./situation";
import { code, inWords } from "./words";

/** The resources whose own change made this one go, and how; itself where nothing else did. */
export function causesOf(situation: Situation, change: Change): Map<string, string[]> {
  const causes = new Map<string, string[]>();
  const seen = new Set<string>();
  const follow = (one: Change): void => {
    if (seen.has(one.address)) return;
    seen.add(one.address);
    const own: string[] = [];
    for (const { path, before, after, effect, secret } of one.differences) {
      if (effect !== "replaces") continue;
      const behind = unknownAfter(after).flatMap((address) => situation.plan.changes.get(address) ?? []);
      if (behind.length > 0) behind.forEach(follow);
      // a block's rule repeats what is said of its arguments.
      else if (!one.differences.some((other) => other.path !== path && other.path.startsWith(`${path}[`)))
        own.push(secret ? `${code(path)} changes` : `${code(path)} goes from ${inWords(before)} to ${inWords(after)}`);
      else own.push(...inside(one, path));
    }
    for (const trigger of one.triggers) {
      const behind = situation.plan.changes.get(trigger);
      if (behind && isGone(behind)) follow(behind);
      else own.push(`${code(trigger)} changes`);
    }
    if (one.action === "destroy") own.push("it is not in the deployment any more");
    if (own.length > 0) causes.set(one.address, own);
  };
  follow(change);
  return causes;
}

/** What differs within a block that replaces as a whole; what is not known there has been followed already. */
function inside(change: Change, path: string): string[] {
  return change.differences
    .filter((one) => one.path.startsWith(`${path}[`) && unknownAfter(one.after).length === 0)
    .map(({ path: at, before, after }) => `${code(at)} goes from ${inWords(before)} to ${inWords(after)}`);
}

/** The causes in a sentence. */
export function causesInWords(causes: ReadonlyMap<string, readonly string[]>): string {
  return [...causes].map(([address, reasons]) => `${code(address)}: ${reasons.join(", ")}`).join("; ");
}
