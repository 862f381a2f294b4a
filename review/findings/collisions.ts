import { identityOf } from "../plan/identity";
import { Change } from "../plan/stack-plan";
import { Finding } from "./finding";
import { afterOf, beforeOf, called, isGone, Situation } from "./situation";

/** One thing of Azure under two addresses of a plan: Terraform makes the one before, or while, it deletes the other. */
export function collisions(situation: Situation): Finding[] {
  if (situation.change === "removed") return [];
  const going = new Map<string, Change>();
  const coming = new Map<string, Change[]>();
  for (const change of situation.plan.changes.values()) {
    const old = isGone(change) ? identityOf(change.type, beforeOf(situation, change)) : undefined;
    const identity = change.after && identityOf(change.type, afterOf(situation, change));
    // what is made anew under its own name is deleted first.
    if (old && old !== identity) going.set(old, change);
    if (identity) coming.set(identity, [...(coming.get(identity) ?? []), change]);
  }
  const base = { kind: "collision" as const, stack: situation.name, consumers: [] };
  const twice = [...coming.values()].filter((changes) => changes.length > 1);
  const crossed = [...coming].flatMap(([identity, changes]) => {
    const old = going.get(identity);
    const waits = changes.every(({ address }) => old?.after && situation.needs.all(address).has(old.address));
    return old && !waits ? [[old, ...changes]] : [];
  });
  return [
    ...twice.map((changes) => ({
      ...base,
      addresses: changes.map(({ address }) => address),
      why: `${changes[0] ? called(situation, changes[0]) : ""} stands under ${changes.length} addresses: whichever is made second is refused as existing already.`,
      instead: "Give each its own name.",
    })),
    ...crossed.map((changes) => ({
      ...base,
      addresses: changes.map(({ address }) => address),
      why: `${changes[0] ? called(situation, changes[0]) : ""} is deleted at one address and made at another of the same plan. Nothing makes Terraform delete it first, so Azure may refuse the new one as existing already.`,
      instead: "Take another name for the new one, or make the change in two deployments.",
    })),
  ];
}
