import { Check, isToken } from "./check";
import { uuid } from "./names";
import { text } from "./setting";

/** The account that something is deployed to. */
export interface AzureAccount {
  /** The subscription's id. */
  readonly subscriptionId: string;
  /** The tenant's id; where it is left out, the tenant of whoever deploys. */
  readonly tenantId?: string;
}

// azurerm compares ids by their letters, Azure does not.
const lowerCase = (id: string) => (isToken(id) ? id : id.toLowerCase());

/** The id of a subscription or tenant; a deployment file may name an environment variable instead. */
export function accountId(check: Check<string> = uuid) {
  return text(check)
    .overwrite(lowerCase)
    .meta({ pattern: `${uuid.schema?.pattern as string}|^env:`, patternErrorMessage: "must be a UUID or env:NAME" });
}

/** The id of a subscription. */
export const subscriptionId = accountId();

/** The id of a Microsoft Entra tenant. */
export const tenantId = accountId();
