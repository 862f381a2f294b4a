import { Check, known, shown } from "./check";

// https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/error-reserved-resource-name (2026-11)
const WHOLE_NAMES = new Set(
  (
    "access app_browsers app_code app_data app_globalresources app_localresources app_themes app_webreferences azure bing " +
    "bizspark biztalk cortana directx dotnet dynamics excel exchange forefront groove hololens hyperv kinect lync msdn " +
    "o365 office office365 onedrive onenote outlook powerpoint sharepoint skype visio visualstudio web.config xbox"
  ).split(" "),
);
const ANYWHERE = ["microsoft", "windows"];
const AT_THE_START = "login";

/**
 * A name without the words that Azure keeps to itself in names of what has a public end point: an API Management
 * instance, the DNS label of a public address. It looks when the resource is made, even where the end point is off.
 */
export const unreservedName: Check<string> = known((name) => {
  const lower = name.toLowerCase();
  if (WHOLE_NAMES.has(lower)) return `must not be a word that Azure keeps to itself, got ${shown(name)}`;
  const inside = ANYWHERE.find((word) => lower.includes(word));
  if (inside !== undefined) return `must not contain "${inside}", which Azure keeps to itself, got ${shown(name)}`;
  return lower.startsWith(AT_THE_START)
    ? `must not begin with "${AT_THE_START}", which Azure keeps to itself, got ${shown(name)}`
    : undefined;
});

// subnets that one service has for itself; all but the bastion's refuse a security group, and the bastion's wants rules of
// its own: https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-about-vpn-gateway-settings#gwsub,
// https://learn.microsoft.com/azure/firewall/firewall-faq, https://learn.microsoft.com/azure/route-server/route-server-faq,
// https://learn.microsoft.com/azure/bastion/bastion-nsg (2026-11)
const SUBNETS: ReadonlyMap<string, string> = new Map([
  ["gatewaysubnet", "virtual network gateways"],
  ["azurefirewallsubnet", "Azure Firewall"],
  ["azurefirewallmanagementsubnet", "Azure Firewall"],
  ["routeserversubnet", "Route Server"],
  ["azurebastionsubnet", "Azure Bastion"],
]);

/** The name of a subnet that no service of Azure has for itself; Azure does not distinguish capital letters in it. */
export const unreservedSubnet: Check<string> = known((name) => {
  const service = SUBNETS.get(name.toLowerCase());
  return service && `must not be the name of the subnet that is for ${service} alone, got ${shown(name)}`;
});
