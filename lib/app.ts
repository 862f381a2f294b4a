import { App, Aspects } from "cdktf";
import { TagsEverywhere } from "./azure/tags";
import { connectionByAlias, plannedConnection, plannedVisibility } from "./deployment/connections";
import { ConsumerSection } from "./deployment/consumer-section";
import { Deployment } from "./deployment/deployment";
import { DeploymentError } from "./deployment/deployment-error";
import { Environment } from "./deployment/environment";
import { loadDeployment } from "./deployment/load";
import { ProviderSection } from "./deployment/provider-section";
import { AliasedService, OwnService } from "./stacks/consumed-service";
import { ConsumerStack, ConsumerStackProps } from "./stacks/consumer-stack";
import { RemovedConsumerStack } from "./stacks/removed-consumer-stack";
import { stateNotes } from "./stacks/state-notes";
import { placedStacks } from "./stacks/state-places";
import { forgetOtherBackends } from "./stacks/backend-memory";
import { HandoverStack } from "./stacks/handover-stack";
import { ProviderStack } from "./stacks/provider-stack";

/** The stacks of a deployment. */
export interface DeploymentStacks {
  /** The provider's side; undefined where the file uses somebody else's service. */
  readonly provider?: ProviderStack;
  /** What consumers may know of the provider; undefined where none asks for no more than the alias. */
  readonly handover?: HandoverStack;
  /** The consumers' sides by their names in the file. */
  readonly consumers: Readonly<Record<string, ConsumerStack>>;
  /** The stacks of the consumers that the file takes out, by their names. */
  readonly removedConsumers: Readonly<Record<string, RemovedConsumerStack>>;
}

/**
 * Defines the stacks of the deployment that `DEPLOYMENT` names, or else the one in the context of `cdktf.json`.
 *
 * Says on stderr what somebody should know about local states, and has Terraform forget the backend of another deployment that
 * was deployed from the same folder. A mistake in the file ends the process with code 1 and a message without a stack trace.
 */
export function defineChosenDeployment(app: App, environment: Environment): DeploymentStacks {
  try {
    const file = chosenDeployment(app, environment);
    const deployment = loadDeployment(file, environment);
    const stacks = defineStacks(app, deployment);
    forgetOtherBackends(app.outdir, placedStacks(deployment));
    for (const note of stateNotes(app.outdir, deployment, file)) console.error(`Note: ${note}`);
    return stacks;
  } catch (error) {
    if (!(error instanceof DeploymentError)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}

function chosenDeployment(app: App, environment: Environment): string {
  const path: unknown = environment.DEPLOYMENT || app.node.tryGetContext("deployment");
  if (typeof path === "string" && path !== "") return path;
  throw new DeploymentError(
    "no deployment is chosen; set DEPLOYMENT=path, or the `deployment` of cdktf.json's context, which cdktf and " +
      "`npm run synth` read",
  );
}

/**
 * Defines the stacks of a deployment: `provider`, `consumer-<name>` for each consumer, and `handover` between them where a
 * consumer asks for no more than the alias.
 */
export function defineStacks(app: App, deployment: Deployment): DeploymentStacks {
  const present = deployment.consumers.filter(({ remove }) => !remove);
  const removed = deployment.consumers.filter(({ remove }) => remove);
  const stacks = {
    ...(deployment.provider
      ? defineBothSides(app, deployment, deployment.provider, present)
      : { consumers: defineConsumersOfAlias(app, deployment, present) }),
    removedConsumers: byName(
      removed,
      (consumer) => new RemovedConsumerStack(app, stackOf(consumer), { deployment, consumer }),
    ),
  };
  for (const stack of app.node.children) Aspects.of(stack).add(new TagsEverywhere(deployment.tags));
  return stacks;
}

function defineBothSides(
  app: App,
  deployment: Deployment,
  section: ProviderSection,
  consumers: readonly ConsumerSection[],
): Omit<DeploymentStacks, "removedConsumers"> {
  const { name, state } = deployment;
  // one that is taken out stays on the lists as long as its entry stands.
  const visibility = plannedVisibility(section.privateLinkService, deployment.consumers);
  const identity = {
    deployment: name,
    subscriptionId: section.subscriptionId,
    resourceGroup: section.resourceGroup.name,
  };
  const provider = new ProviderStack(app, "provider", {
    provider: section,
    state,
    identity,
    visibility,
    consumers: deployment.consumers,
  });
  const { locator, serviceState, vnet } = provider;
  const handover = consumers.some(byAliasOnly)
    ? new HandoverStack(app, "handover", { state, identity, provider: serviceState })
    : undefined;
  return {
    provider,
    handover,
    consumers: byName(consumers, (consumer) =>
      defineConsumer(app, {
        deployment,
        consumer,
        service: new OwnService(
          vnet.hostNames,
          locator,
          handover && byAliasOnly(consumer) ? handover.serviceState : serviceState,
        ),
        connection: plannedConnection(consumer, section, visibility),
      }),
    ),
  };
}

function defineConsumersOfAlias(
  app: App,
  deployment: Deployment,
  consumers: readonly ConsumerSection[],
): DeploymentStacks["consumers"] {
  const { service } = deployment;
  if (service === undefined) return {};
  const aliased = new AliasedService(service.hostNames, service.alias, service.locator);
  return byName(consumers, (consumer) =>
    defineConsumer(app, { deployment, consumer, service: aliased, connection: connectionByAlias(consumer) }),
  );
}

function byName<T>(consumers: readonly ConsumerSection[], define: (consumer: ConsumerSection) => T): Record<string, T> {
  return Object.fromEntries(consumers.map((consumer) => [consumer.name, define(consumer)]));
}

function byAliasOnly(consumer: ConsumerSection): boolean {
  return consumer.endpoint.connectBy === "alias";
}

function defineConsumer(app: App, props: ConsumerStackProps): ConsumerStack {
  return new ConsumerStack(app, stackOf(props.consumer), props);
}

function stackOf(consumer: ConsumerSection): string {
  return `consumer-${consumer.name}`;
}
