import { Answered, APIM, estate, NETWORK, PLS, VNET } from "./estate";
import { SECURITY_GROUPS } from "./security-groups";

const ESTATES: readonly Answered[] = [
  estate("an estate as it should be", {}, []),
  estate("APIM outside of internal mode, which is said once", { [APIM]: { private_ip_addresses: [] } }, [
    "The APIM instance apim-hub-4821 must be in internal VNet mode; it has no private address.",
  ]),
  estate("APIM in another network", { [APIM]: { private_ip_addresses: ["10.21.0.4"] } }, [
    "The APIM instance apim-hub-4821 must be in the forwarders' virtual network;",
  ]),
  estate("a network in another region", { [VNET]: { location: "ukwest" } }, [
    "The network vnet-hub must be in uksouth, the region of this deployment;",
  ]),
  estate("a subnet that is just large enough", { [PLS]: { address_prefixes: ["10.20.3.8/29"] } }, []),
  estate("a subnet that is too small", { [PLS]: { address_prefixes: ["10.20.3.8/30"] } }, [
    "The subnet snet-private-link must have room for 3 addresses beside the 5 that Azure keeps;",
  ]),
  estate("a subnet with two prefixes", { [PLS]: { address_prefixes: ["10.20.3.0/27", "10.20.5.0/27"] } }, [
    "The subnet snet-private-link must have one address prefix only;",
  ]),
  estate("a subnet without the frontend's address", { [PLS]: { address_prefixes: ["10.20.3.32/27"] } }, [
    "The address 10.20.3.10 must be one of the subnet snet-private-link;",
  ]),
  estate("a subnet with policies in the way", { [PLS]: { private_link_service_network_policies_enabled: true } }, [
    "The subnet snet-private-link must have its network policies for Private Link Services off:",
  ]),
];

const CONNECTION = "data.azurerm_private_endpoint_connection.ConsumerEndpoint_Connection_";
const REJECTED =
  "The connection of the private endpoint pe-apim is rejected, or its service is gone: it carries nothing";

function connection(status: string, says: readonly string[]): Answered {
  return {
    what: `a connection that is ${status}`,
    deployment: "quickstart",
    stack: "consumer-external",
    command: "apply",
    answers: { [CONNECTION]: { private_service_connection: [{ status }] } },
    says,
  };
}

const LINK = "data.azurerm_private_dns_zone_virtual_network_link.ConsumerEndpoint_Dns_ExistingZones_";
const SHOP =
  "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/rg-shop-network/providers/Microsoft.Network/virtualNetworks/vnet-shop";

function link(what: string, network: string, says: readonly string[]): Answered {
  return {
    what: `a zone's link that leads to ${what}`,
    deployment: "quickstart",
    before: {
      "consumers.0.network": {
        existing: { name: "vnet-shop", resourceGroup: "rg-shop-network" },
        subnet: { addressPrefix: "10.0.9.0/24" },
      },
      "consumers.0.dns": { existingZones: [{ name: "azure-api.net", resourceGroup: "rg-dns", link: "link-shop" }] },
    },
    stack: "consumer-external",
    command: "plan",
    answers: {
      "data.azurerm_virtual_network.ConsumerEndpoint_VirtualNetwork_": { id: SHOP, location: "eastus" },
      [LINK]: { virtual_network_id: network },
    },
    says,
  };
}

/** All that is judged by what Terraform says of it. */
export const ANSWERED: readonly Answered[] = [
  ...ESTATES,
  ...SECURITY_GROUPS,
  link("the network, in another spelling", SHOP.replace("resourceGroups", "resourcegroups"), []),
  link("another network", NETWORK, [
    "The link link-shop of the zone azure-api.net must lead to the network vnet-shop,",
  ]),
  connection("Approved", []),
  connection("Pending", []),
  connection("Rejected", [REJECTED]),
  connection("Disconnected", [REJECTED]),
];
