import { check, Problem, shown } from "../azure/check";
import { addressProblems, NamedAddress, roomProblems } from "../azure/ip";
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
  return [
    // what is wrong with one address alone is said by its own part; here only what two of them do to each other.
    ...twins([...frontend, ...nat, ...machines, ...destination]),
    ...destination.flatMap(({ path, address }) => check(path, address, (known) => targetProblem(known, made))),
    ...addressProblems(machines, machineSubnet.kind === "new" ? machineSubnet.addressPrefix : ""),
    ...roomIn("privateLinkService", parts),
    ...roomIn("forwarder", parts),
    ...givenAddressProblems(parts),
  ];
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
  return addresses.flatMap(({ path, address }, index) => {
    const twin = addresses.slice(0, index).find((other) => other.address === address && other.path[0] !== path[0]);
    return twin
      ? [{ path, complaint: `must differ from ${String(twin.path[0])}'s address, got ${shown(address)} again` }]
      : [];
  });
}
