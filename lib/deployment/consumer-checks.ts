import { APIM_ENDPOINTS } from "../azure/api-management";
import { check, isToken, prefixed, Problem, shown } from "../azure/check";
import { MAX_LISTED_SUBSCRIPTIONS } from "../azure/private-link";
import { unlistedRegionProblems } from "../azure/region";
import { consumerNetworkProblems } from "../consumer/consumer-network-settings";
import { reachabilityProbeProblems } from "../consumer/reachability-probe-settings";
import { chosenHostNames, HostNames } from "../dns/host-names";
import { holds, privateDnsProblems } from "../dns/private-dns-settings";
import { Visibility } from "../provider/visibility";
import { plannedVisibility, sameTenant } from "./connections";
import { ConsumerSection } from "./consumer-section";
import { ProviderSection } from "./provider-section";

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
    ...(dns ? dnsProblems(chosen, dns) : []),
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
    return [{ path, complaint: `must be left out: only APIM has end points, the service has ${names.join(", ")}` }];
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
  const lost = hostNames.filter((hostName) => !existingZones.some((zone) => holds(zone, hostName)));
  return network.kind === "existing" || zones !== "none" || lost.length === 0
    ? []
    : [
        {
          path: ["dns", "zones"],
          complaint: `must be hostScoped for the reachabilityProbe: in a network that is made nothing else resolves ${lost.join(", ")}, got "none"`,
        },
      ];
}

/** What is wrong with existing zones; the host names are not the consumer's own, and are judged where they are written. */
function dnsProblems(hostNames: readonly string[], dns: ConsumerSection["dns"]): Problem[] {
  return prefixed(
    "dns",
    privateDnsProblems(hostNames, dns).filter(({ path }) => path[0] !== "hostNames"),
  );
}

/** What is wrong between the consumers and the provider of one file. */
export function meetingProblems(
  provider: Partial<ProviderSection>,
  consumers: readonly Partial<ConsumerSection>[],
): Problem[] {
  const service = provider.privateLinkService;
  if (!service) return [];
  const path = ["provider", "privateLinkService"];
  const visibility = plannedVisibility(service, consumers);
  return [
    ...prefixed(path, visibilityProblems(service, consumers, visibility)),
    ...consumers.flatMap((consumer, index) =>
      prefixed(
        ["consumers", index],
        [
          ...reachProblems(consumer, provider, visibility),
          ...(service.mode === "directConnect" && provider.location && consumer.location
            ? check("location", consumer.location, (region) =>
                region === provider.location
                  ? undefined
                  : `must be the provider's region ${provider.location} with directConnect, got ${shown(region)}`,
              )
            : []),
        ],
      ),
    ),
  ];
}

/** What is wrong with who can see the service; lists that the file leaves out are those of its consumers' subscriptions. */
function visibilityProblems(
  service: ProviderSection["privateLinkService"],
  consumers: readonly Partial<ConsumerSection>[],
  planned: Visibility,
): Problem[] {
  const { visibility, visibilitySubscriptionIds: visible, autoApprovalSubscriptionIds: approved } = service;
  const superfluous = [
    ...(visible !== undefined && visibility !== "restrictedBySubscription" ? ["visibilitySubscriptionIds"] : []),
    // none is what the mode means anyway.
    ...(approved?.length && visibility === "roleBasedAccessOnly" ? ["autoApprovalSubscriptionIds"] : []),
  ];
  if (superfluous.length > 0) {
    const complaint = `must be left out with visibility ${visibility}, which has no such list`;
    return superfluous.map((key) => ({ path: [key], complaint }));
  }
  const subscriptions = new Set(consumers.map(({ subscriptionId }) => subscriptionId));
  // a consumer whose subscription is not known leaves the lists that are made of them too short.
  if (subscriptions.has(undefined)) return [];
  const many = `the consumers are in ${subscriptions.size} subscriptions`;
  const tooMany = subscriptions.size > MAX_LISTED_SUBSCRIPTIONS;
  if (visibility === "restrictedBySubscription" && visible === undefined) {
    if (subscriptions.size === 0) {
      return [
        {
          path: ["visibilitySubscriptionIds"],
          complaint:
            "is missing; without consumers in this file it lists who may ask, or visibility is roleBasedAccessOnly or anyoneWithTheAlias",
        },
      ];
    }
    if (tooMany) {
      return [
        {
          path: ["visibility"],
          complaint: `must be anyoneWithTheAlias, with up to ${MAX_LISTED_SUBSCRIPTIONS} of them under autoApprovalSubscriptionIds: ${many}, more than a list can hold`,
        },
      ];
    }
  }
  if (visibility === "anyoneWithTheAlias" && approved === undefined && tooMany) {
    const complaint = `is missing; it lists whose requests are granted at once, up to ${MAX_LISTED_SUBSCRIPTIONS}: ${many}`;
    return [{ path: ["autoApprovalSubscriptionIds"], complaint }];
  }
  return planned.problems();
}

/** A consumer that could not see the service, or not in the way it means to connect. */
function reachProblems(
  consumer: Partial<ConsumerSection>,
  provider: Partial<ProviderSection>,
  visibility: Visibility,
): Problem[] {
  const { subscriptionId } = consumer;
  const connectBy = consumer.endpoint?.connectBy;
  const abroad = !sameTenant(consumer, provider);
  if (visibility.subscriptionIds === undefined && (connectBy === "alias" || abroad)) {
    return [
      {
        path: ["endpoint", "connectBy"],
        complaint:
          "must be resourceId, in the provider's tenant, with visibility roleBasedAccessOnly; list the subscription with restrictedBySubscription instead",
      },
    ];
  }
  if (connectBy === "resourceId" && abroad) {
    return [
      {
        path: ["endpoint", "connectBy"],
        complaint: 'must be "alias" from another tenant than the provider\'s, got "resourceId"',
      },
    ];
  }
  // an id that is wrong, on either side, says nothing about who is seen.
  const listed = visibility.subscriptionIds;
  return subscriptionId === undefined ||
    listed === undefined ||
    [subscriptionId, ...listed].some(isToken) ||
    visibility.includes(subscriptionId)
    ? []
    : [
        {
          path: ["subscriptionId"],
          complaint: `must be one of the subscriptions that the service is visible to, got ${shown(subscriptionId)}; add it to provider.privateLinkService.visibilitySubscriptionIds`,
        },
      ];
}
