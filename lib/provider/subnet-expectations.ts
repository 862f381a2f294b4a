import { IncomingTraffic } from "../network/incoming-traffic";
import { Expectation } from "../network/postconditions";

// what subnets that somebody else made have to be and to let in, for what is put into them.

// https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16
const PROBE = { tag: "AzureLoadBalancer", prefix: "168.63.129.16/32" };

/** What the forwarders' subnet lets in: the forwarded ports, and the probe of the first of them. */
export function trafficToForwarders(ports: readonly number[], source: IncomingTraffic["source"]): IncomingTraffic[] {
  return [
    { who: "the Private Link Service", source, ports },
    { who: "the load balancer's probe", source: PROBE, ports: ports.slice(0, 1) },
  ];
}

/** What APIM's subnet lets in: https://learn.microsoft.com/azure/api-management/virtual-network-reference#required-ports */
export function trafficToApim(ports: readonly number[], forwarders: string): IncomingTraffic[] {
  return [
    { who: "the forwarders", source: { prefix: forwarders }, ports },
    { who: "API Management", source: { tag: "ApiManagement" }, ports: [3443] },
  ];
}

/** APIM's subnet has a security group: https://learn.microsoft.com/azure/api-management/virtual-network-injection-resources */
export function guarded(subnet: string): Expectation {
  return {
    condition: "try(length(self.network_security_group_id) > 0, false)",
    remedy: `The subnet ${subnet} must have a network security group that lets in what APIM needs; API Management cannot be created without one.`,
  };
}

/** A Private Link Service can be put into it: https://learn.microsoft.com/azure/private-link/disable-private-link-service-network-policy */
export function policiesOff(subnet: string): Expectation {
  return {
    condition: "self.private_link_service_network_policies_enabled == false",
    remedy: `The subnet ${subnet} must have its network policies for Private Link Services off: az network vnet subnet update --private-link-service-network-policies Disabled.`,
  };
}
