import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { TerraformStack } from "cdktf";

/**
 * The versions of azurerm that take this output: 4.62 renamed what 5.0 removes, and 5.0 changes the arguments of private
 * DNS records and links. The generated bindings would pin 4.55.0, which replaces a Private Link Service to add a NAT
 * address.
 */
export const AZURERM_VERSIONS = ">= 4.62.0, < 5.0.0";

/** The account that a stack deploys to. */
export interface AzureAccount {
  readonly subscriptionId: string;
  /** @default - the tenant of whoever deploys */
  readonly tenantId?: string;
}

/**
 * Defines the azurerm provider of a stack.
 *
 * @param resourceProviders what the subscription must have registered, such as `Microsoft.Network`; nothing else is
 */
export function defineAzurerm(stack: TerraformStack, account: AzureAccount, resourceProviders: string[]): void {
  new AzurermProvider(stack, "azurerm", {
    features: [{}],
    subscriptionId: account.subscriptionId,
    tenantId: account.tenantId,
    resourceProviderRegistrations: "none",
    resourceProvidersToRegister: resourceProviders,
  });
  stack.addOverride("terraform.required_providers.azurerm.version", AZURERM_VERSIONS);
}
