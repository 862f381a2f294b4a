import { NetworkSecurityGroupSecurityRule } from "@cdktf/provider-azurerm/lib/network-security-group";

/** One rule of a network security group, as a person would say it. */
interface SecurityRule {
  readonly name: string;
  readonly priority: number;
  readonly direction: "Inbound" | "Outbound";
  readonly access?: "Allow" | "Deny";
  readonly protocol?: "Tcp" | "Udp" | "*";
  readonly source: string | readonly string[];
  readonly destination: string;
  readonly ports: readonly string[];
  readonly description: string;
}

/** What decides the rules of the subnet that APIM stands in. */
export interface ApimTraffic {
  /** The prefix of the APIM subnet itself. */
  readonly subnetPrefix: string;
  /** The prefix of the forwarders' subnet. */
  readonly forwarders: string;
  /** Further prefixes that may call APIM. */
  readonly clients: readonly string[];
  /** The TCP ports that the forwarders carry. */
  readonly ports: readonly number[];
}

/**
 * The rules of an APIM subnet in internal mode, in the order of Microsoft's table; other traffic from the network is
 * denied, the way out stays open beyond the listed services. What the units say to each other is let in from their own
 * subnet only, and nothing is let in to the port of an external cache, which APIM only calls.
 * https://learn.microsoft.com/azure/api-management/virtual-network-reference#required-ports
 */
export function apimSecurityRules(traffic: ApimTraffic): NetworkSecurityGroupSecurityRule[] {
  const vnet = "VirtualNetwork";
  const own = traffic.subnetPrefix;
  const rules: SecurityRule[] = [
    inbound("apim-in", 100, "ApiManagement", vnet, ["3443"], "Management endpoint of API Management"),
    inbound("load-balancer-in", 110, "AzureLoadBalancer", vnet, ["6390"], "Health of the platform's load balancer"),
    inbound("machine-health-in", 120, "AzureLoadBalancer", vnet, ["6391"], "Health of each machine"),
    inbound(
      "forwarder-in",
      130,
      traffic.forwarders,
      vnet,
      portTexts(traffic.ports),
      "API calls through the forwarders",
    ),
    ...(traffic.clients.length > 0
      ? [inbound("clients-in", 135, traffic.clients, vnet, ["443"], "API calls of further networks")]
      : []),
    inbound("cache-in", 140, own, own, ["6381-6383"], "Internal cache between the units"),
    { ...inbound("rate-limit-in", 150, own, own, ["4290"], "Rate limit counters between the units"), protocol: "Udp" },
    denyFromNetwork(),
    outbound("certificates-out", 100, "Internet", ["80"], "Certificate validation"),
    outbound("storage-out", 110, "Storage", ["443"], "Core dependency"),
    outbound("sql-out", 120, "Sql", ["1433"], "Core dependency"),
    outbound("key-vault-out", 130, "AzureKeyVault", ["443"], "Core dependency"),
    outbound("monitor-out", 140, "AzureMonitor", ["1886", "443"], "Diagnostics, metrics and health"),
    outbound("entra-out", 150, "AzureActiveDirectory", ["443"], "Microsoft Entra authentication"),
    outbound("connectors-out", 160, "AzureConnectors", ["443"], "Credential manager"),
    outbound("event-hub-out", 170, "EventHub", ["5671", "5672", "443"], "Logging to Event Hubs"),
    outbound("redis-out", 180, vnet, ["6380"], "External cache"),
    outbound("cache-out", 190, vnet, ["6381-6383"], "Internal cache between the units"),
    { ...outbound("rate-limit-out", 200, vnet, ["4290"], "Rate limit counters between the units"), protocol: "Udp" },
  ];
  return rules.map(asAzurerm);
}

/**
 * The rules of a subnet that forwarders stand in: the forwarded ports from where Private Link's NAT addresses are, the
 * load balancer's probe, nothing else from the network.
 */
export function forwarderSecurityRules(source: string, ports: readonly number[]): NetworkSecurityGroupSecurityRule[] {
  const rules: SecurityRule[] = [
    inbound("pls-in", 100, source, "VirtualNetwork", portTexts(ports), "Connections from the Private Link Service"),
    inbound("probe-in", 110, "AzureLoadBalancer", "VirtualNetwork", portTexts(ports.slice(0, 1)), "Health probe"),
    denyFromNetwork(),
  ];
  return rules.map(asAzurerm);
}

function portTexts(ports: readonly number[]): string[] {
  return ports.map(String);
}

function inbound(
  name: string,
  priority: number,
  source: string | readonly string[],
  destination: string,
  ports: readonly string[],
  description: string,
): SecurityRule {
  return { name, priority, direction: "Inbound", source, destination, ports, description };
}

function outbound(
  name: string,
  priority: number,
  destination: string,
  ports: readonly string[],
  description: string,
): SecurityRule {
  return { name, priority, direction: "Outbound", source: "VirtualNetwork", destination, ports, description };
}

function denyFromNetwork(): SecurityRule {
  return {
    ...inbound("network-in-denied", 4096, "VirtualNetwork", "*", ["*"], "Nothing else from the network"),
    access: "Deny",
    protocol: "*",
  };
}

function asAzurerm(rule: SecurityRule): NetworkSecurityGroupSecurityRule {
  const sources = [rule.source].flat();
  return {
    name: rule.name,
    priority: rule.priority,
    direction: rule.direction,
    access: rule.access ?? "Allow",
    protocol: rule.protocol ?? "Tcp",
    // service tags are taken in the singular argument only, lists of prefixes in the plural one only.
    sourceAddressPrefix: sources.length === 1 ? sources[0] : undefined,
    sourceAddressPrefixes: sources.length === 1 ? undefined : sources,
    sourcePortRange: "*",
    destinationAddressPrefix: rule.destination,
    destinationPortRange: rule.ports.length === 1 ? rule.ports[0] : undefined,
    destinationPortRanges: rule.ports.length === 1 ? undefined : [...rule.ports],
    description: rule.description,
  };
}
