import { AddressUse } from "../provider/apim-vnet";
import { machinesOf } from "../provider/forwarder-settings";
import { natAddressCount } from "../provider/private-link-service-settings";
import { mostInstances } from "../provider/scale-set-settings";
import { ProviderSection } from "./provider-section";

/** How many machines forward, at the most. */
export function machineCount(forwarder: ProviderSection["forwarder"]): number {
  if (forwarder === undefined) return 0;
  const { scaleSet } = forwarder;
  return machinesOf(forwarder).length + (scaleSet ? mostInstances(scaleSet) : 0);
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
    count: (loadBalancer === undefined ? 0 : 1) + natAddressCount(privateLinkService, privateLinkService.mode),
    given: [...(loadBalancer ? [loadBalancer.privateIpAddress] : []), ...(privateLinkService.natIpAddresses ?? [])],
  };
  return network.subnets.forwarder === undefined
    ? {
        privateLinkService: { count: service.count + machines.count, given: [...service.given, ...machines.given] },
        forwarder: machines,
      }
    : { privateLinkService: service, forwarder: machines };
}
