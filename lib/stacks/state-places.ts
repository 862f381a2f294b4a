import { Deployment } from "../deployment/deployment";
import { consumerIdentity, StateIdentity, statePlace, workspaceName } from "./state";

/** A stack of a deployment with what tells its state from every other's. */
export interface PlacedStack {
  readonly stack: string;
  /** The place of the state, whatever keeps it. */
  readonly place: string;
  /** The workspace that keeps it, where that is HCP Terraform. */
  readonly workspace: string;
  readonly identity: StateIdentity;
  /** The type and name of the resource that the stack is about. */
  readonly main: { readonly type: string; readonly name: string };
}

/** All stacks that a deployment can have. */
export function placedStacks({ name, provider, consumers }: Deployment): PlacedStack[] {
  const ofConsumers = consumers.map((consumer) =>
    placed(`consumer-${consumer.name}`, consumerIdentity(name, consumer), {
      type: "azurerm_private_endpoint",
      name: consumer.endpoint.name,
    }),
  );
  if (provider === undefined) return ofConsumers;
  const { subscriptionId, resourceGroup, privateLinkService } = provider;
  const identity = { deployment: name, subscriptionId, resourceGroup: resourceGroup.name };
  const main = { type: "azurerm_private_link_service", name: privateLinkService.name };
  return [placed("provider", identity, main), placed("handover", identity, main), ...ofConsumers];
}

function placed(stack: string, identity: StateIdentity, main: PlacedStack["main"]): PlacedStack {
  const place = statePlace(identity, stack);
  return { stack, place, workspace: workspaceName(identity.deployment, stack, place), identity, main };
}
