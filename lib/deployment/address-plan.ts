import { AddressUse } from "../provider/apim-vnet";
import { mostInstances } from "../provider/scale-set-settings";
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

/** What is taken from the subnet of the Private Link Service and from that of the forwarders. */
export function addressUse(
  provider: Pick<ProviderSection, "forwarder" | "loadBalancer" | "privateLinkService" | "network">,
): { privateLinkService: AddressUse; forwarder: AddressUse } {
  const { forwarder, loadBalancer, privateLinkService, network } = provider;
  const machines = {
    count: machineCount(forwarder),
    given: (forwarder?.virtualMachines ?? []).flatMap(({ privateIpAddress }) => privateIpAddress ?? []),
  };
  const service = {
    count:
      (loadBalancer === undefined ? 0 : 1) +
      natAddressCount(privateLinkService, privateLinkService.mode === "directConnect"),
    given: [...(loadBalancer ? [loadBalancer.privateIpAddress] : []), ...(privateLinkService.natIpAddresses ?? [])],
  };
  return network.subnets.forwarder === undefined
    ? {
        privateLinkService: { count: service.count + machines.count, given: [...service.given, ...machines.given] },
        forwarder: machines,
      }
    : { privateLinkService: service, forwarder: machines };
}
