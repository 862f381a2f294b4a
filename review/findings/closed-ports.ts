import { Change } from "../plan/stack-plan";
import { Cut } from "./finding";
import { blocks } from "../plan/differences";
import { plainText } from "../plan/value";
import { contains, isInternet, rulesOf, SecurityRule } from "./rules";
import { SCALE_SETS } from "./path";
import { afterOf, beforeOf, isGone, Situation } from "./situation";
import { code } from "./words";

/** Ports that a security group let the service's connections through to before, and does not any more. */
export function closedPorts(situation: Situation): Cut[] {
  const changed = new Set(
    situation
      .of("azurerm_network_security_group", "azurerm_network_security_rule")
      .filter(({ action }) => action !== "none")
      .map(({ address }) => address),
  );
  if (changed.size === 0) return [];
  const [before, after] = [rulesOf(situation, "before"), rulesOf(situation, "after")];
  const used = [...new Set(before.filter(carries).map(({ group }) => group))];
  return used.flatMap((group) => {
    const [old, now] = [before, after].map((rules) => rules.filter((rule) => rule.group === group)) as [
      SecurityRule[],
      SecurityRule[],
    ];
    // a group that is gone filters nothing.
    if (now.length === 0) return [];
    const sources = [...new Set(old.filter(carries).flatMap(({ from }) => from))];
    const ports = portsThatStay(situation);
    const closed = sources.flatMap((source) =>
      ports
        .filter((port) => passes(old, source, port) && !passes(now, narrowed(situation, source), port))
        .map((port) => ({ source, port })),
    );
    const addresses = [...changed].filter((address) => [...old, ...now].some((rule) => rule.address === address));
    const isOthers = ({ source }: Closed): boolean => comesBesideForwarders(situation, source);
    return [
      ...toForwarders(
        situation,
        group,
        closed.filter((one) => !isOthers(one)),
      ),
      ...toOthers(group, closed.filter(isOthers)),
    ].map((cut) => ({ ...cut, addresses }));
  });
}

interface Closed {
  readonly source: string;
  readonly port: number;
}

const inWords = (closed: readonly Closed[]): string =>
  closed.map(({ source, port }) => `port ${port} from ${code(source)}`).join(", ");

function toForwarders(situation: Situation, group: string, closed: readonly Closed[]): Omit<Cut, "addresses">[] {
  if (closed.length === 0) return [];
  const leaves = situation.of("azurerm_network_interface", ...SCALE_SETS).some(movesAway);
  return [
    {
      why: `The security group ${code(group)} does not let ${inWords(closed)} in any more, which connections or probes come by${leaves ? " until the forwarders stand in another subnet; both change in this apply, one after the other" : ""}.`,
      instead: leaves
        ? "Choose a time when nobody is waiting: the gap is over when the apply is."
        : "Keep the rule, or make sure that nothing needs it.",
    },
  ];
}

/** Who calls past the service is no consumer of it. */
function toOthers(group: string, closed: readonly Closed[]): Omit<Cut, "addresses">[] {
  if (closed.length === 0) return [];
  return [
    {
      consumers: [],
      why: `The security group ${code(group)} does not let ${inWords(closed)} in any more: whoever calls from there without the Private Link Service is cut off, its consumers are not.`,
      instead: "Ask first who calls from there.",
    },
  ];
}

/** Whether a place is in no subnet that the stack makes: what comes from there has come by no forwarder. */
function comesBesideForwarders(situation: Situation, source: string): boolean {
  const subnets = situation.of("azurerm_subnet").filter(({ before }) => before);
  const ranges = subnets.flatMap((subnet) => rangesOf(beforeOf(situation, subnet)));
  const near = ranges.some((range) => contains(range, source) || contains(source, range));
  return isPrefix(source) && ranges.length > 0 && !near;
}

/** The part of a place that is still used, where that was the range of a subnet which becomes smaller. */
function narrowed(situation: Situation, source: string): string {
  const smaller = situation
    .of("azurerm_subnet")
    .filter((subnet) => subnet.action === "update" && rangesOf(beforeOf(situation, subnet)).includes(source))
    .map((subnet) => rangesOf(afterOf(situation, subnet)))
    .find((ranges) => ranges.length === 1 && contains(source, ranges[0] ?? ""));
  return smaller?.[0] ?? source;
}

const isPrefix = (place: string): boolean => /^[\d.]+(\/\d+)?$/.test(place);

const rangesOf = (subnet: ReturnType<typeof beforeOf>): string[] => blocks(subnet.address_prefixes).map(plainText);

/** Whether forwarders go to another subnet. */
function movesAway(change: Change): boolean {
  return (
    (isGone(change) || change.action === "update") &&
    change.differences.some(({ path }) => /ip_configuration\[.*\]\.subnet_id$/.test(path))
  );
}

/** A rule that connections of consumers, or probes, come by; APIM's management has rules of its own. */
function carries({ allows, inbound, from }: SecurityRule): boolean {
  return (
    allows && inbound && from.some((place) => !isInternet(place) && !/^(ApiManagement|AzureTrafficManager)/.test(place))
  );
}

/** Whether TCP to a port passes from a source: the first rule that fits decides, Azure's own let the network and probes in. */
function passes(rules: readonly SecurityRule[], source: string, port: number): boolean {
  const first = rules
    .filter(({ inbound, protocol }) => inbound && ["*", "Tcp"].includes(protocol))
    .filter(({ from }) =>
      from.some((place) => contains(place, source) || (place === "VirtualNetwork" && isPrefix(source))),
    )
    .filter(({ ports }) => ports.some(([low, high]) => low <= port && port <= high))
    .sort((one, other) => one.priority - other.priority)[0];
  return first?.allows ?? ["VirtualNetwork", "AzureLoadBalancer"].includes(source);
}

/** The ports that the load balancer carries before and after the change; a rule that goes is said elsewhere. */
function portsThatStay(situation: Situation): number[] {
  const rules = situation.of("azurerm_lb_rule");
  const kept = rules.filter(({ before, after }) => before && after);
  const ports = kept.flatMap(({ before }) => Number(before && situation.plan.before.arguments(before).backend_port));
  return rules.length === 0 ? [443] : [...new Set(ports)];
}
