import { Inventory, subscriptionOf } from "./inventory";
import { Json, list, object, text } from "./json";
import { Apim, Consumer, Endpoint, Zone } from "./model";

/**
 * The consumers: every network with a private endpoint, with the zones that are linked to it. Several that share a network
 * are one, as whatever one of them links to it is seen by the others.
 *
 * @param hosts whether the names of a stack without zones are resolved by what it prints for a hosts file
 */
export function consumersOf(inventory: Inventory, apim: Apim, hosts: boolean): Consumer[] {
  const { resources, subnet, deployed } = inventory;
  const zones = zonesOf(inventory);
  const endpoints = resources
    .filter(({ type }) => type === "azurerm_private_endpoint")
    .map(({ stack, values }) => ({ stack, endpoint: endpointOf(values, subnet) }));
  const networks = [...new Set(endpoints.map(({ endpoint }) => endpoint.subnet.network))];
  return networks.map((network) => {
    const here = endpoints.filter(({ endpoint }) => endpoint.subnet.network === network);
    const stacks = [...new Set(here.map(({ stack }) => stack))];
    const name = stacks.join(" and ");
    const place = here[0]?.endpoint.subnet ?? subnet(undefined);
    const linked = zones.filter(
      (zone) =>
        zone.networks.includes(network.id) ||
        (zone.existing && stacks.includes(zone.stack) && zone.networks.length === 0),
    );
    // another server knows no private zone, and what it forwards is not in the deployment.
    const served = network.dnsServers.length > 0 ? [] : linked;
    const promised = stacks.map((stack) => {
      const outputs = deployed.stacks.find((one) => one.name === stack)?.outputs ?? {};
      const own = zones.filter((zone) => zone.stack === stack);
      return {
        printed: hosts && own.length === 0 ? printedZones(outputs) : [],
        hostNames: hostNamesOf(apim, [...own, ...linked], outputs),
      };
    });
    return {
      name,
      subscription: subscriptionOf(deployed, stacks[0] ?? ""),
      network,
      endpoints: here.map(({ endpoint }) => endpoint),
      zones: [...served, ...promised.flatMap(({ printed }) => printed)],
      hostNames: [...new Set(promised.flatMap(({ hostNames }) => hostNames))],
      client: {
        address: deployed.addresses.next(place.id, place.prefix, `client#${name}`),
        subnet: place,
        groups: [],
        ipForwarding: false,
        pools: [],
      },
    };
  });
}

function endpointOf(values: Json, subnet: Inventory["subnet"]): Endpoint {
  const connection = object(list(values.private_service_connection)[0]);
  return {
    name: String(values.name),
    address: String(connection.private_ip_address),
    subnet: subnet(values.subnet_id),
    target: String(connection.private_connection_resource_id ?? connection.private_connection_resource_alias),
    manual: connection.is_manual_connection === true,
  };
}

/**
 * The names that the consumer is promised: those that its stack prints for a hosts file, those that its zones and
 * records are made for, or else the gateway.
 */
function hostNamesOf(apim: Apim, zones: readonly Zone[], outputs: Json): string[] {
  const printed = list(outputs.hosts_file_lines).flatMap((line) => text(line).trim().split(/\s+/).slice(1));
  const recorded = zones.flatMap((zone) => [zone.name, ...zone.addresses.keys(), ...zone.aliases.keys()]);
  const promised = new Set([...printed, ...recorded.filter((name) => apim.hostNames.includes(name))]);
  return promised.size > 0 ? [...promised] : apim.hostNames.slice(0, 1);
}

/** Where names are somebody else's, who does what the output for hosts files says. */
function printedZones(outputs: Json): Zone[] {
  return list(outputs.hosts_file_lines).flatMap((line) => {
    const [address = "", ...hosts] = text(line).trim().split(/\s+/);
    return hosts.map((name) => ({
      name,
      addresses: new Map([[name, [address]]]),
      aliases: new Map<string, string>(),
      existing: false,
      networks: [],
    }));
  });
}

/** The private zones of all stacks. */
function zonesOf({ resources }: Inventory): (Zone & { readonly stack: string })[] {
  const ofType = (type: string): typeof resources => resources.filter((resource) => resource.type === type);
  const all = [...ofType("azurerm_private_dns_zone"), ...ofType("data.azurerm_private_dns_zone")];
  return all.map(({ stack, type, values: zone }) => {
    const inZone = (values: Json, name: unknown): boolean =>
      name === zone.name && (values.resource_group_name === zone.resource_group_name || !zone.resource_group_name);
    const fullName = (values: Json): string =>
      (values.name === "@" ? String(zone.name) : `${String(values.name)}.${String(zone.name)}`).toLowerCase();
    const records = (type: string): Json[] =>
      ofType(type)
        .filter((record) => record.stack === stack && inZone(record.values, record.values.zone_name))
        .map(({ values }) => values);
    return {
      stack,
      existing: type.startsWith("data."),
      name: String(zone.name).toLowerCase(),
      addresses: new Map(
        records("azurerm_private_dns_a_record").map((record) => [fullName(record), list(record.records).map(String)]),
      ),
      aliases: new Map(
        records("azurerm_private_dns_cname_record").map((record) => [fullName(record), String(record.record)]),
      ),
      networks: ofType("azurerm_private_dns_zone_virtual_network_link")
        .filter((link) => link.stack === stack && inZone(link.values, link.values.private_dns_zone_name))
        .map(({ values }) => String(values.virtual_network_id)),
    };
  });
}
