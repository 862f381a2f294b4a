import { APIM_ENDPOINTS, ApimEndpoint, apimHostName, LIVE_APIM_ENDPOINTS } from "../azure/api-management";
import { check, matching, Problem, shown } from "../azure/check";

/** The host names of a service: those of APIM's end points by end point, all others by themselves. */
export type HostNames = Readonly<Record<string, string>>;

/** All host names of an APIM instance: one for each end point, and its custom domains. */
export function apimHostNames(apimName: string, customDomains: readonly string[] = []): HostNames {
  const ofEndpoints = APIM_ENDPOINTS.map((endpoint) => [endpoint, apimHostName(apimName, endpoint)]);
  return { ...(Object.fromEntries(ofEndpoints) as HostNames), ...otherHostNames(customDomains) };
}

/** Host names that are no APIM end point's. */
export function otherHostNames(hostNames: readonly string[]): HostNames {
  return Object.fromEntries(hostNames.map((hostName) => [hostName, hostName]));
}

/** The host names that a network is to resolve: those of the chosen end points, and all that are no end point's. */
export function chosenHostNames(
  hostNames: HostNames,
  endpoints: readonly ApimEndpoint[] = LIVE_APIM_ENDPOINTS,
): string[] {
  const others = Object.keys(hostNames).filter((key) => !(APIM_ENDPOINTS as readonly string[]).includes(key));
  return [...endpoints, ...others].flatMap((key) => hostNames[key] ?? []);
}

// zone names: https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules#microsoftnetwork
const zoneName = matching(
  /^(?=.{3,63}$)([a-z\d]([a-z\d-]{0,61}[a-z\d])?\.){1,33}[a-z\d]([a-z\d-]{0,61}[a-z\d])?$/,
  "a lower-case host name of at most 63 characters, the longest name of a private DNS zone",
);

/** A host name. */
export const hostNameRule = matching(
  /^(?=.{1,253}$)([a-z\d]([a-z\d-]{0,61}[a-z\d])?\.)+[a-z\d]([a-z\d-]{0,61}[a-z\d])?$/,
  "a lower-case host name such as api.example.com",
);

/**
 * Host names that are none or stand twice, and those that are to be zones and cannot, or lie below another whose zone
 * would swallow them.
 */
export function hostNameProblems(
  path: PropertyKey,
  hostNames: readonly string[],
  scoped: readonly string[],
): Problem[] {
  return hostNames.flatMap((hostName, index) => {
    const malformed = check([path, index], hostName, scoped.includes(hostName) ? zoneName : hostNameRule);
    if (malformed.length > 0) return malformed;
    const parent = scoped.includes(hostName) ? scoped.find((other) => hostName.endsWith(`.${other}`)) : undefined;
    if (hostNames.indexOf(hostName) < index) {
      return [{ path: [path, index], complaint: `must not be listed twice, got ${shown(hostName)} again` }];
    }
    return parent === undefined
      ? []
      : [
          {
            path: [path, index],
            complaint: `must not lie below ${parent}, whose own zone would hide it, got ${shown(hostName)}`,
          },
        ];
  });
}

/** A host name that a Private Link Service announces; capital letters are kept. */
export const announcedHostName = matching(
  /^(?=.{1,253}$)([a-zA-Z\d]([a-zA-Z\d-]{0,61}[a-zA-Z\d])?\.)+[a-zA-Z]{2,63}$/,
  "a host name such as api.example.com",
);
