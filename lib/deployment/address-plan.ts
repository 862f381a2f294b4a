import { mostInstances } from "../provider/forwarder-scale-set";
import { DEFAULT_MACHINES } from "../provider/forwarders";
import { natAddressCount } from "../provider/private-link-service";
import { ProviderSection } from "./provider-section";

/** How many machines forward, at the most. */
export function machineCount(forwarder: ProviderSection["forwarder"]): number {
  if (forwarder === undefined) return 0;
  return forwarder.scaleSet
    ? mostInstances(forwarder.scaleSet)
    : (forwarder.virtualMachines ?? DEFAULT_MACHINES).length;
}

/** How many addresses are taken from the subnet of the Private Link Service and from that of the forwarders. */
export function addressesNeeded(
  provider: Pick<ProviderSection, "forwarder" | "loadBalancer" | "privateLinkService" | "network">,
): { privateLinkService: number; forwarder: number } {
  const { forwarder, loadBalancer, privateLinkService, network } = provider;
  const machines = machineCount(forwarder);
  const frontends = loadBalancer === undefined ? 0 : 1;
  const nat = natAddressCount(privateLinkService, privateLinkService.mode === "directConnect");
  return {
    privateLinkService: frontends + nat + (network.subnets.forwarder === undefined ? machines : 0),
    forwarder: machines,
  };
}
