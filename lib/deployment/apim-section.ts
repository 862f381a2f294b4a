import { z } from "zod";
import { flag, name, optionalText, prefix, zones } from "./values";

const customDomains = z
  .array(z.string())
  .optional()
  .describe("Further host names that APIM answers to; their certificates are APIM's own affair.");

const newApim = z.strictObject({
  name: name("the APIM instance, unique in all of Azure: the first label of its host names"),
  publisherName: z.string().describe("Who publishes the APIs, shown in the developer portal."),
  publisherEmail: z.string().describe("Where APIM sends its notifications."),
  skuName: optionalText("Developer_1, or Premium_ and the units, 1 to 99. Default: Developer_1, which has no SLA."),
  zones: zones.optional().describe("The availability zones, Premium only. Changing them changes APIM's address."),
  publicIpAddress: z
    .strictObject({
      name: name("the address"),
      domainNameLabel: z.string().describe("The DNS label of the address, unique in the region."),
    })
    .optional()
    .describe("A public address of your own for APIM's management traffic. Default: one that Azure manages."),
  minApiVersion: optionalText("The oldest version of the management API that is answered. Default: 2021-08-01."),
  security: z
    .strictObject({
      frontendTls10Enabled: flag("TLS 1.0 towards clients. Default: false."),
      frontendTls11Enabled: flag("TLS 1.1 towards clients. Default: false."),
      backendTls10Enabled: flag("TLS 1.0 towards backends. Default: false."),
      backendTls11Enabled: flag("TLS 1.1 towards backends. Default: false."),
      tripleDesCiphersEnabled: flag("Triple DES ciphers. Default: false."),
    })
    .optional()
    .describe("Weak protocols and ciphers, all off unless switched on here."),
  http2Enabled: flag("Whether the gateway speaks HTTP/2 with its clients. Default: false."),
  allowedClients: z
    .array(prefix("a network that may call APIM without the forwarders, such as a peered hub"))
    .optional()
    .describe("Further networks that may call APIM directly. Default: none."),
  customDomains,
});

/** The APIM instance, to make or existing. */
export const apimSection = z
  .union([
    z.strictObject({
      existing: z.strictObject({
        name: name("the APIM instance"),
        resourceGroup: name("the APIM instance's resource group"),
      }),
      customDomains,
    }),
    newApim,
  ])
  .describe("The APIM instance to make, or existing: and one that exists in the network, in internal mode.");

/** Another service than APIM. */
export const targetSection = z
  .strictObject({
    privateIpAddress: z.string().describe("The address that connections are forwarded to."),
    hostNames: z
      .array(z.string())
      .min(1)
      .describe("The host names that consumers reach it under, each with a private DNS zone of its own."),
  })
  .describe("Any private service instead of APIM.");
