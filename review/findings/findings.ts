import { Plan } from "../plan/plan";
import { collisions } from "./collisions";
import { consumerCuts, leftBehind } from "./consumer-cuts";
import { providerCuts } from "./cut";
import { subscriptionsOf } from "./audience";
import { exposures } from "./exposed";
import { Finding, worstFirst } from "./finding";
import { moves, orphans } from "./lost";
import { refusals } from "./refused";
import { replacements } from "./replaced";
import { secrets } from "./secrets";
import { consumerName, formerOf, Situation, situations } from "./situation";
import { reboots, slowOnes } from "./waits";
import { few } from "./words";

/** Everything that a reviewer should know, the worst first. */
export function findingsOf(plan: Plan): Finding[] {
  const all = situations(plan);
  const subscriptions = subscriptionsOf(all);
  const former = formerOf(plan);
  const isConsumer = ({ plan: { before, after } }: Situation): boolean =>
    [...before.resources.values(), ...after.resources.values()].some(({ type }) => type === "azurerm_private_endpoint");
  const consumers = all.filter(isConsumer);
  const providers = all.filter((one) => !isConsumer(one));
  const still = leftBehind(consumers, providers);
  const untouched = all.filter(({ change }) => change === "none").map(({ name }) => consumerName(name));
  return worstFirst([
    ...providers.flatMap(providerCuts).map((cut) => withBystanders(cut, untouched, still)),
    ...consumers.flatMap(consumerCuts),
    ...orphans(all),
    ...all.flatMap((one) => [
      ...refusals(one),
      ...replacements(one),
      ...exposures(one, subscriptions, former),
      ...collisions(one),
      ...moves(one),
      ...secrets(one),
      ...reboots(one),
      ...slowOnes(one),
    ]),
  ]);
}

/** Says which of the consumers are not in the diff at all, and whose endpoint nobody plans anew. */
function withBystanders(cut: Finding, untouched: readonly string[], still: readonly string[]): Finding {
  const bystanders = cut.consumers.filter((name) => untouched.includes(name));
  const stuck = cut.why.includes("Private Link Service") ? cut.consumers.filter((name) => still.includes(name)) : [];
  const more = [
    bystanders.length > 0 ? ` Not in the diff, and cut off all the same: ${these(bystanders, cut.consumers)}.` : "",
    stuck.length > 0
      ? ` No plan makes the endpoint of ${these(stuck, cut.consumers)} anew, as the service's id stays the same; it stays Disconnected.`
      : "",
  ];
  return { ...cut, why: `${cut.why}${more.join("")}` };
}

const these = (names: readonly string[], all: readonly string[]): string =>
  names.length === all.length && names.length > 1 ? "all of them" : few(names);
