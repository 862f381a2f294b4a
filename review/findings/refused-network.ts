import { fingerprint } from "../plan/value";
import { Finding } from "./finding";
import { SCALE_SETS } from "./path";
import { first, names, refused, staying } from "./refusal";
import { afterOf, beforeOf, called, isGone, Situation } from "./situation";

/** What is refused of groups, networks, subnets and addresses, as something still stands in them. */
export function networkRefusals(situation: Situation): Finding[] {
  return [
    ...groups(situation),
    ...subnets(situation),
    ...addresses(situation),
    ...natAddresses(situation),
    ...natPolicies(situation),
  ];
}

function groups(situation: Situation): Finding[] {
  return situation
    .of("azurerm_resource_group")
    .filter(isGone)
    .flatMap((group) => {
      const name = fingerprint(beforeOf(situation, group).name);
      const inside = [...situation.plan.changes.values()].filter(
        (one) =>
          one.before &&
          !isGone(one) &&
          fingerprint(beforeOf(situation, one).resource_group_name) === name &&
          situation.needed.all(one.address).has(group.address),
      );
      return inside.length === 0
        ? []
        : [
            refused(
              situation,
              "groupNotEmpty",
              [group, ...inside],
              `the group ${called(situation, group)} is to be deleted, and ${names(situation, inside.slice(0, 5))}${inside.length > 5 ? " and others" : ""} stay in it`,
            ),
          ];
    });
}

const STANDS_IN = [
  "azurerm_api_management",
  "azurerm_lb",
  "azurerm_network_interface",
  "azurerm_private_endpoint",
  "azurerm_private_link_service",
  ...SCALE_SETS,
];

function subnets(situation: Situation): Finding[] {
  const all = situation.of("azurerm_subnet").filter(({ before }) => before);
  const networks = situation.of("azurerm_virtual_network").filter(isGone);
  return [
    ...all.filter(isGone).flatMap((subnet) => {
      const users = staying(situation, subnet, ...STANDS_IN);
      return users.length === 0
        ? []
        : [
            refused(
              situation,
              "subnetInUse",
              [subnet, ...users],
              `the subnet ${called(situation, subnet)} is to be deleted while ${names(situation, users)} ${users.length === 1 ? "stays" : "stay"}`,
            ),
          ];
    }),
    ...all
      .filter((subnet) => !isGone(subnet) && subnet.differences.some(({ path }) => path === "address_prefixes"))
      .flatMap((subnet) => {
        const users = staying(situation, subnet, ...STANDS_IN);
        return users.length === 0
          ? []
          : [
              refused(
                situation,
                "subnetRangeInUse",
                [subnet],
                `the range of ${called(situation, subnet)} changes while ${names(situation, users)} ${users.length === 1 ? "stands" : "stand"} in it`,
              ),
            ];
      }),
    ...networks.flatMap((network) => {
      const left = all.filter(
        (subnet) => !isGone(subnet) && situation.needed.direct(subnet.address).includes(network.address),
      );
      return left.length === 0
        ? []
        : [
            refused(
              situation,
              "networkTakesSubnets",
              [network, ...left],
              `the network ${called(situation, network)} is made anew, and ${names(situation, left)} ${left.length === 1 ? "is" : "are"} not in the plan`,
            ),
          ];
    }),
  ];
}

function addresses(situation: Situation): Finding[] {
  return situation
    .of("azurerm_public_ip")
    .filter((address) => isGone(address) && !first(address))
    .flatMap((address) => {
      const users = staying(situation, address, "azurerm_api_management", "azurerm_lb", "azurerm_network_interface");
      return users.length === 0
        ? []
        : [
            refused(
              situation,
              "addressInUse",
              [address, ...users],
              `the public address ${called(situation, address)} is to be deleted while ${names(situation, users)} ${users.length === 1 ? "uses" : "use"} it`,
            ),
          ];
    });
}

function natAddresses(situation: Situation): Finding[] {
  return situation.of("azurerm_private_link_service").flatMap((service) => {
    const changed = (argument: string) =>
      service.differences.filter(
        ({ path, before }) =>
          path.replace(/\[\d+\]/, "") === `nat_ip_configuration.${argument}` && before !== undefined,
      );
    const moved = changed("subnet_id").some(({ after }) => after !== undefined);
    const taken = changed("private_ip_address").some(({ after }) => after === undefined);
    const name = called(situation, service);
    return [
      ...(moved
        ? [
            refused(
              situation,
              "primaryNatSubnet",
              [service],
              `the NAT addresses of ${name} are to move to another subnet`,
            ),
          ]
        : []),
      ...(taken
        ? [refused(situation, "natAddressTaken", [service], `a NAT address of ${name} is not given any more`)]
        : []),
    ];
  });
}

function natPolicies(situation: Situation): Finding[] {
  const policies = "private_link_service_network_policies_enabled";
  return situation
    .of("azurerm_subnet")
    .filter((subnet) => subnet.before && subnet.differences.some(({ path }) => path === policies))
    .filter((subnet) => fingerprint(afterOf(situation, subnet)[policies]) !== '"false"')
    .flatMap((subnet) => {
      const services = staying(situation, subnet, "azurerm_private_link_service");
      if (services.length === 0) return [];
      const detail = `network policies are switched on in the subnet ${called(situation, subnet)} of ${names(situation, services)}`;
      return [refused(situation, "natPolicies", [subnet, ...services], detail)];
    });
}
