import { z } from "zod";
import { check, isToken, Problem, withSchema, wholeNumber } from "../azure/check";
import { addressProblems, ipv4Address } from "../azure/ip";
import { azureName } from "../azure/names";
import { directConnectRegion, MAX_NAT_ADDRESSES } from "../azure/private-link";
import { asked, list, section, text } from "../azure/setting";
import { announcedHostName } from "../azure/host-name";

const count = wholeNumber(1, MAX_NAT_ADDRESSES, "addresses");

const natIpCount = withSchema<number>(
  (value) =>
    isToken(value) ? "must be known before Terraform runs: there is one block for each address" : count(value),
  count.schema,
);

/** The Private Link Service. */
export const privateLinkServiceSettings = section({
  /** The service's name. */
  name: text(azureName.privateLinkService).default("pls-apim"),
  /**
   * How many NAT addresses Azure chooses; each allows about 64,000 connections to each forwarder. Where it is left out, 1,
   * with Direct Connect 2, or as many as natIpAddresses has.
   */
  natIpCount: asked(z.number(), natIpCount).optional(),
  /** The NAT addresses, of the subnet; one that was given can be replaced but not made dynamic again. */
  natIpAddresses: list(text(ipv4Address)).min(1).max(MAX_NAT_ADDRESSES).optional(),
  /** Host names that the service announces to whoever connects; they make no DNS records. */
  fqdns: list(text(announcedHostName)).optional(),
});

/** The Private Link Service, as somebody writes it. */
export type PrivateLinkServiceSettings = z.input<typeof privateLinkServiceSettings>;

/** Where connections go: to a load balancer's frontend, or straight to one address (Direct Connect). */
export type PlsMode = "loadBalancer" | "directConnect";

/** The NAT addresses of a service. */
type NatAddresses = Pick<z.output<typeof privateLinkServiceSettings>, "natIpCount" | "natIpAddresses">;

/** What is wrong between the settings of a Private Link Service and its subnet. */
export function privateLinkServiceProblems(
  { natIpCount, natIpAddresses = [] }: NatAddresses,
  subnetPrefix: string,
): Problem[] {
  return [
    ...check("natIpAddresses", natIpAddresses.length || undefined, (length) =>
      natIpCount !== undefined && natIpCount !== length
        ? `must hold as many addresses as natIpCount says, ${natIpCount}, got ${length}; leave natIpCount out`
        : undefined,
    ),
    ...addressProblems(
      natIpAddresses.map((address, index) => ({ path: ["natIpAddresses", index], address })),
      subnetPrefix,
    ),
  ];
}

/** How many NAT addresses a service with these settings has. */
export function natAddressCount({ natIpAddresses, natIpCount }: NatAddresses, mode: PlsMode): number {
  return natIpAddresses?.length ?? natIpCount ?? (mode === "directConnect" ? 2 : 1);
}

/** What the preview of Direct Connect refuses of the settings of a service in a region. */
export function directConnectProblems(settings: NatAddresses, region: string): Problem[] {
  const count = natAddressCount(settings, "directConnect");
  return [
    ...check(settings.natIpAddresses ? "natIpAddresses" : "natIpCount", count, () =>
      count % 2 === 0 ? undefined : `must be 2, 4, 6 or 8 addresses with directConnect, got ${count}`,
    ),
    ...check("mode", region, directConnectRegion),
  ];
}
