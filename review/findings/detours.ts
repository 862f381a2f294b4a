import { blocks } from "../plan/differences";
import { Change } from "../plan/stack-plan";
import { isValueObject, plainText, ValueObject } from "../plan/value";
import { Cut } from "./finding";
import { contains } from "./rules";
import { afterOf, beforeOf, neededBy, Situation } from "./situation";
import { code, few } from "./words";

const ASSOCIATION = "azurerm_subnet_route_table_association";
const TABLE = "azurerm_route_table";

/** A route that takes what is for a network itself somewhere else. */
interface Detour {
  readonly addresses: readonly string[];
  readonly subnet: string;
  readonly prefix: string;
  readonly hop: string;
}

/**
 * Routes by which traffic between a network's own subnets leaves the way that Azure would take: one that is as long as
 * the network's own range, or longer, comes before Azure's, https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview.
 */
export function detours(situation: Situation): Cut[] {
  const before = detoursOf(situation, "before");
  const isNew = (one: Detour): boolean =>
    !before.some(({ subnet, prefix, hop }) => subnet === one.subnet && prefix === one.prefix && hop === one.hop);
  const ofSubnet = new Map<string, Detour[]>();
  for (const one of detoursOf(situation, "after").filter(isNew)) {
    ofSubnet.set(one.subnet, [...(ofSubnet.get(one.subnet) ?? []), one]);
  }
  return [...ofSubnet].map(([subnet, all]) => ({
    addresses: [...new Set(all.flatMap(({ addresses }) => addresses))],
    why: `What leaves the subnet ${code(subnet)} for ${few([...new Set(all.map(({ prefix }) => prefix))])} goes to ${few([...new Set(all.map(({ hop }) => hop))])} instead of straight there: what is not let through and back on the same way is lost.`,
    instead: "Leave the network's own ranges out of the routes.",
  }));
}

function detoursOf(situation: Situation, side: "before" | "after"): Detour[] {
  const needs = side === "before" ? situation.needed : situation.needs;
  const values = (change: Change): ValueObject => (side === "before" ? beforeOf : afterOf)(situation, change);
  const near = (change: Change, type: string): Change[] => neededBy(situation, change, side, type);
  const space = situation
    .of("azurerm_virtual_network")
    .flatMap((one) => blocks(values(one).address_space).map(plainText));
  const routes = (table: Change): [address: string, route: ValueObject][] => [
    ...blocks(values(table).route).flatMap((one): [string, ValueObject][] =>
      isValueObject(one) ? [[table.address, one]] : [],
    ),
    ...situation
      .of("azurerm_route")
      .filter((one) => one[side] && needs.direct(one.address).includes(table.address))
      .map((one): [string, ValueObject] => [one.address, values(one)]),
  ];
  return situation
    .of(ASSOCIATION)
    .filter((one) => one[side])
    .flatMap((association) => {
      const subnets = near(association, "azurerm_subnet").map((one) => plainText(values(one).name));
      return near(association, TABLE).flatMap((table) =>
        routes(table).flatMap(([address, route]) =>
          subnets.map((subnet) => ({
            addresses: [association.address, address],
            subnet,
            prefix: plainText(route.address_prefix),
            hop: plainText(route.next_hop_in_ip_address ?? route.next_hop_type),
          })),
        ),
      );
    })
    .filter(({ prefix, hop }) => !/^vnetlocal$/i.test(hop) && space.some((range) => contains(range, prefix)));
}
