import { Changes } from "../edited";

/** What Azure answers about a thing that exists, by the beginning of its data source's address. */
export type Answers = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Things that exist, and what Terraform must say of them, when it plans or else when it has applied. */
export interface Answered {
  readonly what: string;
  readonly deployment: string;
  readonly before?: Changes;
  readonly stack: string;
  readonly command: "plan" | "apply";
  readonly answers: Answers;
  /** The beginnings of all that it complains of; nothing where all is well. */
  readonly says: readonly string[];
}

const ID = "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-hub/providers/Microsoft.Network";
const NETWORK = `${ID}/virtualNetworks/vnet-hub`;
const GROUP = `${ID}/networkSecurityGroups/nsg-theirs`;

const subnet = (name: string, prefix: string, more: object = {}) => ({
  id: `${NETWORK}/subnets/${name}`,
  address_prefixes: [prefix],
  network_security_group_id: "",
  private_link_service_network_policies_enabled: false,
  ...more,
});

// the estate as its owners should have made it.
const APIM = "data.azurerm_api_management.ApimVnet_Apim_";
const VNET = "data.azurerm_virtual_network.ApimVnet_VirtualNetwork_";
const PLS = "data.azurerm_subnet.ApimVnet_PlsSubnet_";
const MACHINES = "data.azurerm_subnet.ApimVnet_ForwarderSubnet_";
const ESTATE: Answers = {
  [VNET]: { id: NETWORK, address_space: ["10.20.0.0/16"], location: "uksouth" },
  [PLS]: subnet("snet-private-link", "10.20.3.0/27"),
  [APIM]: { private_ip_addresses: ["10.20.9.4"] },
};

function estate(what: string, answers: Answers, says: readonly string[], before: Changes = {}): Answered {
  const all = Object.fromEntries(
    Object.entries({ ...ESTATE, ...answers }).map(([address, values]) => [address, { ...ESTATE[address], ...values }]),
  );
  return { what, deployment: "existing-estate", before, stack: "provider", command: "plan", answers: all, says };
}

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

const SECURITY_GROUPS: readonly Answered[] = [
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

const ESTATES: readonly Answered[] = [
  estate("an estate as it should be", {}, []),
  estate("APIM outside of internal mode, which is said once", { [APIM]: { private_ip_addresses: [] } }, [
    "The APIM instance apim-hub-4821 must be in internal VNet mode; it has no private address.",
  ]),
  estate("APIM in another network", { [APIM]: { private_ip_addresses: ["10.21.0.4"] } }, [
    "The APIM instance apim-hub-4821 must be in the forwarders' virtual network;",
  ]),
  estate("a network in another region", { [VNET]: { location: "ukwest" } }, [
    "The network vnet-hub must be in uksouth, the region of this deployment;",
  ]),
  estate("a subnet that is just large enough", { [PLS]: { address_prefixes: ["10.20.3.8/29"] } }, []),
  estate("a subnet that is too small", { [PLS]: { address_prefixes: ["10.20.3.8/30"] } }, [
    "The subnet snet-private-link must have room for 3 addresses beside the 5 that Azure keeps;",
  ]),
  estate("a subnet with two prefixes", { [PLS]: { address_prefixes: ["10.20.3.0/27", "10.20.5.0/27"] } }, [
    "The subnet snet-private-link must have one address prefix only;",
  ]),
  estate("a subnet without the frontend's address", { [PLS]: { address_prefixes: ["10.20.3.32/27"] } }, [
    "The address 10.20.3.10 must be one of the subnet snet-private-link;",
  ]),
  estate("a subnet with policies in the way", { [PLS]: { private_link_service_network_policies_enabled: true } }, [
    "The subnet snet-private-link must have its network policies for Private Link Services off:",
  ]),
];

const CONNECTION = "data.azurerm_private_endpoint_connection.ConsumerEndpoint_Connection_";
const REJECTED =
  "The connection of the private endpoint pe-apim is rejected, or its service is gone: it carries nothing";

function connection(status: string, says: readonly string[]): Answered {
  return {
    what: `a connection that is ${status}`,
    deployment: "quickstart",
    stack: "consumer-external",
    command: "apply",
    answers: { [CONNECTION]: { private_service_connection: [{ status }] } },
    says,
  };
}

const LINK = "data.azurerm_private_dns_zone_virtual_network_link.ConsumerEndpoint_Dns_ExistingZones_";
const SHOP =
  "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/rg-shop-network/providers/Microsoft.Network/virtualNetworks/vnet-shop";

function link(what: string, network: string, says: readonly string[]): Answered {
  return {
    what: `a zone's link that leads to ${what}`,
    deployment: "quickstart",
    before: {
      "consumers.0.network": {
        existing: { name: "vnet-shop", resourceGroup: "rg-shop-network" },
        subnet: { addressPrefix: "10.0.9.0/24" },
      },
      "consumers.0.dns": { existingZones: [{ name: "azure-api.net", resourceGroup: "rg-dns", link: "link-shop" }] },
    },
    stack: "consumer-external",
    command: "plan",
    answers: {
      "data.azurerm_virtual_network.ConsumerEndpoint_VirtualNetwork_": { id: SHOP, location: "eastus" },
      [LINK]: { virtual_network_id: network },
    },
    says,
  };
}

/** All that is judged by what Terraform says of it. */
export const ANSWERED: readonly Answered[] = [
  ...ESTATES,
  ...SECURITY_GROUPS,
  link("the network, in another spelling", SHOP.replace("resourceGroups", "resourcegroups"), []),
  link("another network", NETWORK, [
    "The link link-shop of the zone azure-api.net must lead to the network vnet-shop,",
  ]),
  connection("Approved", []),
  connection("Pending", []),
  connection("Rejected", [REJECTED]),
  connection("Disconnected", [REJECTED]),
];
