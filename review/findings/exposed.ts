import { EXPOSURES, ExposingArgument } from "../facts/exposures";
import { factsOf } from "../facts/facts";
import { Change } from "../plan/stack-plan";
import { fingerprint, flattened, Value } from "../plan/value";
import { blocks, Difference } from "../plan/differences";
import { audience } from "./audience";
import { Finding, Remark } from "./finding";
import { afterOf, called, Former, Situation } from "./situation";
import { guestPrograms } from "./guests";
import { logIn } from "./log-in";
import { namesThatLeave } from "./names";
import { openedRules } from "./opened-rules";
import { otherGroups } from "./other-groups";
import { overlooked } from "./overlooked";
import { balancedPorts } from "./balanced-ports";
import { programs } from "./programs";
import { strangers } from "./strangers";
import { unguarded } from "./unguarded";
import { unjudged } from "./unjudged";
import { unprotected } from "./unprotected";
import { code, inWords } from "./words";

/** What lets more in than before. */
export function exposures(situation: Situation, subscriptions: ReadonlyMap<string, string>, former: Former): Finding[] {
  if (situation.change === "removed") return [];
  const base = { kind: "exposure" as const, stack: situation.name, consumers: [] };
  const found = [
    ...openedRules(situation),
    ...balancedPorts(situation),
    ...unguarded(situation),
    ...audience(situation, subscriptions),
    ...openers(situation),
    ...guardsGone(situation),
    ...argumentsThatOpen(situation),
    ...unprotected(situation),
    ...overlooked(situation),
    ...programs(situation),
    ...guestPrograms(situation),
    ...otherGroups(situation),
    ...namesThatLeave(situation),
    ...strangers(situation, former),
    ...logIn(situation),
  ];
  const said = new Set(found.flatMap(({ addresses }) => addresses));
  return [...found, ...unjudged(situation, former, said)].map((one) => ({ ...base, ...one }));
}

function openers(situation: Situation): Remark[] {
  return [...situation.plan.changes.values()]
    .filter(({ action, type }) => (action === "create" || action === "unknown") && type in EXPOSURES.resources)
    .map((change) => ({
      addresses: [change.address],
      why: `${called(situation, change)} is ${EXPOSURES.resources[change.type]}.`,
      instead: "Check that it is wanted.",
    }));
}

function guardsGone(situation: Situation): Remark[] {
  return [...situation.plan.changes.values()]
    .filter(({ action, type }) => action === "destroy" && type in EXPOSURES.gone)
    .map((change) => ({
      addresses: [change.address],
      why: `${called(situation, change)} is deleted, which ${EXPOSURES.gone[change.type]}.`,
      instead: "Keep it.",
    }));
}

function argumentsThatOpen(situation: Situation): Remark[] {
  return [...situation.plan.changes.values()].flatMap((change) => {
    if (change.after === undefined) return [];
    const isMade = change.before === undefined;
    // a stack of its own is a design, and reviewed as one.
    if (isMade && situation.change === "added") return [];
    const all: readonly Pick<Difference, "path" | "before" | "after" | "secret">[] = isMade
      ? Object.entries({ ...EXPOSURES.defaults[change.type], ...afterOf(situation, change) }).map(([path, after]) => ({
          path,
          before: undefined,
          after,
          secret: factsOf(change.type)?.arguments[path]?.secret ?? false,
        }))
      : change.differences;
    const said = all.flatMap((difference) =>
      flattened(difference.path.replace(/\[[^\]]*\]/g, ""), difference.after).flatMap(([path, value]) => {
        const found = EXPOSURES.arguments.find(
          (one) =>
            (one.type === "*" || one.type === change.type) &&
            (!isMade || one.made === true) &&
            path.startsWith(one.path) &&
            opens(one.to, value),
        );
        const [from, to] = [inWords(difference.before), inWords(difference.after)];
        const now = isMade ? inWords(value) : from === to ? "another than before" : `${from} → ${to}`;
        return found ? [`${found.says} (${code(difference.path)}: ${difference.secret ? "not shown" : now})`] : [];
      }),
    );
    const own = [...new Set(said)];
    return own.length === 0 ? [] : [exposedBy(situation, change, own)];
  });
}

function exposedBy(situation: Situation, change: Change, said: readonly string[]): Remark {
  return {
    addresses: [change.address],
    why: `${called(situation, change)}: ${said.join("; ")}.`,
    instead: "Check that it is wanted, and for how long.",
  };
}

function opens(to: ExposingArgument["to"], value: Value | undefined): boolean {
  if (value === undefined || value === null) return false;
  return to === undefined || blocks(to).some((one) => fingerprint(value) === fingerprint(one));
}
