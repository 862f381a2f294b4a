import {
  AzurermBackend,
  CloudBackend,
  LocalBackend,
  NamedCloudWorkspace,
  TerraformBackend,
  TerraformStack,
} from "cdktf";
import { createHash } from "node:crypto";
import { ConsumerSection } from "../deployment/consumer-section";
import { StateSettings } from "../deployment/state-settings";

/** What tells the state of one stack from every other's. */
export interface StateIdentity {
  /** The deployment's name. */
  readonly deployment: string;
  /** The subscription that the stack builds in. */
  readonly subscriptionId: string;
  /** The resource group that the stack builds. */
  readonly resourceGroup: string;
}

/** What tells the state of a consumer's stack from every other's. */
export function consumerIdentity(deployment: string, consumer: ConsumerSection): StateIdentity {
  return { deployment, subscriptionId: consumer.subscriptionId, resourceGroup: consumer.resourceGroup.name };
}

/** The place of a stack's state, whatever keeps it: a file below `state/`, a blob's key, what a workspace is named after. */
export function statePlace(identity: StateIdentity, stackId: string): string {
  const { deployment, subscriptionId, resourceGroup } = identity;
  return [deployment, subscriptionId, resourceGroup.toLowerCase(), `${stackId}.tfstate`].join("/");
}

/** The file of a local state as Terraform sees it from any stack's folder; undefined where state is kept elsewhere. */
export function stateFile(state: StateSettings, identity: StateIdentity, stackId: string): string | undefined {
  // relative to cdktf.out/stacks/<stack>, so that no path of a machine reaches the output.
  return state.backend === "local" ? `../../../state/${statePlace(identity, stackId)}` : undefined;
}

/**
 * Defines where a stack keeps its state.
 *
 * The place holds the deployment's name, the subscription and the resource group, so that neither a copied file nor
 * one file used for several subscriptions can meet another's state.
 */
export function defineState(stack: TerraformStack, state: StateSettings, identity: StateIdentity): TerraformBackend {
  const place = statePlace(identity, stack.node.id);
  switch (state.backend) {
    case "local":
      return new LocalBackend(stack, { path: stateFile(state, identity, stack.node.id) });
    case "azurerm":
      return new AzurermBackend(stack, {
        subscriptionId: state.subscriptionId,
        tenantId: state.tenantId,
        resourceGroupName: state.resourceGroupName,
        storageAccountName: state.storageAccountName,
        containerName: state.containerName,
        key: place,
        useAzureadAuth: true,
      });
    case "hcpTerraform":
      return new CloudBackend(stack, {
        organization: state.organization,
        hostname: state.hostname,
        workspaces: new NamedCloudWorkspace(workspaceName(identity.deployment, stack.node.id, place), state.project),
      });
  }
}

/** A workspace's name holds 90 letters, digits, `_` and `-` only; the digest stands for the rest of the place. */
export function workspaceName(deployment: string, stackId: string, place: string): string {
  const digest = createHash("sha256").update(place).digest("hex").slice(0, 8);
  return `${`${deployment}-${stackId}`.slice(0, 81)}-${digest}`;
}
