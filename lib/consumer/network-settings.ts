import { addressPrefix, addressSpaceProblems, subnetProblems } from "../azure/ip";
import { azureName } from "../azure/names";
import { Problem, check } from "../azure/check";
import { ExistingSubnetSettings } from "../network/subnet";
import { ExistingNetworkSettings, networkNameProblems, NewNetworkSettings } from "../network/virtual-network";

/** The consumer's network and the subnet of the endpoint, to make or existing. */
export type ConsumerNetworkSettings = (NewNetworkSettings | ExistingNetworkSettings) & {
  /** The subnet of the endpoint; other things may stand in it. */
  readonly subnet: ExistingSubnetSettings | { readonly name: string; readonly addressPrefix: string };
};

/** What is wrong with the settings of a consumer's network. */
export function consumerNetworkProblems(network: ConsumerNetworkSettings): Problem[] {
  const { subnet } = network;
  const addressSpace = "existing" in network ? undefined : network.addressSpace;
  if ("existing" in subnet) {
    return [
      ...networkNameProblems(network),
      ...check(["subnet", "existing"], subnet.existing, azureName.subnet),
      ...(addressSpace === undefined
        ? []
        : [
            {
              path: ["subnet"],
              complaint:
                "must be a new subnet: a network that is made has none yet; put the network's name under network.existing",
            },
          ]),
    ];
  }
  const named = { path: ["subnet", "addressPrefix"], addressPrefix: subnet.addressPrefix };
  const malformed = [
    ...(addressSpace ?? []).flatMap((prefix, index) => check(["addressSpace", index], prefix, addressPrefix)),
    ...check(named.path, named.addressPrefix, addressPrefix),
  ];
  return [
    ...networkNameProblems(network),
    ...check(["subnet", "name"], subnet.name, azureName.subnet),
    ...malformed,
    ...(malformed.length > 0
      ? []
      : [...addressSpaceProblems(["addressSpace"], addressSpace ?? []), ...subnetProblems([named], addressSpace)]),
  ];
}
