import { Construct } from "constructs";
import { ProviderSection } from "../deployment/provider-section";
import { ApimVnet } from "./apim-vnet";
import { Forwarders } from "./forwarders";
import { PlsLoadBalancer } from "./pls-load-balancer";
import { PlsDestination } from "./private-link-service";

/** Defines what stands between a Private Link Service and APIM: forwarders behind a load balancer, or nothing. */
export function defineDestination(scope: Construct, provider: ProviderSection, vnet: ApimVnet): PlsDestination {
  const { forwarder, loadBalancer } = provider;
  if (forwarder === undefined || loadBalancer === undefined) {
    return { destinationIpAddress: vnet.apim.privateIpAddress };
  }
  const { resourceGroup, plsSubnet, forwarderSubnet } = vnet;
  const { ports } = forwarder;
  const forwarders = new Forwarders(scope, "Forwarders", {
    settings: forwarder,
    forwarding: { targetAddress: vnet.apim.privateIpAddress, ports, allowFrom: [plsSubnet.addressPrefix] },
    resourceGroup,
    subnet: forwarderSubnet,
  });
  return {
    loadBalancer: new PlsLoadBalancer(scope, "PlsLoadBalancer", {
      ...loadBalancer,
      resourceGroup,
      subnet: plsSubnet,
      forwarders: [forwarders],
      ports,
    }),
  };
}
