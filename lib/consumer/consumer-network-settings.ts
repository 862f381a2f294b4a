import { z } from "zod";
import { check, Problem } from "../azure/check";
import { addressSpaceProblems, subnetProblems } from "../azure/ip";
import { kinds, section, withKey } from "../azure/setting";
import { existingNetwork, newNetwork } from "../network/network-settings";
import { existingSubnet, newSubnet } from "../network/subnet";

const endpointSubnet = {
  /** The subnet of the endpoint; other things may stand in it. */
  subnet: kinds({
    existing: { when: withKey("existing"), schema: existingSubnet },
    new: { schema: section(newSubnet("endpoint")) },
  }),
};

/** The consumer's virtual network and the endpoint's subnet, each to make or existing. */
export const consumerNetworkSettings = kinds({
  existing: {
    when: withKey("existing"),
    schema: section({ ...existingNetwork, ...endpointSubnet }).transform(({ existing, subnet }) => ({
      ...existing,
      subnet,
    })),
  },
  new: { schema: section({ ...newNetwork("vnet-consumer"), ...endpointSubnet }) },
});

/** The consumer's virtual network and the endpoint's subnet, as somebody writes them. */
export type ConsumerNetworkSettings = z.input<typeof consumerNetworkSettings>;

/** The consumer's virtual network and the endpoint's subnet, with their defaults. */
export type ConsumerNetwork = z.output<typeof consumerNetworkSettings>;

/** What is wrong between the parts of a consumer's network. */
export function consumerNetworkProblems(network: ConsumerNetwork): Problem[] {
  const { subnet } = network;
  const addressSpace = network.kind === "new" ? network.addressSpace : undefined;
  if (subnet.kind === "existing") {
    return check(
      "subnet",
      addressSpace,
      () => "must be a new subnet: a network that is made has none yet; put the network's name under network.existing",
    );
  }
  return [
    ...addressSpaceProblems(["addressSpace"], addressSpace ?? []),
    ...subnetProblems([{ path: ["subnet", "addressPrefix"], addressPrefix: subnet.addressPrefix }], addressSpace),
  ];
}
