import { check, prefixed, Problem, shown } from "../azure/check";
import { unlistedRegionProblems } from "../azure/region";
import { consumerNetworkProblems } from "../consumer/consumer-network-settings";
import { reachabilityProbeProblems } from "../consumer/reachability-probe-settings";
import { chosenHostNames, HostNames } from "../dns/host-names";
import { privateDnsProblems } from "../dns/private-dns-settings";
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
  return [
    ...(location === undefined ? [] : unlistedRegionProblems(location, allowUnlistedRegion)),
    ...(network ? prefixed("network", consumerNetworkProblems(network)) : []),
    ...(dns ? dnsProblems(chosen, dns) : []),
    ...(reachabilityProbe
      ? prefixed("reachabilityProbe", [
          ...reachabilityProbeProblems(reachabilityProbe),
          ...pointlessProbe(ports, hostNames, chosen),
        ])
      : []),
  ];
}

/** A probe that has nothing to call, though the service has host names. */
function pointlessProbe(ports: readonly number[], all: HostNames, chosen: readonly string[]): Problem[] {
  if (!ports.includes(443)) {
    return [
      { path: [], complaint: `must be left out: it calls TCP 443, and the forwarders carry ${ports.join(", ")} only` },
    ];
  }
  return chosen.length > 0 || Object.keys(all).length === 0
    ? []
    : [{ path: [], complaint: "must be left out: no host name is left that it could call" }];
}

function dnsProblems(hostNames: readonly string[], dns: ConsumerSection["dns"]): Problem[] {
  return privateDnsProblems(hostNames, dns).map(({ path, complaint }) =>
    // the host names are not the consumer's own; which of them it resolves is.
    path[0] === "hostNames" ? { path: ["dns", "endpoints"], complaint } : { path: ["dns", ...path], complaint },
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
  const misplaced = (["visibilitySubscriptionIds", "autoApprovalSubscriptionIds"] as const).filter(
    (key) =>
      service[key] !== undefined &&
      (service.visibility === "roleBasedAccessOnly" ||
        (service.visibility === "anyoneWithTheAlias" && key === "visibilitySubscriptionIds")),
  );
  const complaint = `must be left out with visibility ${service.visibility}, which has no such list`;
  const visibility = plannedVisibility(service, consumers);
  // a consumer whose subscription is not known leaves the lists that are made of them too short.
  const complete = consumers.every(({ subscriptionId }) => subscriptionId !== undefined);
  return [
    ...misplaced.map((key) => ({ path: [...path, key], complaint })),
    ...(misplaced.length > 0 || !complete ? [] : prefixed(path, visibility.problems())),
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
  return subscriptionId === undefined || visibility.subscriptionIds === undefined || visibility.includes(subscriptionId)
    ? []
    : [
        {
          path: ["subscriptionId"],
          complaint: `must be one of the subscriptions that the service is visible to, got ${shown(subscriptionId)}; add it to provider.privateLinkService.visibilitySubscriptionIds`,
        },
      ];
}
