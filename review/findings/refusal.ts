import { AZURE, RefusalName } from "../facts/azure";
import { Change } from "../plan/stack-plan";
import { object } from "../read/json";
import { Finding } from "./finding";
import { called, isGone, Situation } from "./situation";
import { code } from "./words";

/** A refusal as a finding. */
export function refused(situation: Situation, name: RefusalName, found: readonly Change[], detail: string): Finding {
  const { code: error, why, instead } = AZURE.refusals[name];
  return {
    kind: "refused",
    stack: situation.name,
    addresses: found.map(({ address }) => address),
    consumers: name === "serviceInUse" ? situation.consumers : [],
    why: `${capital(detail)}: ${why}${error === undefined ? "" : ` (${code(error)})`}.`,
    instead: `${capital(instead)}.`,
  };
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
/** Resources as Azure calls them. */
export const names = (situation: Situation, found: readonly Change[]): string =>
  found.map((one) => called(situation, one)).join(", ");

/** The resources that need this one and stay, whatever is changed in them. */
export function staying(situation: Situation, change: Change, ...types: string[]): Change[] {
  return situation
    .of(...types)
    .filter((one) => one.before && !isGone(one) && situation.needed.direct(one.address).includes(change.address));
}

/** Whether the new one is made before the old one goes. */
export const first = ({ after }: Change): boolean => object(after?.body.lifecycle).create_before_destroy === true;
