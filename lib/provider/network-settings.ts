import { apimAddresses, internalSku } from "../azure/api-management";
import { addressPrefix, addressSpaceProblems, NamedPrefix, roomProblems, subnetProblems } from "../azure/ip";
import { azureName } from "../azure/names";
import { Problem, check, prefixed } from "../azure/check";
import { ExistingSubnetSettings } from "../network/subnet";
import { ExistingNetworkSettings, networkNameProblems, NewNetworkSettings } from "../network/virtual-network";
import { SubnetSettings } from "../network/guarded-subnet";

/** The subnets by what stands in them; in an existing network each can be made or exist. */
export interface SubnetsByRole {
  /**
   * An APIM instance that is made stands here, alone. At least /29.
   *
   * @default - none, for an APIM instance or another service that exists
   */
  readonly apim?: SubnetSettings | ExistingSubnetSettings;
  /** The NAT addresses of the Private Link Service and the load balancer's frontend stand here. */
  readonly privateLinkService: SubnetSettings | ExistingSubnetSettings;
  /**
   * The forwarders stand here.
   *
   * @default - they stand in the Private Link Service's subnet
   */
  readonly forwarder?: SubnetSettings | ExistingSubnetSettings;
}

/** The provider's virtual network, to make or existing, and its subnets. */
export type NetworkSettings = (NewNetworkSettings | ExistingNetworkSettings) & { readonly subnets: SubnetsByRole };

/** What is wrong with a network, seen alone; `apimSkuName` is that of an APIM instance that is made in it. */
export function networkProblems(network: NetworkSettings, apimSkuName: string | undefined): Problem[] {
  const all = Object.entries(network.subnets) as [string, SubnetSettings | ExistingSubnetSettings | undefined][];
  const made = all.filter(
    (entry): entry is [string, SubnetSettings] => entry[1] !== undefined && !("existing" in entry[1]),
  );
  const prefixes: NamedPrefix[] = made.map(([role, subnet]) => ({
    path: ["subnets", role, "addressPrefix"],
    addressPrefix: subnet.addressPrefix,
  }));
  const addressSpace = "existing" in network ? undefined : network.addressSpace;
  const malformed = [
    ...(addressSpace ?? []).flatMap((prefix, index) => check(["addressSpace", index], prefix, addressPrefix)),
    ...prefixes.flatMap((subnet) => check(subnet.path, subnet.addressPrefix, addressPrefix)),
  ];
  return [
    ...networkNameProblems(network),
    ...("existing" in network ? [] : madeOnly(all)),
    ...all.flatMap(([role, subnet]) =>
      subnet !== undefined && "existing" in subnet
        ? check(["subnets", role, "existing"], subnet.existing, azureName.subnet)
        : [],
    ),
    ...apimSubnetProblems(network.subnets.apim, apimSkuName),
    ...made.flatMap(([role, subnet]) =>
      prefixed(
        ["subnets", role],
        [
          ...check("name", subnet.name, azureName.subnet),
          ...check("networkSecurityGroup", subnet.networkSecurityGroup, azureName.networkSecurityGroup),
        ],
      ),
    ),
    ...duplicates(
      all.map(([role, subnet]) =>
        subnet !== undefined && "existing" in subnet
          ? [role, "existing", subnet.existing]
          : [role, "name", subnet?.name],
      ),
    ),
    ...duplicates(made.map(([role, subnet]) => [role, "networkSecurityGroup", subnet.networkSecurityGroup])),
    ...malformed,
    ...(malformed.length > 0
      ? []
      : [
          ...addressSpaceProblems(["addressSpace"], addressSpace ?? []),
          ...subnetProblems(prefixes, addressSpace),
          ...apimRoomProblems(network.subnets.apim, apimSkuName),
        ]),
  ];
}

function madeOnly(subnets: [string, SubnetSettings | ExistingSubnetSettings | undefined][]): Problem[] {
  return subnets.flatMap(([role, subnet]) =>
    subnet !== undefined && "existing" in subnet
      ? [
          {
            path: ["subnets", role],
            complaint:
              "must be a new subnet: a network that is made has none yet; put the network's name under network.existing",
          },
        ]
      : [],
  );
}

function apimSubnetProblems(subnet: SubnetsByRole["apim"], apimSkuName: string | undefined): Problem[] {
  const path = ["subnets", "apim"];
  if (apimSkuName !== undefined && subnet === undefined) {
    return [{ path, complaint: "is missing; an APIM instance that is made needs a subnet of its own" }];
  }
  return apimSkuName === undefined && subnet !== undefined
    ? [{ path, complaint: "must be left out: no APIM instance is made, so nothing would stand in it" }]
    : [];
}

function apimRoomProblems(subnet: SubnetsByRole["apim"], apimSkuName: string | undefined): Problem[] {
  if (subnet === undefined || "existing" in subnet || apimSkuName === undefined || internalSku(apimSkuName)) return [];
  const named = { path: ["subnets", "apim", "addressPrefix"], addressPrefix: subnet.addressPrefix };
  return roomProblems(named, apimAddresses(apimSkuName), apimSkuName);
}

function duplicates(names: [role: string, key: string, name: string | undefined][]): Problem[] {
  return names.flatMap(([role, key, name], index) => {
    const twin = names
      .slice(0, index)
      .find(([, , other]) => name !== undefined && other?.toLowerCase() === name.toLowerCase());
    return twin
      ? [{ path: ["subnets", role, key], complaint: `must differ from the ${twin[0]} subnet's, got "${name}"` }]
      : [];
  });
}
