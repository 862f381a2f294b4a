import { App, Aspects } from "cdktf";
import { TagsEverywhere } from "./azure/tags";
import { ForeignService, OwnService } from "./consumer/consumed-service";
import { ConsumerStack, ConsumerStackProps } from "./consumer/consumer-stack";
import { connectionByAlias, plannedConnection, plannedVisibility } from "./deployment/connections";
import { ConsumerSection } from "./deployment/consumer-section";
import { DeploymentError, Environment, loadDeployment } from "./deployment/load";
import { providerHostNames } from "./deployment/provider-checks";
import { ProviderSection } from "./deployment/provider-section";
import { Deployment } from "./deployment/schema";
import { resourceGroupName } from "./network/resource-group";
import { HandoverStack } from "./provider/handover-stack";
import { ProviderStack } from "./provider/provider-stack";

/**
 * Synthesizes the deployment that `DEPLOYMENT` names, or else the one in the context of `cdktf.json`.
 *
 * A mistake in the file ends the process with code 1 and a message without a stack trace.
 */
export function synthesize(app: App, environment: Environment): void {
  try {
    defineStacks(app, loadDeployment(chosenDeployment(app, environment), environment));
  } catch (error) {
    if (!(error instanceof DeploymentError)) throw error;
    console.error(error.message);
    process.exit(1);
  }
  app.synth();
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
export function defineStacks(app: App, deployment: Deployment): void {
  const { provider, service, consumers } = deployment;
  if (provider) {
    defineBothSides(app, deployment, provider);
  } else if (service) {
    const foreign = new ForeignService(service.hostNames, service.alias);
    for (const consumer of consumers) {
      defineConsumer(app, { deployment, consumer, service: foreign, connection: connectionByAlias(consumer) });
    }
  }
  for (const stack of app.node.children) Aspects.of(stack).add(new TagsEverywhere(deployment.tags));
}

function defineBothSides(app: App, deployment: Deployment, provider: ProviderSection): void {
  const { name, state, consumers } = deployment;
  const visibility = plannedVisibility(provider.privateLinkService, consumers);
  const hostNames = providerHostNames(provider);
  const identity = {
    deployment: name,
    subscriptionId: provider.subscriptionId,
    resourceGroup: resourceGroupName(provider.resourceGroup),
  };
  const { service, serviceState } = new ProviderStack(app, "provider", {
    provider,
    state,
    identity,
    visibility,
    hostNames,
  });
  const handover = consumers.some(byAliasOnly)
    ? new HandoverStack(app, "handover", { state, identity, provider: serviceState })
    : undefined;
  for (const consumer of consumers) {
    defineConsumer(app, {
      deployment,
      consumer,
      service: new OwnService(
        hostNames,
        service,
        handover && byAliasOnly(consumer) ? handover.serviceState : serviceState,
      ),
      connection: plannedConnection(consumer, provider, visibility),
    });
  }
}

function byAliasOnly(consumer: ConsumerSection): boolean {
  return consumer.endpoint.connectBy === "alias";
}

function defineConsumer(app: App, props: ConsumerStackProps): void {
  new ConsumerStack(app, `consumer-${props.consumer.name}`, props);
}
