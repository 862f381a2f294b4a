import { both, Check, matching } from "./check";
import { unreservedName, unreservedSubnet } from "./reserved-names";

// https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules, and azurerm's own checks
// where they are stricter.

const networkResource = matching(
  /^[a-zA-Z\d]([\w.-]{0,78}\w)?$/,
  "1 to 80 letters, digits, '_', '.' or '-', beginning with a letter or digit and ending with a letter, digit or '_'",
);

const sixtyFour = "letters, digits, '_', '.' or '-', beginning with a letter or digit and ending with one or '_'";

/** The rules for the names of Azure resources, by kind. */
export const azureName = {
  resourceGroup: matching(
    /^[-\w.()]{0,89}[-\w()]$/,
    "1 to 90 letters, digits, '_', '-', '.' or parentheses, not ending with '.'",
  ),
  virtualNetwork: matching(/^[a-zA-Z\d][\w.-]{0,62}\w$/, `2 to 64 ${sixtyFour}`),
  subnet: both(networkResource, unreservedSubnet),
  networkSecurityGroup: networkResource,
  publicIpAddress: networkResource,
  networkInterface: networkResource,
  loadBalancer: networkResource,
  loadBalancerPart: networkResource,
  privateLinkService: networkResource,
  privateEndpoint: matching(/^[a-zA-Z\d][\w.-]{0,62}\w$/, `2 to 64 ${sixtyFour}`),
  apiManagement: both(
    matching(
      /^[a-zA-Z]([a-zA-Z\d-]{0,48}[a-zA-Z\d])?$/,
      "1 to 50 letters, digits or '-', beginning with a letter and ending with a letter or digit; it is unique in all of Azure",
    ),
    unreservedName,
  ),
  domainNameLabel: both(
    matching(
      /^[a-z][a-z\d-]{1,61}[a-z\d]$/,
      "3 to 63 lower-case letters, digits or '-', beginning with a letter and not ending with '-'",
    ),
    unreservedName,
  ),
  linuxVirtualMachine: matching(
    /^(?=.*\D)[a-zA-Z\d]([a-zA-Z\d-]{0,62}[a-zA-Z\d])?$/,
    "1 to 64 letters, digits or '-', not only digits, beginning and ending with a letter or digit: it is the host name too",
  ),
  windowsVirtualMachine: matching(
    /^(?=.*\D)[a-zA-Z\d]([a-zA-Z\d-]{0,13}[a-zA-Z\d])?$/,
    "1 to 15 letters, digits or '-', not only digits, beginning and ending with a letter or digit: it is the host name too",
  ),
  linuxScaleSet: matching(
    /^(?=.*\D)[a-zA-Z\d]([a-zA-Z\d-]{0,56}[a-zA-Z\d])?$/,
    "1 to 58 letters, digits or '-', not only digits, beginning and ending with a letter or digit: it begins host names",
  ),
  windowsScaleSet: matching(
    /^(?=.*\D)[a-zA-Z\d]([a-zA-Z\d-]{0,7}[a-zA-Z\d])?$/,
    "1 to 9 letters, digits or '-', not only digits, beginning and ending with a letter or digit: it begins host names",
  ),
  privateDnsZoneLink: networkResource,
} satisfies Record<string, Check<string>>;

/** The id of a subscription or tenant. */
export const uuid = matching(
  /^[\da-fA-F]{8}-[\da-fA-F]{4}-[\da-fA-F]{4}-[\da-fA-F]{4}-[\da-fA-F]{12}$/,
  "a UUID such as 12345678-9abc-def0-1234-56789abcdef0",
);
