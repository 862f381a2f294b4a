import { z } from "zod";
import { apimAddresses } from "../azure/api-management";
import { check, isToken, Problem } from "../azure/check";
import { addressSpaceProblems, NamedPrefix, roomProblems, subnetProblems } from "../azure/ip";
import { kinds, section, withKey } from "../azure/setting";
import { GuardedSubnetChoice, guardedSubnetSettings } from "../network/guarded-subnet";
import { existingNetwork, newNetwork } from "../network/network-settings";

const subnets = section({
  /** The subnet of an APIM instance that is made, at least /29; nothing else stands in it. */
  apim: guardedSubnetSettings("apim").optional(),
  /** The subnet of the Private Link Service's NAT addresses and the load balancer's frontend. */
  privateLinkService: guardedSubnetSettings("pls"),
  /** The subnet of the forwarders; where it is left out, they stand in the Private Link Service's. */
  forwarder: guardedSubnetSettings("forwarder").optional(),
});

const subnetsByRole = {
  /** The subnets, by what stands in them; in an existing network each can be made or exist. */
  subnets,
};

/** The provider's virtual network and its subnets, each to make or existing. */
export const providerNetworkSettings = kinds({
  existing: {
    when: withKey("existing"),
    schema: section({ ...existingNetwork, ...subnetsByRole }).transform(({ existing, subnets }) => ({
      ...existing,
      subnets,
    })),
  },
  new: { schema: section({ ...newNetwork("vnet-apim"), ...subnetsByRole }) },
});

/** The provider's virtual network and its subnets, as somebody writes them. */
export type ProviderNetworkSettings = z.input<typeof providerNetworkSettings>;

/** The provider's virtual network and its subnets, with their defaults. */
export type ProviderNetwork = z.output<typeof providerNetworkSettings>;

type Role = keyof ProviderNetwork["subnets"];

/** What is wrong between the parts of a network; `apimSkuName` is that of an APIM instance that is made in it. */
export function networkProblems(network: ProviderNetwork, apimSkuName: string | undefined): Problem[] {
  const all = Object.entries(network.subnets).flatMap(([role, subnet]) =>
    subnet ? [{ role: role as Role, subnet }] : [],
  );
  const made = all.flatMap(({ role, subnet }) => (subnet.kind === "new" ? [{ role, subnet }] : []));
  const prefixes = made.map(({ role, subnet }): NamedPrefix => ({
    path: ["subnets", role, "addressPrefix"],
    addressPrefix: subnet.addressPrefix,
  }));
  const addressSpace = network.kind === "new" ? network.addressSpace : undefined;
  return [
    ...(network.kind === "new" ? madeOnly(all) : []),
    ...apimSubnetProblems(network.subnets.apim, apimSkuName),
    ...duplicates(
      all.map(({ role, subnet }) => ({ role, key: subnet.kind === "new" ? "name" : "existing", name: subnet.name })),
    ),
    ...duplicates(
      made.map(({ role, subnet }) => ({ role, key: "networkSecurityGroup", name: subnet.networkSecurityGroup })),
    ),
    ...addressSpaceProblems(["addressSpace"], addressSpace ?? []),
    ...subnetProblems(prefixes, addressSpace),
    ...apimRoomProblems(network.subnets.apim, apimSkuName),
  ];
}

function madeOnly(subnets: readonly { role: Role; subnet: GuardedSubnetChoice }[]): Problem[] {
  return subnets.flatMap(({ role, subnet }) =>
    check(["subnets", role], subnet.kind, (kind) =>
      kind === "existing"
        ? "must be a new subnet: a network that is made has none yet; put the network's name under network.existing"
        : undefined,
    ),
  );
}

function apimSubnetProblems(subnet: GuardedSubnetChoice | undefined, apimSkuName: string | undefined): Problem[] {
  const path = ["subnets", "apim"];
  if (apimSkuName !== undefined && subnet === undefined) {
    return [{ path, complaint: "is missing; an APIM instance that is made needs a subnet of its own" }];
  }
  return apimSkuName === undefined && subnet !== undefined
    ? [{ path, complaint: "must be left out: no APIM instance is made, so nothing would stand in it" }]
    : [];
}

function apimRoomProblems(subnet: GuardedSubnetChoice | undefined, apimSkuName: string | undefined): Problem[] {
  if (subnet?.kind !== "new" || apimSkuName === undefined || isToken(apimSkuName)) return [];
  const named = { path: ["subnets", "apim", "addressPrefix"], addressPrefix: subnet.addressPrefix };
  return roomProblems(named, apimAddresses(apimSkuName), apimSkuName);
}

function duplicates(names: readonly { role: Role; key: string; name: string }[]): Problem[] {
  return names.flatMap(({ role, key, name }, index) => {
    const twin = names.slice(0, index).find((other) => other.name.toLowerCase() === name.toLowerCase());
    return twin
      ? [{ path: ["subnets", role, key], complaint: `must differ from the ${twin.role} subnet's, got "${name}"` }]
      : [];
  });
}
