import { APIM_ENDPOINTS, ApimEndpoint, apimHostName, LIVE_APIM_ENDPOINTS } from "../azure/api-management";
import { hostName } from "../azure/host-name";
import { listOnce, text } from "../azure/setting";

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

/** Host names, each once. */
export const hostNameList = listOnce(text(hostName));
