import {
  AzurermBackend,
  CloudBackend,
  LocalBackend,
  NamedCloudWorkspace,
  TerraformBackend,
  TerraformStack,
} from "cdktf";
import { createHash } from "node:crypto";
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

/**
 * Defines where a stack keeps its state.
 *
 * The place holds the deployment's name, the subscription and the resource group, so that neither a copied file nor
 * one file used for several subscriptions can meet another's state.
 */
export function defineState(stack: TerraformStack, state: StateSettings, identity: StateIdentity): TerraformBackend {
  const place = [
    identity.deployment,
    identity.subscriptionId,
    identity.resourceGroup.toLowerCase(),
    `${stack.node.id}.tfstate`,
  ].join("/");
  switch (state.backend) {
    case "local":
      // relative to cdktf.out/stacks/<stack>, so that no path of a machine reaches the output.
      return new LocalBackend(stack, { path: `../../../state/${place}` });
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
function workspaceName(deployment: string, stackId: string, place: string): string {
  const digest = createHash("sha256").update(place).digest("hex").slice(0, 8);
  return `${`${deployment}-${stackId}`.slice(0, 81)}-${digest}`;
}
