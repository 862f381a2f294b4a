import { check, isToken, Problem, prefixed, shown } from "../azure/check";
import { MAX_LISTED_SUBSCRIPTIONS } from "../azure/private-link";
import { Visibility } from "../provider/visibility";
import { plannedVisibility, sameTenant } from "./connections";
import { ConsumerSection } from "./consumer-section";
import { ProviderSection } from "./provider-section";

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
        // one that goes connects no more.
        consumer.remove
          ? []
          : [
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
