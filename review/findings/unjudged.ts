import { EXPOSURES } from "../facts/exposures";
import { factsOf } from "../facts/facts";
import { Change } from "../plan/stack-plan";
import { Remark } from "./finding";
import { RIGHTS } from "./secrets";
import { Former, Situation } from "./situation";
import { few } from "./words";

/**
 * Resources of which nobody here knows what they open: they are made, or change.
 *
 * @param former whose types are a deployment's design where a stack is new
 * @param said the addresses of which something is said already
 */
export function unjudged(situation: Situation, former: Former, said: ReadonlySet<string>): Remark[] {
  const isNew = situation.change === "added";
  const found = [...situation.plan.changes.values()].filter(
    (change) =>
      isUnknown(change) &&
      !said.has(change.address) &&
      !(isNew && former.types.has(change.type)) &&
      change.action !== "none",
  );
  if (found.length === 0) return [];
  return [
    {
      addresses: found.map(({ address }) => address),
      why: `The review does not know what resources of these types let in, or show: ${few([...new Set(found.map(({ type }) => type))].sort())}.`,
      instead: "Read each of them as if nobody else did: who may reach it, and what goes to whom.",
    },
  ];
}

function isUnknown({ type, after }: Change): boolean {
  // rights are told of as such.
  return after !== undefined && factsOf(type) === undefined && !EXPOSURES.harmless.includes(type) && !RIGHTS.test(type);
}
