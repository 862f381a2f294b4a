import { APIM_ENDPOINTS, ApimEndpoint, apimHostName, LIVE_APIM_ENDPOINTS } from "../azure/api-management";
import { hostName } from "../azure/host-name";
import { listOnce, text } from "../azure/setting";
import { MAX_LINKED_ZONES } from "./private-dns-settings";

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

const chosen = new WeakMap<HostNames, Map<string, string[]>>();

/**
 * The host names that a network is to resolve: those of the chosen end points, and all that are no end point's. The same
 * choice gives the same list, so that a thousand consumers need not be compared name by name.
 */
export function chosenHostNames(
  hostNames: HostNames,
  endpoints: readonly ApimEndpoint[] = LIVE_APIM_ENDPOINTS,
): string[] {
  const known = chosen.get(hostNames) ?? new Map<string, string[]>();
  chosen.set(hostNames, known);
  const choice = endpoints.join(" ");
  const names = known.get(choice) ?? namesOf(hostNames, endpoints);
  known.set(choice, names);
  return names;
}

function namesOf(hostNames: HostNames, endpoints: readonly ApimEndpoint[]): string[] {
  const others = Object.keys(hostNames).filter((key) => !(APIM_ENDPOINTS as readonly string[]).includes(key));
  return [...endpoints, ...others].flatMap((key) => hostNames[key] ?? []);
}

/** Host names, each once; no more than a network can have zones for. */
export const hostNameList = hostNamesUpTo(MAX_LINKED_ZONES);

/**
 * Custom domains of an APIM instance. Azure gives an instance 20 for its gateway, and one for each other end point, unless
 * its support raises that: https://learn.microsoft.com/azure/azure-resource-manager/management/azure-subscription-service-limits#api-management-limits
 * (2020-04-14 the newest seen). So this limit is no limit of Azure's; it keeps the checks quick.
 */
export const customDomainList = hostNamesUpTo(100);

function hostNamesUpTo(most: number) {
  return listOnce(text(hostName)).max(most);
}
