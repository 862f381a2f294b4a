import { Change } from "../plan/stack-plan";
import { Finding } from "./finding";
import { isInternet, rulesOf, SecurityRule } from "./rules";
import { Situation } from "./situation";
import { code } from "./words";

/** Ports that a security group let the service's connections through to before, and does not any more. */
export function closedPorts(situation: Situation): Pick<Finding, "addresses" | "why" | "instead">[] {
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
      ports.filter((port) => passes(old, source, port) && !passes(now, source, port)).map((port) => ({ source, port })),
    );
    if (closed.length === 0) return [];
    const leaves = situation.of("azurerm_network_interface").some(movesAway);
    return [
      {
        addresses: [...changed].filter((address) => [...old, ...now].some((rule) => rule.address === address)),
        why: `The security group ${code(group)} does not let ${closed.map(({ source, port }) => `port ${port} from ${code(source)}`).join(", ")} in any more, which connections or probes come by${leaves ? " until the forwarders stand in another subnet; both change in this apply, one after the other" : ""}.`,
        instead: leaves
          ? "Choose a time when nobody is waiting: the gap is over when the apply is."
          : "Keep the rule, or make sure that nothing needs it.",
      },
    ];
  });
}

/** Whether a network interface goes to another subnet. */
function movesAway({ action, differences }: Change): boolean {
  return action === "update" && differences.some(({ path }) => /^ip_configuration\[.*\]\.subnet_id$/.test(path));
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
    .filter(({ from }) => from.some((place) => place === "*" || place === source))
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
