import { both, Check, known, matching, shown } from "./check";

/**
 * The oldest version of the API Management API that azurerm calls. `azurerm_api_management` and its data source call two,
 * in each version from 4.62.0 to 4.81.0: `2024-05-01` for the instance, and `2022-08-01` for its sample API and products,
 * its policy, sign-in, sign-up, delegation and tenant settings, and the deleted instances.
 * https://github.com/hashicorp/terraform-provider-azurerm/blob/v4.81.0/internal/services/apimanagement/api_management_resource.go#L24-L32
 */
const OLDEST_APIM_VERSION_OF_AZURERM = "2022-08-01";

/** The first version of that API: https://github.com/Azure/azure-rest-api-specs, specification/apimanagement */
const FIRST_APIM_VERSION = "2016-07-07";

const shape = matching(/^\d{4}-\d{2}-\d{2}(-preview)?$/, "the version of an API, a date such as 2021-08-01");

/**
 * The oldest version of the management API that an instance still answers. One that is newer than what azurerm calls
 * locks Terraform out of the instance that it has just made.
 */
export const minApiVersion: Check<string> = both(
  shape,
  known((value) => {
    const date = value.slice(0, 10);
    if (!isDate(date)) return `must be a date of the calendar, got ${shown(value)}`;
    if (date < FIRST_APIM_VERSION) {
      return `must be ${FIRST_APIM_VERSION} or newer, the first version of the API, got ${shown(value)}`;
    }
    return date > OLDEST_APIM_VERSION_OF_AZURERM
      ? `must be ${OLDEST_APIM_VERSION_OF_AZURERM} or older, or azurerm, which calls that version, is locked out, got ${shown(value)}`
      : undefined;
  }),
);

/** Whether text of the shape YYYY-MM-DD names a day. */
function isDate(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.valueOf()) && date.toISOString().startsWith(text);
}
