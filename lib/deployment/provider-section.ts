import { z } from "zod";
import { apimSection, targetSection } from "./apim-section";
import { forwarderSection } from "./forwarder-section";
import {
  existingNetwork,
  existingSubnet,
  newOr,
  optionalText,
  prefix,
  prefixes,
  region,
  resourceGroup,
  subscriptionId,
  tenantId,
  zones,
} from "./values";

const newSubnet = (role: string) =>
  z.strictObject({
    name: z.string().default(`snet-${role}`).describe(`The subnet's name. Default: snet-${role}.`),
    addressPrefix: prefix("the subnet, inside the network's address space"),
    networkSecurityGroup: z
      .string()
      .default(`nsg-${role}`)
      .describe(`The name of the subnet's network security group. Default: nsg-${role}.`),
  });

const subnet = (role: string) => newOr(existingSubnet, newSubnet(role));

const subnets = z
  .strictObject({
    apim: subnet("apim")
      .optional()
      .describe("The subnet of an APIM that is made, at least /29; nothing else stands in it."),
    privateLinkService: subnet("pls").describe(
      "The subnet of the Private Link Service's NAT addresses and the load balancer's frontend.",
    ),
    forwarder: subnet("forwarder")
      .optional()
      .describe("The subnet of the forwarders. Default: they stand in the Private Link Service's subnet."),
  })
  .describe("The subnets, by what stands in them; in an existing network each can be made or exist.");

const network = z.union([
  z.strictObject({ existing: existingNetwork.describe("A network that exists."), subnets }),
  z.strictObject({
    name: z.string().default("vnet-apim").describe("The virtual network's name. Default: vnet-apim."),
    addressSpace: prefixes("the virtual network; they may overlap the consumers'"),
    subnets,
  }),
]);

const loadBalancer = z.strictObject({
  name: optionalText("The load balancer's name. Default: lbi-apim."),
  privateIpAddress: z
    .string()
    .describe("The frontend's address in the Private Link Service's subnet; not one of its first four or its last."),
  frontendName: optionalText("The name of the frontend. Default: frontend."),
  zones: zones.optional().describe("The zones of the frontend; they can never be changed. Default: none."),
  backendAddressPoolName: optionalText("The name of the pool. Default: forwarders."),
  probe: z
    .strictObject({
      name: optionalText("The name of the probe. Default: forwarder-health."),
      intervalInSeconds: z.number().optional().describe("Seconds between two probes, 5 to 60. Default: 5."),
      probeThreshold: z.number().optional().describe("Probes in a row that change a state, 1 to 10. Default: 2."),
    })
    .optional()
    .describe("How the load balancer finds out which forwarders work."),
  rule: z
    .strictObject({
      name: optionalText("The name of the rule. Default: https."),
      idleTimeoutInMinutes: z
        .number()
        .optional()
        .describe("Minutes after which an idle connection ends, 4 or 5. Default: 4."),
    })
    .optional()
    .describe("How the load balancer treats connections."),
});

const subscriptionList = (text: string) => z.array(subscriptionId).optional().describe(text);

const privateLinkService = z.strictObject({
  name: optionalText("The service's name. Default: pls-apim."),
  mode: z
    .enum(["loadBalancer", "directConnect"])
    .default("loadBalancer")
    .describe(
      "Where connections go: to the forwarders' load balancer, or straight to APIM's address (a preview: few regions, " +
        "consumers in the same region only, an even number of NAT addresses). Default: loadBalancer.",
    ),
  natIpCount: z.number().optional().describe("How many NAT addresses Azure chooses, 1 to 8. Default: 1."),
  natIpAddresses: z
    .array(z.string())
    .optional()
    .describe("The NAT addresses, 1 to 8 of the subnet. Default: Azure chooses."),
  expectedConnections: z
    .number()
    .optional()
    .describe(
      "The most connections at one time; checked against the ports that the NAT addresses have. Default: unchecked.",
    ),
  visibility: z
    .enum(["roleBasedAccessOnly", "restrictedBySubscription", "anyoneWithTheAlias"])
    .default("restrictedBySubscription")
    .describe(
      "Who may ask for a connection: principals with rights on the service, the subscriptions listed, or everybody who " +
        "learns the alias. Default: restrictedBySubscription.",
    ),
  visibilitySubscriptionIds: subscriptionList(
    "The subscriptions that may ask, with restrictedBySubscription. Default: those of the consumers in this file.",
  ),
  autoApprovalSubscriptionIds: subscriptionList(
    "The subscriptions whose requests are granted at once. Default: those of the consumers in this file; none with " +
      "roleBasedAccessOnly.",
  ),
  fqdns: z.array(z.string()).optional().describe("Host names that the service announces to whoever connects."),
});

const dns = z
  .strictObject({ ttl: z.number().optional().describe("Seconds that resolvers keep the address. Default: 300.") })
  .describe("Private DNS in the provider's own network, so that the host names lead to APIM there too.");

/** The provider's section of a deployment file. */
export const providerSection = z.strictObject({
  subscriptionId,
  tenantId: tenantId.optional(),
  location: region,
  resourceGroup,
  network,
  apim: apimSection.optional(),
  target: targetSection.optional(),
  forwarder: forwarderSection.optional().describe("What carries the connections; left out with directConnect only."),
  loadBalancer: loadBalancer.optional().describe("What spreads the connections; left out with directConnect only."),
  privateLinkService: privateLinkService.prefault({}),
  dns: dns.optional(),
});

/** The provider's section, read. */
export type ProviderSection = z.output<typeof providerSection>;
