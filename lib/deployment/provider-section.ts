import { z } from "zod";
import { subscriptionId, tenantId } from "../azure/account";
import { deletionProtection } from "../azure/deletion-protection";
import { allowUnlistedRegion, region } from "../azure/region";
import { choice, section } from "../azure/setting";
import { privateDnsSettings } from "../dns/private-dns-settings";
import { resourceGroupSettings } from "../network/resource-group";
import { apimChoice } from "../provider/apim-settings";
import { forwarderSettings } from "../provider/forwarder-settings";
import { targetSettings } from "../provider/forwarding-target";
import { loadBalancerSettings } from "../provider/load-balancer-settings";
import { providerNetworkSettings } from "../provider/network-settings";
import { privateLinkServiceSettings } from "../provider/private-link-service-settings";
import { visibilitySettings } from "../provider/visibility";

const privateLinkService = privateLinkServiceSettings.extend({
  /**
   * Where connections go: to the forwarders' load balancer, or straight to APIM's address (a preview: few regions, consumers
   * in the same region only, an even number of NAT addresses).
   */
  mode: choice("loadBalancer", "directConnect").default("loadBalancer"),
  /** The most connections at one time; checked against the ports that the NAT addresses and forwarders have. */
  expectedConnections: z.number().meta({ type: "integer", minimum: 1 }).optional(),
  ...visibilitySettings,
});

// of the provider's own network, every host name has a zone of its own.
const dns = privateDnsSettings
  .pick({ ttl: true })
  .transform(({ ttl }) => ({ ttl, zones: "hostScoped" as const, existingZones: [] }));

/** The provider's section of a deployment file. */
export const providerSection = section({
  /** The provider's subscription, a UUID, or env:NAME to take it from the environment variable NAME. */
  subscriptionId,
  /** The Microsoft Entra tenant, or env:NAME; where it is left out, that of whoever deploys. */
  tenantId: tenantId.optional(),
  /**
   * Whether Terraform refuses to destroy or replace the APIM instance and the Private Link Service: it ends with `Instance cannot
   * be destroyed` before anything is touched. To destroy the deployment, or to accept that one of them is made anew, set it to
   * false and deploy again. Where it is false, an APIM instance that is destroyed is purged as well, and its name is free.
   */
  deletionProtection,
  /** The Azure region, such as uksouth or 'UK South'. */
  location: region,
  /** Says that the region exists although this product does not know it. */
  allowUnlistedRegion,
  /** The name of the resource group to make, or existing: and the name of one that exists. */
  resourceGroup: resourceGroupSettings,
  /** The provider's virtual network, to make or existing. */
  network: providerNetworkSettings,
  /** The APIM instance to make, or existing: and one that exists in the network, in internal mode. */
  apim: apimChoice.optional(),
  /** Any private service instead of APIM. */
  target: targetSettings.optional(),
  /** What carries the connections; left out with directConnect only. */
  forwarder: forwarderSettings.optional(),
  /** What spreads the connections; left out with directConnect only. */
  loadBalancer: loadBalancerSettings.optional(),
  /** The Private Link Service, which consumers connect to. */
  privateLinkService: privateLinkService.prefault({}),
  /** Private DNS in the provider's own network, so that the host names lead to APIM there too. */
  dns: dns.optional(),
});

/** The provider's section, read. */
export type ProviderSection = z.output<typeof providerSection>;
