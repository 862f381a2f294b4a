import { z } from "zod";
import { subscriptionId, tenantId } from "../azure/account";
import { APIM_ENDPOINTS, LIVE_APIM_ENDPOINTS } from "../azure/api-management";
import { EndpointLocator } from "../azure/approval-command";
import { matching } from "../azure/check";
import { requestMessage } from "../azure/private-link";
import { allowUnlistedRegion, region } from "../azure/region";
import { choice, flag, listOnce, section, text } from "../azure/setting";
import { endpointName } from "../consumer/consumer-endpoint";
import { consumerNetworkSettings } from "../consumer/consumer-network-settings";
import { reachabilityProbeSettings } from "../consumer/reachability-probe-settings";
import { privateDnsSettings } from "../dns/private-dns-settings";
import { resourceGroupSettings } from "../network/resource-group";

const endpoint = section({
  /** The private endpoint's name. */
  name: endpointName,
  /**
   * What names the service; where it is left out, resourceId, from another tenant alias, where nothing else works. Written out,
   * alias also keeps this consumer out of the provider's state: it reads that of the stack handover, which holds the provider's
   * outputs and none of its resources.
   */
  connectBy: choice("resourceId", "alias").optional(),
  /** What the service's owner reads when the connection needs approval; where it is left out, a sentence with the consumer's name. */
  requestMessage: text(requestMessage).optional(),
});

const dns = section({
  /** APIM's end points whose host names lead to the endpoint. */
  endpoints: listOnce(choice(...APIM_ENDPOINTS))
    .optional()
    .meta({ default: [...LIVE_APIM_ENDPOINTS] }),
  ...privateDnsSettings.shape,
});

const consumerName = matching(
  /^(?=.{1,40}$)[a-z][a-z\d]*(-[a-z\d]+)*$/,
  "1 to 40 lower-case letters, digits and single '-', beginning with a letter",
);

/** A consumer's section of a deployment file. */
export const consumerSection = section({
  /** The consumer's name in this file; its stack is consumer-<name>. */
  name: text(consumerName),
  /**
   * Takes the consumer out: its stack stays and holds nothing, so that a deploy takes everything of it away; then this entry can
   * go. The other keys stay as they are until then, and its subscription stays on the provider's lists.
   */
  remove: flag().default(false),
  /** The consumer's subscription, a UUID, or env:NAME to take it from the environment variable NAME. */
  subscriptionId,
  /** The Microsoft Entra tenant, or env:NAME; where it is left out, the provider's, or else that of whoever deploys. */
  tenantId: tenantId.optional(),
  /** The Azure region, such as uksouth or 'UK South'; it need not be the provider's. */
  location: region,
  /** Says that the region exists although this product does not know it. */
  allowUnlistedRegion,
  /** The name of the resource group to make, or existing: and the name of one that exists. */
  resourceGroup: resourceGroupSettings,
  /** The consumer's virtual network and the endpoint's subnet, each to make or existing. */
  network: consumerNetworkSettings,
  /** The private endpoint. */
  endpoint: endpoint.prefault({}),
  /** How the service's host names lead to the endpoint. */
  dns: dns.prefault({}),
  /**
   * A small machine without a public address that calls APIM through the endpoint, trusting public certificates only; the
   * deployment fails when the call does.
   */
  reachabilityProbe: reachabilityProbeSettings.optional(),
});

/** A consumer's section, read. */
export type ConsumerSection = z.output<typeof consumerSection>;

/** The private endpoint of a consumer, as Azure will name it. */
export function endpointOf({ subscriptionId, resourceGroup, endpoint: { name } }: ConsumerSection): EndpointLocator {
  return { subscriptionId, resourceGroup: resourceGroup.name, name };
}
