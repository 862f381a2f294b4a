import { App, TerraformStack } from "cdktf";
import { azurermOf, CONSUMER_REGISTRATIONS, defineAzurerm } from "../azure/azurerm-provider";
import { ConsumerSection } from "../deployment/consumer-section";
import { Deployment } from "../deployment/deployment";
import { consumerIdentity, defineState } from "./state";

/** What a `RemovedConsumerStack` is made of. */
export interface RemovedConsumerStackProps {
  readonly deployment: Deployment;
  /** The consumer's section of the file. */
  readonly consumer: ConsumerSection;
}

/**
 * The stack of a consumer that is taken out: its state and its accounts, so that deploying it destroys all that the state
 * holds. It reads nothing, so that nothing that is gone already can stop it.
 */
export class RemovedConsumerStack extends TerraformStack {
  constructor(scope: App, id: string, { deployment, consumer }: RemovedConsumerStackProps) {
    super(scope, id);

    defineState(this, deployment.state, consumerIdentity(deployment.name, consumer));
    defineAzurerm(this, consumer, CONSUMER_REGISTRATIONS);
    // records in zones of other subscriptions are taken away by the account that made them.
    for (const { subscriptionId } of consumer.dns.existingZones) {
      if (subscriptionId !== undefined) azurermOf(this, { subscriptionId, tenantId: consumer.tenantId });
    }
  }
}
