import { Construct } from "constructs";
import { ProviderSection } from "../deployment/provider-section";
import { ApimVnet } from "../provider/apim-vnet";
import { Forwarders } from "../provider/forwarders";
import { PlsLoadBalancer } from "../provider/pls-load-balancer";

/** What stands between a Private Link Service and APIM: forwarders behind a load balancer, or nothing. */
export interface Destination {
  readonly forwarders?: Forwarders;
  readonly loadBalancer?: PlsLoadBalancer;
}

/** Defines what stands between a Private Link Service and APIM. */
export function defineDestination(scope: Construct, provider: ProviderSection, vnet: ApimVnet): Destination {
  const { forwarder, loadBalancer } = provider;
  if (forwarder === undefined || loadBalancer === undefined) return {};
  const { resourceGroup, plsSubnet, forwarderSubnet } = vnet;
  const forwarders = new Forwarders(scope, "Forwarders", {
    settings: forwarder,
    forwarding: { targetAddress: vnet.apim.privateIpAddress, allowFrom: [plsSubnet.addressPrefix] },
    resourceGroup,
    subnet: forwarderSubnet,
    // told of the service's prefix once Azure has taken it, and moved once APIM's security group lets them in.
    dependsOn: [...plsSubnet.made, ...(vnet.apimSubnet?.ready ?? [])],
  });
  return {
    forwarders,
    loadBalancer: new PlsLoadBalancer(scope, "PlsLoadBalancer", {
      ...loadBalancer,
      resourceGroup,
      subnet: plsSubnet,
      forwarders: [forwarders],
      ports: forwarder.ports,
    }),
  };
}
