import { Answered, estate, ID, MACHINES, PLS, subnet } from "./estate";

const GROUP = `${ID}/networkSecurityGroups/nsg-theirs`;

/** One rule of a security group, as azurerm reads it; everything is let in unless it says less. */
const rule = (priority: number, access: "Allow" | "Deny", less: Readonly<Record<string, unknown>> = {}) => ({
  name: `rule-${priority}`,
  description: "",
  priority,
  access,
  direction: "Inbound",
  protocol: "*",
  source_address_prefix: "*",
  source_address_prefixes: [],
  source_application_security_group_ids: [],
  source_port_range: "*",
  source_port_ranges: [],
  destination_address_prefix: "*",
  destination_address_prefixes: [],
  destination_application_security_group_ids: [],
  destination_port_range: "*",
  destination_port_ranges: [],
  ...less,
});

type Rule = ReturnType<typeof rule>;

const CONNECTIONS =
  "The security group of the subnet snet-machines must let TCP 443 in from the Private Link Service, and a rule";
const PROBE =
  "The security group of the subnet snet-machines must let TCP 443 in from the load balancer's probe, and a rule";

const DENY = rule(4096, "Deny");
const PROBE_IN = rule(300, "Allow", { source_address_prefix: "AzureLoadBalancer" });

/** Forwarders in a subnet of somebody else's, whose security group has these rules. */
function guarded(what: string, rules: readonly Rule[], says: readonly string[]): Answered {
  return estate(
    `a security group ${what}`,
    {
      [MACHINES]: subnet("snet-machines", "10.20.4.0/27", { network_security_group_id: GROUP }),
      "data.azurerm_network_security_group.ApimVnet_ForwarderSubnet_": { security_rule: rules },
    },
    says,
    { "provider.network.subnets.forwarder": { existing: "snet-machines" } },
  );
}

/** Security groups of others, with what Terraform has to say of their rules. */
export const SECURITY_GROUPS: readonly Answered[] = [
  guarded("without rules", [], []),
  guarded(
    "that denies everybody else by address",
    [
      rule(200, "Allow", { source_address_prefix: "10.20.3.0/27" }),
      rule(300, "Allow", { source_address_prefix: "168.63.129.16" }),
      rule(400, "Deny", { source_address_prefix: "0.0.0.0/0" }),
    ],
    [],
  ),
  guarded("that denies everything", [DENY], [CONNECTIONS, PROBE]),
  guarded("that denies the network", [rule(200, "Deny", { source_address_prefix: "VirtualNetwork" })], [CONNECTIONS]),
  guarded("that denies everything but the probe", [DENY, PROBE_IN], [CONNECTIONS]),
  guarded(
    "that lets the service's subnet in and not the probe",
    [DENY, rule(200, "Allow", { source_address_prefix: "10.20.3.0/27", destination_port_range: "443" })],
    [PROBE],
  ),
  guarded(
    "that lets two NAT addresses in before it denies everything",
    [
      rule(200, "Allow", { source_address_prefix: "", source_address_prefixes: ["10.20.3.4", "10.20.3.5"] }),
      PROBE_IN,
      DENY,
    ],
    [],
  ),
  guarded(
    "that lets another network in before it denies everything",
    [rule(200, "Allow", { source_address_prefix: "10.21.0.0/16" }), PROBE_IN, DENY],
    [CONNECTIONS],
  ),
  guarded("that lets everybody in after it denied", [rule(100, "Deny"), rule(200, "Allow")], [CONNECTIONS, PROBE]),
  guarded(
    "that denies a range with the service in it",
    [rule(100, "Deny", { source_address_prefix: "10.0.0.0/8" })],
    [CONNECTIONS],
  ),
  guarded(
    "that denies a part of the service's subnet",
    [rule(100, "Deny", { source_address_prefix: "10.20.3.16/28" })],
    [],
  ),
  guarded("that denies the internet", [rule(100, "Deny", { source_address_prefix: "Internet" })], []),
  guarded("that denies UDP", [rule(100, "Deny", { protocol: "Udp" })], []),
  guarded("that denies TCP", [rule(100, "Deny", { protocol: "Tcp" })], [CONNECTIONS, PROBE]),
  guarded("that denies all on the way out", [rule(100, "Deny", { direction: "Outbound" })], []),
  guarded("that denies all ports below 443", [rule(100, "Deny", { destination_port_range: "1-442" })], []),
  guarded(
    "that denies ranges of ports, one with 443 in it",
    [rule(100, "Deny", { destination_port_range: "", destination_port_ranges: ["80", "440-445"] })],
    [CONNECTIONS, PROBE],
  ),
  guarded("that denies one source port", [rule(100, "Deny", { source_port_range: "1024" })], []),
  guarded(
    "that denies what goes to the machines",
    [rule(100, "Deny", { destination_address_prefix: "10.20.4.0/24" })],
    [CONNECTIONS, PROBE],
  ),
  guarded("that denies what goes elsewhere", [rule(100, "Deny", { destination_address_prefix: "10.20.5.0/24" })], []),
  guarded(
    "that lets a group of applications in",
    [rule(200, "Allow", { source_address_prefix: "", source_application_security_group_ids: [`${ID}/asg`] }), DENY],
    [],
  ),
  estate(
    "a security group that may not be read, and so is not",
    { [MACHINES]: subnet("snet-machines", "10.20.4.0/27", { network_security_group_id: GROUP }) },
    [],
    { "provider.network.subnets.forwarder": { existing: "snet-machines", checkSecurityGroup: false } },
  ),
  estate(
    "a closed security group of the service's own subnet, where the forwarders stand too",
    {
      [PLS]: { network_security_group_id: GROUP },
      "data.azurerm_network_security_group.ApimVnet_PlsSubnet_": {
        security_rule: [rule(100, "Deny", { source_address_prefix: "10.20.3.0/24" })],
      },
    },
    [
      "The security group of the subnet snet-private-link must let TCP 443 in from the Private Link Service, and a rule",
    ],
    { "provider.network.subnets.forwarder": undefined },
  ),
];
