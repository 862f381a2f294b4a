import { App, Aspects } from "cdktf";
import { TagsEverywhere } from "./azure/tags";
import { ConsumerStack } from "./consumer/consumer-stack";
import { plannedConnection, plannedVisibility } from "./deployment/connections";
import { DeploymentError, Environment, loadDeployment } from "./deployment/load";
import { Deployment } from "./deployment/schema";
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
  const path: unknown = environment.DEPLOYMENT ?? app.node.tryGetContext("deployment");
  if (typeof path === "string" && path !== "") return path;
  throw new DeploymentError(
    "no deployment is chosen; set DEPLOYMENT=path, or run cdktf, which takes the deployment of cdktf.json's context",
  );
}

/** Defines the stacks of a deployment: `provider`, and `consumer-<name>` for each consumer. */
export function defineStacks(app: App, deployment: Deployment): void {
  const visibility = plannedVisibility(deployment.provider.privateLinkService, deployment.consumers);
  const provider = new ProviderStack(app, "provider", { deployment, visibility });
  const consumers = deployment.consumers.map(
    (consumer) =>
      new ConsumerStack(app, `consumer-${consumer.name}`, {
        deployment,
        consumer,
        provider,
        connection: plannedConnection(consumer, deployment.provider, visibility),
      }),
  );
  for (const stack of [provider, ...consumers]) Aspects.of(stack).add(new TagsEverywhere(deployment.tags));
}
