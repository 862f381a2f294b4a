import { z } from "zod";
import { APIM_ENDPOINTS } from "../azure/api-management";
import {
  existingNetwork,
  existingSubnet,
  linuxLogin,
  name,
  newOr,
  optionalText,
  prefix,
  prefixes,
  region,
  resourceGroup,
  subscriptionId,
  tenantId,
} from "./values";

const subnet = newOr(
  existingSubnet,
  z.strictObject({
    name: z.string().default("snet-endpoint").describe("The subnet's name. Default: snet-endpoint."),
    addressPrefix: prefix("the subnet of the endpoint, inside the network's address space"),
  }),
).describe("The subnet of the endpoint; other things may stand in it.");

const network = z.union([
  z.strictObject({ existing: existingNetwork.describe("A network that exists."), subnet }),
  z.strictObject({
    name: z.string().default("vnet-consumer").describe("The virtual network's name. Default: vnet-consumer."),
    addressSpace: prefixes("the virtual network; they may overlap the provider's"),
    subnet,
  }),
]);

const endpoint = z.strictObject({
  name: optionalText("The private endpoint's name. Default: pe-apim."),
  connectBy: z
    .enum(["resourceId", "alias"])
    .optional()
    .describe(
      "What names the service. Default: resourceId; alias from another tenant, where nothing else works. Written out, " +
        "alias also keeps this consumer out of the provider's state: it reads that of the stack handover, which holds " +
        "the provider's outputs and none of its resources.",
    ),
  requestMessage: optionalText(
    "What the service's owner reads when the connection needs approval, 1 to 140 characters. Default: a sentence with " +
      "the consumer's name.",
  ),
});

const dns = z.strictObject({
  endpoints: z
    .array(z.enum(APIM_ENDPOINTS))
    .optional()
    .describe(
      "APIM's end points whose host names lead to the endpoint. Default: gateway, developerPortal, configuration.",
    ),
  zones: z
    .enum(["hostScoped", "none"])
    .default("hostScoped")
    .describe("Whether each host name that no existing zone holds gets a zone of its own. Default: hostScoped."),
  existingZones: z
    .array(
      z.strictObject({
        name: name("the private DNS zone, such as azure-api.net"),
        resourceGroup: name("the zone's resource group"),
        subscriptionId: subscriptionId
          .optional()
          .describe("The zone's subscription, in the consumer's tenant. Default: the consumer's."),
        linked: z
          .boolean()
          .default(true)
          .describe("Whether the network is linked to the zone already. Default: true; only records are made."),
      }),
    )
    .default([])
    .describe("Zones that exist, into which the records of the host names below them go. Default: none."),
  ttl: z.number().optional().describe("Seconds that resolvers keep the address. Default: 300."),
});

const reachabilityProbe = z
  .strictObject({
    ...linuxLogin,
    name: z.string().default("vm-probe").describe("The machine's name. Default: vm-probe."),
    size: optionalText("The machine's size. Default: Standard_B1s."),
  })
  .describe(
    "A small machine without a public address that calls APIM through the endpoint, trusting public certificates only; " +
      "the deployment fails when the call does. Default: none.",
  );

/** A consumer's section of a deployment file. */
export const consumerSection = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z][a-z\d]*(-[a-z\d]+)*$/, {
      error: (issue) =>
        `must be lower-case letters, digits and single '-', beginning with a letter, got ${JSON.stringify(issue.input)}`,
    })
    .max(40)
    .describe("The consumer's name in this file; its stack is consumer-<name>."),
  subscriptionId,
  tenantId: tenantId.optional(),
  location: region,
  resourceGroup,
  network,
  endpoint: endpoint.prefault({}),
  dns: dns.prefault({}),
  reachabilityProbe: reachabilityProbe.optional(),
});

/** A consumer's section, read. */
export type ConsumerSection = z.output<typeof consumerSection>;
