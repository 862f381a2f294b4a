import { Change } from "../plan/stack-plan";
import { changedFilters, Filter, groupsAt } from "./filters";
import { Cut } from "./finding";
import { blocks } from "../plan/differences";
import { plainText } from "../plan/value";
import { contains, isInternet, SecurityRule } from "./rules";
import { SCALE_SETS } from "./path";
import { afterOf, beforeOf, isGone, Situation } from "./situation";
import { code } from "./words";

/** Ports that security groups let the service's connections through to before, and do not any more. */
export function closedPorts(situation: Situation): Cut[] {
  const filters = changedFilters(situation);
  return [...filters.flatMap((one) => closedBy(situation, one)), ...closedOutwards(situation, filters)];
}

function closedBy(situation: Situation, { group, addresses, old, now, admitting }: Filter): Cut[] {
  const sources = [...new Set(admitting.filter(carries).flatMap(({ from }) => from))];
  const ports = portsThatStay(situation);
  const closed = sources.flatMap((source) =>
    ports
      .filter(
        (port) =>
          (old === undefined || passes(situation, old, source, port)) &&
          !passes(situation, now, narrowed(situation, source), port),
      )
      .map((port) => ({ source, port })),
  );
  const isOthers = ({ source }: Closed): boolean => comesBesideForwarders(situation, source);
  return [
    ...toForwarders(
      situation,
      group,
      closed.filter((one) => !isOthers(one)),
    ),
    ...toOthers(group, closed.filter(isOthers)),
  ].map((cut) => ({ ...cut, addresses }));
}

/** What forwarders sent to APIM before, and may not any more. */
function closedOutwards(situation: Situation, filters: readonly Filter[]): Cut[] {
  const guarding = groupsAt(situation, situation.of("azurerm_network_interface", ...SCALE_SETS));
  const apim = situation.of("azurerm_api_management").filter(({ before }) => before);
  const subnets = apim.flatMap(({ address }) => situation.needed.direct(address));
  const ranges = situation
    .of("azurerm_subnet")
    .filter(({ address, before }) => before && subnets.includes(address))
    .flatMap((subnet) => rangesOf(beforeOf(situation, subnet)));
  const targets = ranges.length > 0 ? ranges : ["VirtualNetwork"];
  return filters.flatMap(({ group, addresses, old = [], now, admitting }) => {
    if (![group, ...admitting.map((rule) => rule.group)].some((one) => guarding.includes(one))) return [];
    const closed = targets.flatMap((target) =>
      portsThatStay(situation)
        .filter((port) => leaves(old, target, port) && !leaves(now, target, port))
        .map((port) => `port ${port} to ${code(target)}`),
    );
    if (closed.length === 0) return [];
    return [
      {
        addresses,
        why: `The security group ${code(group)} does not let ${closed.join(", ")} out any more, where the forwarders send connections.`,
        instead: "Let them out by a rule that comes before the one that denies it.",
      },
    ];
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
function passes(situation: Situation, rules: readonly SecurityRule[], source: string, port: number): boolean {
  const first = rules
    .filter(({ inbound, protocol }) => inbound && ["*", "Tcp"].includes(protocol))
    .filter(({ from }) =>
      from.some((place) => contains(place, source) || (place === "VirtualNetwork" && isPrefix(source))),
    )
    .filter(({ ports }) => ports.some(([low, high]) => low <= port && port <= high))
    .sort((one, other) => one.priority - other.priority)[0];
  return first?.allows ?? (["VirtualNetwork", "AzureLoadBalancer"].includes(source) || isOwn(situation, source));
}

/** Whether a place is in a network that the stack makes. */
function isOwn(situation: Situation, source: string): boolean {
  const networks = situation.of("azurerm_virtual_network").filter(({ before }) => before);
  return networks.some((network) =>
    blocks(beforeOf(situation, network).address_space).some((range) => contains(plainText(range), source)),
  );
}

/** Whether TCP to a port of a target leaves: the first rule that fits decides, and Azure's own let everything out. */
function leaves(rules: readonly SecurityRule[], target: string, port: number): boolean {
  const first = rules
    .filter(({ inbound, protocol }) => !inbound && ["*", "Tcp"].includes(protocol))
    .filter(({ to }) => to.some((place) => contains(place, target) || place === "VirtualNetwork"))
    .filter(({ ports }) => ports.some(([low, high]) => low <= port && port <= high))
    .sort((one, other) => one.priority - other.priority)[0];
  return first?.allows ?? true;
}

/** The ports that the load balancer carries before and after the change; a rule that goes is said elsewhere. */
function portsThatStay(situation: Situation): number[] {
  const rules = situation.of("azurerm_lb_rule");
  const kept = rules.filter(({ before, after }) => before && after);
  const ports = kept.flatMap(({ before }) => Number(before && situation.plan.before.arguments(before).backend_port));
  return rules.length === 0 ? [443] : [...new Set(ports)];
}
