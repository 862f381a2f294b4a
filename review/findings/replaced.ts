import { Change } from "../plan/stack-plan";
import { causesInWords, causesOf } from "./causes";
import { Finding } from "./finding";
import { isGone, Situation } from "./situation";

/** What is replaced or deleted, and what goes with it: one finding for each cause. */
export function replacements(situation: Situation): Finding[] {
  if (situation.change === "removed") return [];
  const groups = new Map<string, Change[]>();
  for (const change of situation.plan.changes.values()) {
    if (!isGone(change)) continue;
    const causes = [...causesOf(situation, change).keys()].sort().join(" ") || change.address;
    const key = change.action === "destroy" ? "deleted" : causes;
    groups.set(key, [...(groups.get(key) ?? []), change]);
  }
  return [...groups].map(([key, changes]): Finding => {
    const [first] = changes as [Change];
    const causes = causesOf(situation, first);
    const others = changes.filter(({ address }) => !causes.has(address)).length;
    const deleted = key === "deleted";
    return {
      kind: "replace",
      stack: situation.name,
      addresses: changes.map(({ address }) => address),
      consumers: [],
      why: deleted
        ? `${count(changes.length, "resource")} not in the deployment any more ${changes.length === 1 ? "is" : "are"} deleted.`
        : `Deleted and made anew because of ${causesInWords(causes)}${others > 0 ? `; ${others === 1 ? "one other goes" : `${others} others go`} with it` : ""}.`,
      instead: deleted ? "" : "Leave the argument as it was, if the rest of the change does not need it.",
    };
  });
}

const count = (number: number, noun: string): string => (number === 1 ? `One ${noun}` : `${number} ${noun}s`);
