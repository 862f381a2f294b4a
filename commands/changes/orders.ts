import { Changes } from "../edited";
import { before, firstOfAll, happens, Part, Rule, untouched } from "./order-rules";

/** A change of a deployment, and in which order Terraform must make it. */
export interface Order {
  readonly what: string;
  /** The shipped deployment that is changed. */
  readonly deployment: string;
  /** What it has before, beside what is shipped. */
  readonly before?: Changes;
  readonly after: Changes;
  readonly stack: string;
  /** What must hold of all that is done, in words of resources. */
  readonly rules: readonly Rule[];
}

const SERVICE = "azurerm_private_link_service.";
const APIM = "azurerm_api_management.";
const MACHINES = "azurerm_linux_virtual_machine.";
const MEMBERSHIPS = "azurerm_network_interface_backend_address_pool_association.";
const EXTENSIONS = "azurerm_virtual_machine_extension.";
const INTERFACES = "azurerm_network_interface.";
const GROUPS = "azurerm_resource_group.";

const machine = (name: string): Part => `${MACHINES}Forwarders_Machines_${name}_`;
const extension = (name: string): Part => `${EXTENSIONS}Forwarders_Machines_${name}_`;

const TWO = { "provider.forwarder.virtualMachines": [{ name: "vm-a" }, { name: "vm-b" }] };
const IMAGE = { publisher: "Canonical", offer: "ubuntu-24_04-lts", sku: "server", version: "24.4.202601010" };
const ADDRESS = { name: "pip-apim", domainNameLabel: "apim-quickstart-4821" };

const of = (what: string, after: Changes, ...rules: Rule[]): Order => ({
  what,
  deployment: "quickstart",
  before: TWO,
  after,
  stack: "provider",
  rules,
});

