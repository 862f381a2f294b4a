import { azureName } from "../azure/names";
import { MAX_ENDPOINTS_PER_SERVICE, requestMessage } from "../azure/private-link";
import { Problem, ruled, shown, under } from "../azure/rule";
import { consumerNetworkProblems } from "../consumer/network-settings";
import { reachabilityProbeProblems } from "../consumer/reachability-probe";
import { chosenHostNames, HostNames } from "../dns/host-names";
import { hostScoped, privateDnsProblems } from "../dns/private-dns";
import { resourceGroupName } from "../network/resource-group";
import { Visibility } from "../provider/visibility";
import { plannedVisibility, sameTenant } from "./connections";
import { ConsumerSection } from "./consumer-section";
import { ProviderSection } from "./provider-section";

/** What is wrong with one consumer's section, seen alone; `hostNames` are the service's. */
export function consumerProblems(consumer: Partial<ConsumerSection>, hostNames: HostNames): Problem[] {
  const { network, endpoint, dns, resourceGroup, reachabilityProbe } = consumer;
  return [
    ...(resourceGroup ? ruled("resourceGroup", resourceGroupName(resourceGroup), azureName.resourceGroup) : []),
    ...(network ? under("network", consumerNetworkProblems(network)) : []),
    ...ruled(["endpoint", "name"], endpoint?.name, azureName.privateEndpoint),
    ...ruled(["endpoint", "requestMessage"], endpoint?.requestMessage, requestMessage),
    ...(dns ? dnsProblems(chosenHostNames(hostNames, dns.endpoints), dns) : []),
    ...(reachabilityProbe ? under("reachabilityProbe", reachabilityProbeProblems(reachabilityProbe)) : []),
  ];
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
  if (misplaced.length > 0) {
    const complaint = `must be left out with visibility ${service.visibility}, which has no such list`;
    return misplaced.map((key) => ({ path: [...path, key], complaint }));
  }
  const visibility = plannedVisibility(service, consumers);
  return [
    ...under(path, visibility.problems()),
    ...consumers.flatMap((consumer, index) =>
      under(
        ["consumers", index],
        [
          ...reachProblems(consumer, provider, visibility),
          ...(service.mode === "directConnect" && provider.location && consumer.location
            ? ruled("location", consumer.location, (region) =>
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

/** Whose resource group, endpoint or zones another part of the file makes too. */
export function uniquenessProblems(
  provider: Partial<ProviderSection>,
  consumers: readonly Partial<ConsumerSection>[],
  hostNames: HostNames,
): Problem[] {
  const tooMany =
    consumers.length > MAX_ENDPOINTS_PER_SERVICE
      ? [
          {
            path: ["consumers"],
            complaint: `must be at most ${MAX_ENDPOINTS_PER_SERVICE}, the endpoints that one service can have, got ${consumers.length}`,
          },
        ]
      : [];
  const taken = new Map<string, number>(madeBy(provider, []).map((thing) => [thing.key, -1]));
  const twice = consumers.flatMap((consumer, index) => {
    const made = madeBy(consumer, chosenHostNames(hostNames, consumer.dns?.endpoints));
    const clashes = made.filter(({ key }) => taken.has(key));
    for (const { key } of made) taken.set(key, index);
    return clashes.slice(0, 1).map(({ path, complaint }) => ({ path: ["consumers", index, ...path], complaint }));
  });
  return [...tooMany, ...twice];
}

interface Thing {
  readonly key: string;
  readonly path: readonly PropertyKey[];
  readonly complaint: string;
}

/** What a side makes that must be made once only, by what identifies it in Azure or in Terraform. */
function madeBy(side: Partial<ConsumerSection> | Partial<ProviderSection>, hostNames: readonly string[]): Thing[] {
  const { subscriptionId, resourceGroup } = side;
  const stack = "name" in side && side.name !== undefined ? [named(side.name)] : [];
  if (subscriptionId === undefined || resourceGroup === undefined) return stack;
  const name = resourceGroupName(resourceGroup);
  const group = `${subscriptionId}/${name.toLowerCase()}`;
  if (typeof resourceGroup === "string") {
    return [
      ...stack,
      {
        key: `group ${group}`,
        path: ["resourceGroup"],
        complaint: `must be another than the one already made in this subscription, got ${shown(name)} again`,
      },
    ];
  }
  if (!("endpoint" in side)) return stack;
  const endpoint = side.endpoint?.name ?? "pe-apim";
  return [
    ...stack,
    {
      key: `endpoint ${group}/${endpoint.toLowerCase()}`,
      path: ["endpoint", "name"],
      complaint: `must differ from the others in the resource group ${name}, got ${shown(endpoint)} again`,
    },
    ...hostScoped(hostNames, side.dns ?? {}).map((zone) => ({
      key: `zone ${group}/${zone}`,
      path: ["resourceGroup"],
      complaint: `must be another than that of the consumer that makes the zone ${zone} there; share the zone through dns.existingZones instead`,
    })),
  ];
}

function named(name: string): Thing {
  return {
    key: `name ${name}`,
    path: ["name"],
    complaint: `must differ from the other consumers', got ${shown(name)} again`,
  };
}
