import { Change } from "../plan/stack-plan";
import { causesOf } from "./causes";
import { Finding } from "./finding";
import { isGone, Situation } from "./situation";
import { few } from "./words";

/** What is replaced or deleted, and what goes with it: one finding for each reason. */
export function replacements(situation: Situation): Finding[] {
  if (situation.change === "removed") return [];
  const groups = new Map<string, Change[]>();
  for (const change of situation.plan.changes.values()) {
    // Terraform's own notes are nothing in Azure.
    if (!isGone(change) || change.type === "terraform_data") continue;
    const reasons = [...new Set([...causesOf(situation, change).values()].flat())].sort();
    const key = change.action === "destroy" ? "deleted" : reasons.join(", ");
    groups.set(key, [...(groups.get(key) ?? []), change]);
  }
  return [...groups].map(([reasons, changes]): Finding => {
    const roots = new Set(changes.flatMap((change) => [...causesOf(situation, change).keys()]));
    const own = changes.filter(({ address }) => roots.has(address));
    const others = changes.length - own.length;
    const deleted = reasons === "deleted";
    const named = few(
      (own.length > 0 ? own : changes).map(({ address }) => address),
      4,
    );
    const along =
      others > 0 && own.length > 0 ? `; ${others === 1 ? "one other goes" : `${others} others go`} with it` : "";
    return {
      kind: "replace",
      stack: situation.name,
      addresses: changes.map(({ address }) => address),
      consumers: [],
      why: deleted
        ? `${count(changes.length, "resource")} not in the deployment any more ${changes.length === 1 ? "is" : "are"} deleted: ${few(
            changes.map(({ address }) => address),
            4,
          )}.`
        : `Deleted and made anew, as ${reasons || "Terraform's plan says so"}: ${named}${along}.`,
      instead: deleted ? "" : "Leave the argument as it was, if the rest of the change does not need it.",
    };
  });
}

const count = (number: number, noun: string): string => (number === 1 ? `One ${noun}` : `${number} ${noun}s`);
