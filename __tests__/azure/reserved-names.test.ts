import { Token } from "cdktf";
import { unreservedName, unreservedSubnet } from "../../lib/azure/reserved-names";

const TOKEN = Token.asString({ resolve: () => "later" });

describe("the name of what has a public end point", () => {
  it.each(["apim-contoso", "office-apis", "my-login", "azure-apis", "apis365", "accessories", "", TOKEN])(
    "can be %s",
    (name) => {
      expect(unreservedName(name)).toBeUndefined();
    },
  );

  it.each(["office", "Office365", "AZURE", "xbox", "access", "app_data", "web.config"])("fails on %s", (name) => {
    expect(unreservedName(name)).toBe(`must not be a word that Azure keeps to itself, got "${name}"`);
  });

  it.each([
    ["apim-Microsoft-1", "microsoft"],
    ["mywindows", "windows"],
    ["windows", "windows"],
  ])("fails on %s", (name, word) => {
    expect(unreservedName(name)).toBe(`must not contain "${word}", which Azure keeps to itself, got "${name}"`);
  });

  it.each(["login", "Login-apis", "logins"])("fails on %s", (name) => {
    expect(unreservedName(name)).toBe(`must not begin with "login", which Azure keeps to itself, got "${name}"`);
  });
});

describe("the name of a subnet", () => {
  it.each(["snet-apim", "GatewaySubnet2", "MyGatewaySubnet", "", TOKEN])("can be %s", (name) => {
    expect(unreservedSubnet(name)).toBeUndefined();
  });

  it.each([
    ["GatewaySubnet", "virtual network gateways"],
    ["gatewaysubnet", "virtual network gateways"],
    ["AzureFirewallSubnet", "Azure Firewall"],
    ["AzureFirewallManagementSubnet", "Azure Firewall"],
    ["RouteServerSubnet", "Route Server"],
    ["AzureBastionSubnet", "Azure Bastion"],
  ])("fails on %s", (name, service) => {
    expect(unreservedSubnet(name)).toBe(
      `must not be the name of the subnet that is for ${service} alone, got "${name}"`,
    );
  });
});
