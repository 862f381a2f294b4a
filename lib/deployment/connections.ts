import { Visibility } from "../provider/visibility";
import { ConsumerSection, Deployment } from "./schema";

/** How a consumer connects: what names the service, and whether its owner is asked. */
export type PlannedConnection =
  | {
      readonly by: "resourceId";
      /** Undefined where the connection is made without a request. */ readonly message?: string;
    }
  | { readonly by: "alias"; readonly message: string };

/** Who can see the service, with what the file leaves out taken from its consumers. */
export function plannedVisibility(
  service: Deployment["provider"]["privateLinkService"],
  consumers: readonly Partial<ConsumerSection>[],
): Visibility {
  const ofConsumers = [...new Set(consumers.flatMap(({ subscriptionId }) => subscriptionId ?? []))];
  switch (service.visibility) {
    case "roleBasedAccessOnly":
      return Visibility.roleBasedAccessOnly();
    case "anyoneWithTheAlias":
      return Visibility.anyoneWithTheAlias(service.autoApprovalSubscriptionIds ?? ofConsumers);
    case "restrictedBySubscription":
      return Visibility.restrictedBySubscription(
        service.visibilitySubscriptionIds ?? ofConsumers,
        service.autoApprovalSubscriptionIds ?? ofConsumers,
      );
  }
}

/** How a consumer connects to the provider of the same file. */
export function plannedConnection(
  consumer: ConsumerSection,
  provider: Deployment["provider"],
  visibility: Visibility,
): PlannedConnection {
  const by = consumer.endpoint.connectBy ?? (sameTenant(consumer, provider) ? "resourceId" : "alias");
  // with role-based access only, whoever may connect at all may also approve.
  const granted = visibility.subscriptionIds === undefined || visibility.approves(consumer.subscriptionId);
  const message = consumer.endpoint.requestMessage ?? `Please connect consumer ${consumer.name}`;
  return by === "resourceId" && granted && consumer.endpoint.requestMessage === undefined ? { by } : { by, message };
}

/** Whether both sides belong to one tenant, as far as the file says. */
export function sameTenant(consumer: { tenantId?: string }, provider: { tenantId?: string }): boolean {
  return consumer.tenantId === provider.tenantId;
}
