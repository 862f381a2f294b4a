import { APIM_ENDPOINTS } from "../azure/api-management";
import { prefixed, Problem, someOf } from "../azure/check";
import { unlistedRegionProblems } from "../azure/region";
import { consumerNetworkProblems } from "../consumer/consumer-network-settings";
import { reachabilityProbeProblems } from "../consumer/reachability-probe-settings";
import { chosenHostNames, HostNames } from "../dns/host-names";
import { existingZonesProblems, outside } from "../dns/private-dns-settings";
import { ConsumerSection } from "./consumer-section";

/** What is wrong between the settings of one consumer's section, seen alone; `hostNames` are the service's. */
export function consumerProblems(
  { location, allowUnlistedRegion = false, network, dns, reachabilityProbe }: Partial<ConsumerSection>,
  hostNames: HostNames,
  ports: readonly number[] = [443],
): Problem[] {
  const chosen = chosenHostNames(hostNames, dns?.endpoints);
  const ofEndpoints = dns ? endpointsProblems(dns, hostNames, chosen) : [];
  return [
    ...(location === undefined ? [] : unlistedRegionProblems(location, allowUnlistedRegion)),
    ...(network ? prefixed("network", consumerNetworkProblems(network)) : []),
    ...ofEndpoints,
    ...(dns ? prefixed("dns", existingZonesProblems(chosen, dns.existingZones)) : []),
    ...(reachabilityProbe
      ? [
          ...prefixed("reachabilityProbe", reachabilityProbeProblems(reachabilityProbe)),
          ...(ofEndpoints.length > 0 ? [] : pointlessProbe(ports, hostNames, chosen)),
          ...(network && dns ? unresolved(network, dns, chosen) : []),
        ]
      : []),
  ];
}

/** End points that choose nothing: of a service that has none, or none where there is nothing else. */
function endpointsProblems(
  { endpoints }: ConsumerSection["dns"],
  all: HostNames,
  chosen: readonly string[],
): Problem[] {
  const names = Object.keys(all);
  if (endpoints === undefined || names.length === 0) return [];
  const path = ["dns", "endpoints"];
  if (!APIM_ENDPOINTS.some((endpoint) => endpoint in all)) {
    return [{ path, complaint: `must be left out: only APIM has end points, the service has ${someOf(names)}` }];
  }
  return endpoints.length === 0 && chosen.length === 0
    ? [{ path, complaint: "must have an end point: no host name is left that could lead to the endpoint, got []" }]
    : [];
}

/** A probe that has nothing to call, though the service has host names. */
function pointlessProbe(ports: readonly number[], all: HostNames, chosen: readonly string[]): Problem[] {
  const path = ["reachabilityProbe"];
  if (!ports.includes(443)) {
    return [
      { path, complaint: `must be left out: it calls TCP 443, and the forwarders carry ${ports.join(", ")} only` },
    ];
  }
  return chosen.length > 0 || Object.keys(all).length === 0
    ? []
    : [{ path, complaint: "must be left out: no host name is left that it could call" }];
}

/** Host names that a probe could not resolve: in a network that is made nobody else has seen to it. */
function unresolved(
  network: ConsumerSection["network"],
  { zones, existingZones }: ConsumerSection["dns"],
  hostNames: readonly string[],
): Problem[] {
  const lost = outside(hostNames, existingZones);
  return network.kind === "existing" || zones !== "none" || lost.length === 0
    ? []
    : [
        {
          path: ["dns", "zones"],
          complaint: `must be hostScoped for the reachabilityProbe: in a network that is made nothing else resolves ${someOf(lost)}, got "none"`,
        },
      ];
}