/** The changes whose order matters to whoever calls meanwhile. */
export const ORDERS: readonly Order[] = [
  of(
    "another name of the load balancer: the service goes first, or nothing happens",
    { "provider.loadBalancer.name": "lbi-other" },
    firstOfAll("delete", SERVICE),
    before(["delete", SERVICE], ["delete", MEMBERSHIPS]),
    untouched(APIM, MACHINES),
  ),
  of(
    "another name of its frontend",
    { "provider.loadBalancer.frontendName": "front" },
    firstOfAll("delete", SERVICE),
    before(["delete", "azurerm_lb_rule."], ["update", "azurerm_lb."]),
    before(["update", "azurerm_lb."], ["create", SERVICE]),
    untouched(APIM, MACHINES, MEMBERSHIPS),
  ),
  of(
    "another name of the pool: the rule lets go of it first",
    { "provider.loadBalancer.backendAddressPoolName": "other" },
    before(["delete", "azurerm_lb_rule."], ["delete", "azurerm_lb_backend_address_pool."]),
    untouched(APIM, SERVICE, MACHINES),
  ),
  of(
    "another region of the provider: all anew in one apply, in the same group, the service first",
    { "provider.location": "westeurope" },
    firstOfAll("delete", SERVICE),
    before(["delete", MACHINES], ["delete", APIM]),
    before(["delete", APIM], ["delete", "azurerm_subnet."]),
    before(["create", EXTENSIONS], ["create", SERVICE]),
    untouched(GROUPS),
  ),
  {
    ...of(
      "Direct Connect instead of forwarders",
      {
        "provider.forwarder": undefined,
        "provider.loadBalancer": undefined,
        "provider.privateLinkService.mode": "directConnect",
      },
      firstOfAll("delete", SERVICE),
      happens(2, "delete", MACHINES),
      untouched(APIM),
    ),
    before: { ...TWO, "provider.location": "eastus2", "consumers.0.location": "eastus2" },
  },
  of(
    "another size: one machine after the other, the next one once the former forwards again",
    { "provider.forwarder.size": "Standard_B2s" },
    before(["update", machine("vm-a")], ["update", extension("vm-a")]),
    before(["update", extension("vm-a")], ["update", machine("vm-b")]),
    before(["update", machine("vm-b")], ["update", extension("vm-b")]),
    untouched(SERVICE, MEMBERSHIPS),
  ),
  of(
    "another port: what runs is told in place",
    { "provider.forwarder.ports": [443, 8443] },
    happens(2, "update", EXTENSIONS),
    happens(1, "create", "azurerm_lb_rule."),
    untouched(SERVICE, MACHINES, MEMBERSHIPS, INTERFACES),
  ),
  of(
    "another image of one machine: the other one carries on",
    { "provider.forwarder.virtualMachines": [{ name: "vm-a", image: IMAGE }, { name: "vm-b" }] },
    happens(1, "delete", MACHINES),
    untouched(machine("vm-b"), extension("vm-b"), SERVICE, INTERFACES, MEMBERSHIPS),
  ),
  of(
    "another operating system: a name is free before it is taken again",
    {
      "provider.forwarder": {
        operatingSystem: "windows",
        virtualMachines: [{ name: "vm-a" }, { name: "vm-b" }],
      },
    },
    before(["delete", machine("vm-a")], ["create", "azurerm_windows_virtual_machine.Forwarders_Machines_vm-a_"]),
    before(["delete", machine("vm-b")], ["create", "azurerm_windows_virtual_machine.Forwarders_Machines_vm-b_"]),
    untouched(SERVICE),
  ),
  of(
    "a scale set beside the machines",
    { "provider.forwarder.scaleSet": { name: "vmss-forwarder" } },
    happens(1, "create", "azurerm_linux_virtual_machine_scale_set."),
    untouched(SERVICE, MACHINES, INTERFACES, MEMBERSHIPS, EXTENSIONS),
  ),
  {
    ...of(
      "the machines taken out beside a scale set",
      { "provider.forwarder.virtualMachines": undefined },
      happens(2, "delete", MACHINES),
      untouched(SERVICE, "azurerm_linux_virtual_machine_scale_set."),
    ),
    before: { ...TWO, "provider.forwarder.scaleSet": { name: "vmss-forwarder" } },
  },
  of(
    "a subnet for the forwarders alone: let in there before they move, one after the other",
    { "provider.network.subnets.forwarder": { addressPrefix: "10.0.3.0/24" } },
    before(["create", "azurerm_subnet_network_security_group_association."], ["update", INTERFACES]),
    before(["update", "azurerm_network_security_group.ApimVnet_ApimSubnet_"], ["update", INTERFACES]),
    before(["update", `${INTERFACES}Forwarders_Machines_vm-a_`], ["update", `${INTERFACES}Forwarders_Machines_vm-b_`]),
    untouched(SERVICE, MACHINES),
  ),
  of(
    "another range of APIM's subnet: Azure is asked before the security group follows",
    { "provider.network.subnets.apim.addressPrefix": "10.0.4.0/24" },
    before(["update", "azurerm_subnet."], ["update", "azurerm_network_security_group."]),
    untouched(APIM, SERVICE, MACHINES),
  ),
  of(
    "another range of the service's subnet: Azure is asked before anything is told",
    { "provider.network.subnets.privateLinkService.addressPrefix": "10.0.1.0/25" },
    before(["update", "azurerm_subnet."], ["update", "azurerm_network_security_group."]),
    before(["update", "azurerm_subnet."], ["update", EXTENSIONS]),
    untouched(APIM, SERVICE, MACHINES),
  ),
  {
    ...of(
      "another public address of APIM: taken before the former one goes",
      { "provider.apim.publicIpAddress": { ...ADDRESS, name: "pip-other" } },
      before(["create", "azurerm_public_ip."], ["update", APIM]),
      before(["update", APIM], ["delete", "azurerm_public_ip."]),
      untouched(SERVICE, MACHINES),
    ),
    before: { ...TWO, "provider.apim.publicIpAddress": ADDRESS },
  },
  {
    what: "another region of a consumer: its endpoint and network anew in one apply, in the same group",
    deployment: "quickstart",
    after: { "consumers.0.location": "westus2" },
    stack: "consumer-external",
    rules: [
      before(["delete", "azurerm_private_endpoint."], ["delete", "azurerm_subnet."]),
      before(["delete", "azurerm_subnet."], ["delete", "azurerm_virtual_network."]),
      happens(1, "create", "azurerm_private_endpoint."),
      untouched(GROUPS, "azurerm_private_dns_zone."),
    ],
  },
  {
    what: "another name of a consumer's subnet, in which a probe stands",
    deployment: "quickstart",
    before: { "consumers.0.reachabilityProbe": undefined },
    after: { "consumers.0.network.subnet.name": "snet-other" },
    stack: "consumer-external",
    rules: [
      before(["delete", "azurerm_private_endpoint."], ["delete", "azurerm_subnet."]),
      untouched(GROUPS, "azurerm_virtual_network."),
    ],
  },
];
