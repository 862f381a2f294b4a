import { AzurermProvider, AzurermProviderFeatures } from "@cdktf/provider-azurerm/lib/provider";
import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { AzureAccount } from "./account";

/**
 * The versions of azurerm that take this output: 4.62 renamed what 5.0 removes, and 5.0 changes the arguments of private
 * DNS records and links. The generated bindings would pin 4.55.0, which replaces a Private Link Service to add a NAT
 * address.
 */
export const AZURERM_VERSIONS = ">= 4.62.0, < 5.0.0";

/** What the subscription of an `ApimVnet` and all that stands in front of it must have registered. */
export const PROVIDER_REGISTRATIONS = [
  "Microsoft.ApiManagement",
  "Microsoft.Compute",
  // autoscaling
  "Microsoft.Insights",
  "Microsoft.Network",
] as const;

/** What the subscription of a `ConsumerEndpoint` must have registered. */
export const CONSUMER_REGISTRATIONS = ["Microsoft.Network"] as const;

/** What the subscription of a `ConsumerEndpoint` with a `ReachabilityProbe` must have registered. */
export const PROBING_CONSUMER_REGISTRATIONS = [...CONSUMER_REGISTRATIONS, "Microsoft.Compute"] as const;

/**
 * Defines the azurerm provider of a stack.
 *
 * @param resourceProviders what the subscription must have registered, such as `PROVIDER_REGISTRATIONS`; nothing else is
 * @param features how azurerm behaves otherwise than by default
 */
export function defineAzurerm(
  stack: TerraformStack,
  account: AzureAccount,
  resourceProviders: readonly string[],
  features: AzurermProviderFeatures = {},
): void {
  new AzurermProvider(stack, "azurerm", {
    ...settings(account),
    features: [features],
    resourceProvidersToRegister: [...resourceProviders],
  });
  stack.addOverride("terraform.required_providers.azurerm.version", AZURERM_VERSIONS);
}

/**
 * The azurerm provider for another account within the stack of a construct; one for each subscription. It registers
 * nothing there.
 */
export function azurermOf(scope: Construct, account: AzureAccount): AzurermProvider {
  const stack = TerraformStack.of(scope);
  const id = `azurerm-${account.subscriptionId}`;
  const present = stack.node.tryFindChild(id);
  return present instanceof AzurermProvider
    ? present
    : new AzurermProvider(stack, id, { ...settings(account), alias: id });
}

function settings({ subscriptionId, tenantId }: AzureAccount) {
  return { features: [{}], subscriptionId, tenantId, resourceProviderRegistrations: "none" };
}
