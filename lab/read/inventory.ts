import { Deployed } from "./azure";
import { Resource } from "./evaluate";
import { Json, list, object, text } from "./json";
import { Network, Subnet } from "./model";
import { routesBySubnet } from "./routes";
import { securityGroups } from "./security-groups";

// https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16
const AZURE_DNS = "168.63.129.16";

/** What all parts of a design are looked up in. */
export interface Inventory {
  readonly deployed: Deployed;
  readonly resources: readonly Resource[];
  readonly networks: readonly Network[];
  readonly groupsOf: ReturnType<typeof securityGroups>;
  readonly subnet: (id: unknown) => Subnet;
  readonly ofType: (...types: string[]) => Json[];
}

/** Makes the inventory of what was deployed. */
export function inventoryOf(deployed: Deployed): Inventory {
  const resources = deployed.stacks.flatMap((stack) => stack.resources);
  const ofType = (...types: string[]): Json[] =>
    resources.filter(({ type }) => types.includes(type)).map(({ values }) => values);
  const groupsOf = securityGroups(deployed.stacks);
  const routesOf = routesBySubnet(deployed.stacks);
  const networks = resources
    .filter(({ type }) => /^(data\.)?azurerm_virtual_network$/.test(type))
    .map(({ stack, values }) => ({
      id: String(values.id),
      name: String(values.name),
      group: String(values.resource_group_name),
      stack,
      addressSpace: list(values.address_space).map(String),
      dnsServers: dnsServersOf(resources, values),
    }));
  // a network that several stacks name is one, with all that they know of it.
  const shared = new Map<string, (typeof networks)[number]>();
  for (const network of networks) {
    const first = shared.get(network.id);
    if (!first) shared.set(network.id, network);
    else first.addressSpace.push(...network.addressSpace.filter((prefix) => !first.addressSpace.includes(prefix)));
  }
  const subnets = new Map<string, Subnet>();
  for (const { type, stack, values } of resources) {
    if (!/^(data\.)?azurerm_subnet$/.test(type)) continue;
    const sameName = networks.filter(({ name }) => name === values.virtual_network_name);
    const own =
      sameName.find((one) => one.stack === stack && one.group === values.resource_group_name) ??
      sameName.find((one) => one.stack === stack);
    const network =
      (own && shared.get(own.id)) ??
      foreignNetwork(`${stack}/${String(values.virtual_network_name)}`, [...deployed.foreignSubnets.values()]);
    const id = String(values.id);
    subnets.set(id, {
      id,
      name: String(values.name),
      prefix: String(list(values.address_prefixes)[0]),
      network,
      groups: groupsOf(id),
      routes: routesOf(id),
      made: type === "azurerm_subnet",
      natPolicies: type === "azurerm_subnet" && values.private_link_service_network_policies_enabled !== false,
    });
  }
  const subnet = (id: unknown): Subnet => {
    const key = String(id);
    const known = subnets.get(key);
    if (known) return known;
    const prefix = deployed.foreignSubnets.get(key) ?? "10.199.0.0/24";
    const name = key.split("/").at(-1) ?? key;
    const network = foreignNetwork(key, [prefix]);
    const foreign = { id: key, name, prefix, network, groups: [], routes: [], made: false, natPolicies: false };
    subnets.set(key, foreign);
    return foreign;
  };
  return { deployed, resources, networks, groupsOf, subnet, ofType };
}

/** The servers for names that a network was given, in either of Terraform's ways; Azure itself is none. */
function dnsServersOf(resources: readonly Resource[], network: Json): string[] {
  const apart = resources.filter(
    ({ type, values }) => type === "azurerm_virtual_network_dns_servers" && values.virtual_network_id === network.id,
  );
  const servers = [network, ...apart.map(({ values }) => values)].flatMap((one) => list(one.dns_servers)).map(String);
  return servers.includes(AZURE_DNS) ? [] : servers;
}

/** A network that is there already; of its subnets the lab knows those that something is put into. */
function foreignNetwork(id: string, addressSpace: string[]): Network {
  return { id, name: id.split("/").at(-1) ?? id, addressSpace, dnsServers: [] };
}

/** The subscription that a stack deploys into. */
export function subscriptionOf(deployed: Deployed, stack: string): string {
  const providers = deployed.stacks.find(({ name }) => name === stack)?.providers;
  return text(object(list(providers?.azurerm)[0]).subscription_id);
}
