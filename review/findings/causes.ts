import { Change } from "../plan/stack-plan";
import { plainText, unknownAfter, Value } from "../plan/value";
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
      // what was not there before has no cause of its own.
      const anew = behind.filter(isGone);
      if (anew.length > 0) anew.forEach(follow);
      else if (behind.length > 0) own.push(`${code(path)} leads to something that this change makes`);
      // a block's rule repeats what is said of its arguments.
      else if (!one.differences.some((other) => other.path !== path && other.path.startsWith(`${path}[`)))
        own.push(reason(path, before, after, secret));
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
    .map(({ path: at, before, after, secret }) => reason(at, before, after, secret));
}

/** The causes in a sentence. */
export function causesInWords(causes: ReadonlyMap<string, readonly string[]>): string {
  return [...causes].map(([address, reasons]) => `${code(address)}: ${reasons.join(", ")}`).join("; ");
}

function reason(path: string, before: Value | undefined, after: Value | undefined, secret: boolean): string {
  if (secret) return `${code(path)} changes`;
  const [from, to] = [inWords(before), inWords(after)];
  // the same name in the code stands for something else in Azure.
  const renewed =
    from === to || plainText(before).replaceAll(" (new)", "") === plainText(after).replaceAll(" (new)", "");
  return renewed ? `${code(path)} leads to something that is made anew` : `${code(path)} goes from ${from} to ${to}`;
}
