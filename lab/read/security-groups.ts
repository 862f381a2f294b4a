import { EvaluatedStack } from "./evaluate";
import { Json, list, object } from "./json";

/** One rule of a network security group, its lists unfolded. */
export interface SecurityRule {
  readonly name: string;
  readonly priority: number;
  readonly inbound: boolean;
  readonly allow: boolean;
  /** Lower case; `*` for any. */
  readonly protocol: string;
  readonly sources: readonly string[];
  readonly sourcePorts: readonly string[];
  readonly destinations: readonly string[];
  readonly destinationPorts: readonly string[];
}

/** A network security group; Azure's own rules come last. */
export interface SecurityGroup {
  readonly name: string;
  readonly rules: SecurityRule[];
}

// https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview#default-security-rules
const DEFAULTS: SecurityRule[] = [
  standard("AllowVnetInBound", 65000, true, true, "VirtualNetwork", "VirtualNetwork"),
  standard("AllowAzureLoadBalancerInBound", 65001, true, true, "AzureLoadBalancer", "*"),
  standard("DenyAllInBound", 65500, true, false, "*", "*"),
  standard("AllowVnetOutBound", 65000, false, true, "VirtualNetwork", "VirtualNetwork"),
  standard("AllowInternetOutBound", 65001, false, true, "*", "Internet"),
  standard("DenyAllOutBound", 65500, false, false, "*", "*"),
];

function standard(
  name: string,
  priority: number,
  inbound: boolean,
  allow: boolean,
  source: string,
  destination: string,
): SecurityRule {
  const any = ["*"];
  return {
    name,
    priority,
    inbound,
    allow,
    protocol: "*",
    sources: [source],
    sourcePorts: any,
    destinations: [destination],
    destinationPorts: any,
  };
}

/** The rules of a group in the order in which they are asked, Azure's own included. */
export function orderedRules(group: SecurityGroup, inbound: boolean): SecurityRule[] {
  return [...group.rules, ...DEFAULTS]
    .filter((rule) => rule.inbound === inbound)
    .sort((a, b) => a.priority - b.priority);
}

/** The groups of all stacks by id, and what they are associated with, by the id of the subnet or interface. */
export function securityGroups(stacks: readonly EvaluatedStack[]): (guarded: string) => SecurityGroup[] {
  const resources = stacks.flatMap((stack) => stack.resources);
  const groups = new Map<string, SecurityGroup>();
  for (const { type, values } of resources) {
    if (type !== "azurerm_network_security_group") continue;
    const rules = list(values.security_rule).map((rule) => securityRule(object(rule)));
    groups.set(String(values.id), { name: String(values.name), rules });
  }
  for (const { type, values } of resources) {
    if (type !== "azurerm_network_security_rule") continue;
    const group = [...groups.values()].find(({ name }) => name === values.network_security_group_name);
    group?.rules.push(securityRule(values));
  }
  const associations = resources
    .filter(({ type }) => /^azurerm_(subnet_network|network_interface)_security_group_association$/.test(type))
    .map(({ values }) => ({
      guarded: values.subnet_id ?? values.network_interface_id,
      group: groups.get(String(values.network_security_group_id)),
    }));
  return (guarded) => associations.flatMap((one) => (one.guarded === guarded && one.group ? [one.group] : []));
}

function securityRule(values: Json): SecurityRule {
  const either = (one: string, several: string): string[] => {
    const texts = [values[one], ...list(values[several])].filter((text) => text !== null && text !== undefined);
    return texts.map(String);
  };
  for (const side of ["source", "destination"]) {
    if (list(values[`${side}_application_security_group_ids`]).length > 0) {
      throw new Error(`rule ${String(values.name)}: the lab does not know application security groups`);
    }
  }
  return {
    name: String(values.name),
    priority: Number(values.priority),
    inbound: String(values.direction).toLowerCase() === "inbound",
    allow: String(values.access).toLowerCase() === "allow",
    protocol: String(values.protocol).toLowerCase(),
    sources: either("source_address_prefix", "source_address_prefixes"),
    sourcePorts: either("source_port_range", "source_port_ranges"),
    destinations: either("destination_address_prefix", "destination_address_prefixes"),
    destinationPorts: either("destination_port_range", "destination_port_ranges"),
  };
}
