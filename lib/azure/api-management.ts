import { Token } from "cdktf";
import { Check, isToken, matching, Problem } from "./check";

/** The end points of an APIM instance that have a host name of their own. */
export const APIM_ENDPOINTS = ["gateway", "developerPortal", "configuration", "portal", "management", "scm"] as const;

/** One end point of an APIM instance. */
export type ApimEndpoint = (typeof APIM_ENDPOINTS)[number];

/**
 * The end points that still serve something: the legacy portal was retired in October 2023, the direct management API
 * and the Git repository on 2025-03-15.
 * https://learn.microsoft.com/azure/api-management/breaking-changes/overview
 */
export const LIVE_APIM_ENDPOINTS = ["gateway", "developerPortal", "configuration"] as const satisfies ApimEndpoint[];

const SUFFIX: Record<ApimEndpoint, string> = {
  gateway: "azure-api.net",
  developerPortal: "developer.azure-api.net",
  configuration: "configuration.azure-api.net",
  portal: "portal.azure-api.net",
  management: "management.azure-api.net",
  scm: "scm.azure-api.net",
};

/**
 * The default host name of an end point; in internal mode none of them is in public DNS, and APIM answers by host name
 * only. https://learn.microsoft.com/azure/api-management/api-management-using-with-internal-vnet
 */
export function apimHostName(apimName: string, endpoint: ApimEndpoint): string {
  return `${Token.isUnresolved(apimName) ? apimName : apimName.toLowerCase()}.${SUFFIX[endpoint]}`;
}

/** The path of the gateway that answers 200 without an API or a key, for probes. */
export const APIM_STATUS_PATH = "/status-0123456789abcdef";

/**
 * SKUs that can be injected into a virtual network in internal mode.
 * https://learn.microsoft.com/azure/api-management/virtual-network-concepts
 */
export const internalSku: Check<string> = matching(
  /^(Developer_1|Premium_([1-9]|[1-9]\d))$/,
  "Developer_1 or Premium_1 to Premium_99, the only SKUs with internal VNet mode",
);

/** The units of a SKU: `Premium_3` has three. */
function skuUnits(skuName: string): number {
  return Number(skuName.split("_")[1]);
}

/** What a zone list and a SKU must keep to together. */
export function apimZoneProblems(
  skuName: string,
  zones: readonly string[] | undefined,
  publicIpAddress: unknown,
): Problem[] {
  if (zones === undefined || isToken(skuName)) return [];
  const units = skuUnits(skuName);
  if (!skuName.startsWith("Premium_")) {
    return [{ path: ["zones"], complaint: `must be left out for ${skuName}: only Premium has availability zones` }];
  }
  // both: https://learn.microsoft.com/azure/reliability/reliability-api-management
  const address =
    publicIpAddress === undefined
      ? [
          {
            path: ["publicIpAddress"],
            complaint: "is missing; an instance with zones in a network needs a public address of its own",
          },
        ]
      : [];
  return zones.length > 0 && units % zones.length !== 0
    ? [
        ...address,
        {
          path: ["skuName"],
          complaint: `must have a multiple of ${zones.length} units to spread them evenly over the zones ${zones.join(", ")}, got "${skuName}"`,
        },
      ]
    : address;
}

/**
 * The addresses that APIM takes from its subnet: two a unit for Premium, one for Developer, and one for its load
 * balancer. https://learn.microsoft.com/azure/api-management/virtual-network-injection-resources
 */
export function apimAddresses(skuName: string): number {
  return (skuName.startsWith("Premium_") ? 2 * skuUnits(skuName) : 1) + 1;
}
