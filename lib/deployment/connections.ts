import { isToken } from "../azure/check";
import { Visibility } from "../provider/visibility";
import { ConsumerSection } from "./consumer-section";
import { ProviderSection } from "./provider-section";

/** How a consumer connects: what names the service, and whether its owner is asked. */
export type PlannedConnection =
  | {
      readonly by: "resourceId";
      /** Undefined where the connection is made without a request. */
      readonly message?: string;
    }
  | { readonly by: "alias"; readonly message: string };

/** Who can see the service, with what the file leaves out taken from its consumers. */
export function plannedVisibility(
  service: ProviderSection["privateLinkService"],
  consumers: readonly Partial<ConsumerSection>[],
): Visibility {
  const ofConsumers = [...new Set(consumers.flatMap(({ subscriptionId }) => subscriptionId ?? []))];
  switch (service.visibility) {
    case "roleBasedAccessOnly":
      return Visibility.roleBasedAccessOnly();
    case "anyoneWithTheAlias":
      return Visibility.anyoneWithTheAlias(service.autoApprovalSubscriptionIds ?? ofConsumers);
    case "restrictedBySubscription": {
      const visible = service.visibilitySubscriptionIds ?? ofConsumers;
      const seen = ofConsumers.filter((id) => visible.includes(id));
      return Visibility.restrictedBySubscription(visible, service.autoApprovalSubscriptionIds ?? seen);
    }
  }
}

/** How a consumer connects to the provider of the same file. */
export function plannedConnection(
  consumer: ConsumerSection,
  provider: ProviderSection,
  visibility: Visibility,
): PlannedConnection {
  const { connectBy, requestMessage } = consumer.endpoint;
  const by = connectBy ?? (sameTenant(consumer, provider) ? "resourceId" : "alias");
  // with role-based access only, whoever may connect at all may also approve.
  const granted = visibility.subscriptionIds === undefined || visibility.approves(consumer.subscriptionId);
  return by === "resourceId" && granted && requestMessage === undefined
    ? { by }
    : { by, message: requestMessage ?? defaultMessage(consumer) };
}

/** How a consumer connects to somebody else's service. */
export function connectionByAlias(consumer: ConsumerSection): PlannedConnection {
  return { by: "alias", message: consumer.endpoint.requestMessage ?? defaultMessage(consumer) };
}

/** Whether both sides belong to one tenant, as far as is known; a consumer that names none is in the provider's. */
export function sameTenant(consumer: { tenantId?: string }, provider: { tenantId?: string }): boolean {
  const { tenantId = provider.tenantId } = consumer;
  return tenantId === provider.tenantId || isToken(tenantId) || isToken(provider.tenantId);
}

function defaultMessage(consumer: ConsumerSection): string {
  return `Please connect consumer ${consumer.name}`;
}
