import { check, Problem, shown } from "../azure/check";
import { addressProblems, NamedAddress, roomProblems } from "../azure/ip";
import { beside } from "../azure/settled";
import { targetProblem } from "../azure/target";
import { addressUse } from "./address-plan";
import { givenAddresses, givenAddressProblems, PlacedParts } from "./given-addresses";
import { ProviderSection } from "./provider-section";

/** Addresses that are given out twice, do not fit, or may be given to something else, over all that stands in the subnets. */
export function addressPlanProblems(provider: Partial<ProviderSection>): Problem[] {
  const { network, forwarder, loadBalancer, privateLinkService, target } = provider;
  if (!network || !privateLinkService) return [];

  const parts: PlacedParts = { network, forwarder, loadBalancer, privateLinkService };
  const { frontend, nat, machines } = givenAddresses(parts);
  const destination: NamedAddress[] = target
    ? [{ path: ["target", "privateIpAddress"], address: target.privateIpAddress }]
    : [];
  const made = Object.values(network.subnets).flatMap((subnet) =>
    subnet?.kind === "new" ? [subnet.addressPrefix] : [],
  );
  const machineSubnet = network.subnets.forwarder ?? network.subnets.privateLinkService;
  // what is wrong with one address alone is said by its own part; here only what two of them do to each other.
  const same = twins([...frontend, ...nat, ...machines, ...destination]);
  const others = [
    ...destination.flatMap(({ path, address }) => check(path, address, (known) => targetProblem(known, made))),
    ...addressProblems(machines, machineSubnet.kind === "new" ? machineSubnet.addressPrefix : ""),
    ...roomIn("privateLinkService", parts),
    ...roomIn("forwarder", parts),
    ...givenAddressProblems(parts),
  ];
  return [...same, ...beside(same, others)];
}

/** A subnet without room for all that stands in it. */
function roomIn(role: "privateLinkService" | "forwarder", parts: PlacedParts): Problem[] {
  const subnet = parts.network.subnets[role];
  if (subnet?.kind !== "new") return [];
  const shared = parts.network.subnets.forwarder === undefined;
  const tenants = shared ? "frontend, NAT addresses, forwarders" : "frontend, NAT addresses";
  const path = ["network", "subnets", role, "addressPrefix"];
  const { count } = addressUse(parts)[role];
  return roomProblems(
    { path, addressPrefix: subnet.addressPrefix },
    count,
    role === "forwarder" ? "forwarders" : tenants,
  );
}

function twins(addresses: readonly NamedAddress[]): Problem[] {
  const first = new Map<string, NamedAddress>();
  return addresses.flatMap((named) => {
    const { path, address } = named;
    const twin = first.get(address);
    if (twin === undefined) first.set(address, named);
    // what one part gives twice it says itself.
    return twin !== undefined && twin.path[0] !== path[0]
      ? [{ path, complaint: `must differ from ${String(twin.path[0])}'s address, got ${shown(address)} again` }]
      : [];
  });
}
