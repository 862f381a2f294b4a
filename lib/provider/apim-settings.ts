import { z } from "zod";
import { apimZoneProblems, internalSku } from "../azure/api-management";
import { minApiVersion } from "../azure/api-version";
import { both, check, isToken, matching, Problem, textOf } from "../azure/check";
import { clientPrefix } from "../azure/ip";
import { azureName } from "../azure/names";
import { flag, kinds, list, section, text, withKey } from "../azure/setting";
import { visibleText } from "../azure/text";
import { zones } from "../azure/zone";
import { apimHostNames, customDomainList, HostNames, otherHostNames } from "../dns/host-names";
import { targetSettings } from "./forwarding-target";

// azurerm leaves as it is what it is not told, so that what is taken out of a file again would stay on.
const offByDefault = () => flag().default(false);

const security = section({
  /** TLS 1.0 towards clients. */
  frontendTls10Enabled: offByDefault(),
  /** TLS 1.1 towards clients. */
  frontendTls11Enabled: offByDefault(),
  /** TLS 1.0 towards backends. */
  backendTls10Enabled: offByDefault(),
  /** TLS 1.1 towards backends. */
  backendTls11Enabled: offByDefault(),
  /** Triple DES ciphers. */
  tripleDesCiphersEnabled: offByDefault(),
});

const publicIpAddress = section({
  /** The name of the address. */
  name: text(azureName.publicIpAddress),
  /** The DNS label of the address, which Azure asks for; unique in the region. */
  domainNameLabel: text(azureName.domainNameLabel),
});

/** An APIM instance in internal VNet mode. */
export const apimSettings = section({
  /** The name of the APIM instance, unique in all of Azure: the first label of its host names. */
  name: text(azureName.apiManagement),
  /** Who publishes the APIs, shown in the developer portal. */
  publisherName: text(both(textOf(1, 100), visibleText)),
  /** Where APIM sends its notifications. */
  publisherEmail: text(both(textOf(1, 100), matching(/^[^@\s]+@[^@\s]+$/, "an e-mail address"))),
  /** Developer_1, which has no SLA, or Premium_ and the units. */
  skuName: text(internalSku).default("Developer_1"),
  /**
   * The availability zones, Premium only; the units must be a multiple of them, and publicIpAddress be given. Changing them
   * changes APIM's address. Where they are left out, Azure places the units.
   */
  zones: zones.optional(),
  /**
   * A Standard public address of your own for APIM's management traffic; no API is reachable through it. Where it is left
   * out, Azure manages one.
   */
  publicIpAddress: publicIpAddress.optional(),
  /** The oldest version of the management API that is answered. */
  minApiVersion: text(minApiVersion).default("2021-08-01"),
  /** Weak protocols and ciphers, all off unless switched on here. */
  security: security.prefault({}),
  /** Whether the gateway speaks HTTP/2 with its clients. */
  http2Enabled: offByDefault(),
});

/** An APIM instance in internal VNet mode, as somebody writes it. */
export type ApimSettings = z.input<typeof apimSettings>;

/** What is wrong between the settings of an APIM instance. */
export function apimProblems({ skuName, zones, publicIpAddress }: z.output<typeof apimSettings>): Problem[] {
  return apimZoneProblems(skuName, zones, publicIpAddress);
}

/**
 * What is wrong with the ports that are carried to an APIM instance. The load balancer's probe asks the first one, and a
 * forwarder is healthy while APIM answers there; the gateway answers on 443 in every instance, on other ports (3443, for
 * direct management) in some. So 443 comes first, and whatever else an instance serves may follow.
 */
export function apimPortProblems(ports: readonly number[]): Problem[] {
  return check(["ports", 0], ports[0], (port) =>
    port === 443 || isToken(port)
      ? undefined
      : `must be 443 with APIM, which the load balancer's probe asks there; other ports can follow, got ${port}`,
  );
}

const customDomains = {
  /** Further host names that APIM answers to; their certificates are APIM's own affair. */
  customDomains: customDomainList.default([]),
};

const existingApim = {
  when: withKey("existing"),
  schema: section({
    /** An APIM instance that exists in the network, in internal mode. */
    existing: section({
      /** The name of the APIM instance. */
      name: text(azureName.apiManagement),
      /** The name of the APIM instance's resource group. */
      resourceGroup: text(azureName.resourceGroup),
    }),
    ...customDomains,
  }).transform(({ existing, customDomains }) => ({ ...existing, customDomains })),
};

const newApim = {
  schema: apimSettings.extend({
    /** Further networks that may call APIM without the forwarders, such as a hub that the network is peered with. */
    allowedClients: list(text(clientPrefix)).default([]),
    ...customDomains,
  }),
};

/** The APIM instance of a network, to make or existing. */
export const apimChoice = kinds({ existing: existingApim, new: newApim });

/** What connections are carried to: an APIM instance, to make or existing, or any other private service. */
export const carriedTo = kinds({
  existing: existingApim,
  target: { when: withKey("privateIpAddress"), schema: targetSettings },
  new: newApim,
});

/** The host names of what connections are carried to. */
export function hostNamesOf(carried: z.output<typeof carriedTo>): HostNames {
  return carried.kind === "target"
    ? otherHostNames(carried.hostNames)
    : apimHostNames(carried.name, carried.customDomains);
}
