import { EvaluatedStack } from "./evaluate";
import { parsePrefix, within } from "./ip";
import { list, object, text } from "./json";

/** A route of a route table. */
export interface Route {
  readonly name: string;
  readonly prefix: string;
  /** Such as `VirtualAppliance` or `VnetLocal`. */
  readonly nextHop: string;
  readonly nextHopAddress: string;
}

/** The routes that people gave to subnets, by the subnet's id. */
export function routesBySubnet(stacks: readonly EvaluatedStack[]): (subnet: string) => Route[] {
  const resources = stacks.flatMap((stack) => stack.resources);
  const tables = resources.filter(({ type }) => type === "azurerm_route_table").map(({ values }) => values);
  const single = resources.filter(({ type }) => type === "azurerm_route").map(({ values }) => values);
  const associated = resources.filter(({ type }) => type === "azurerm_subnet_route_table_association");
  return (subnet) => {
    const ids = associated.flatMap(({ values }) => (values.subnet_id === subnet ? [values.route_table_id] : []));
    return tables
      .filter(({ id }) => ids.includes(id))
      .flatMap((table) => [
        ...list(table.route).map(object),
        ...single.filter((route) => route.route_table_name === table.name),
      ])
      .map((route) => ({
        name: text(route.name),
        prefix: text(route.address_prefix),
        nextHop: text(route.next_hop_type),
        nextHopAddress: text(route.next_hop_in_ip_address),
      }));
  };
}

/** The part of a subnet that decides where its packets go. */
export interface Routed {
  readonly routes: readonly Route[];
  readonly network: { readonly addressSpace: readonly string[] };
}

/**
 * The route that takes packets for an address out of Azure's own way, if any: the longest prefix wins, and of equal ones
 * people's own.
 *
 * https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview#how-azure-selects-a-route
 */
export function routeTo({ routes, network }: Routed, address: string): Route | undefined {
  const length = (prefix: string): number => parsePrefix(prefix).length;
  const own = network.addressSpace.filter((prefix) => within(prefix, address)).map(length);
  const [longest] = routes
    .filter(({ prefix }) => /^[\d./]+$/.test(prefix) && within(prefix, address))
    .sort((a, b) => length(b.prefix) - length(a.prefix));
  if (!longest || longest.nextHop === "VnetLocal" || length(longest.prefix) < Math.max(0, ...own)) return undefined;
  return longest;
}
