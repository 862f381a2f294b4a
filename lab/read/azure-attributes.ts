import { Json, object } from "./json";

/** An address that stands for any while the real one is not known yet. */
export const ANY = "192.0.2.1";

/** What Azure answers about a resource beyond its arguments and its id. */
export function attributes(type: string, id: string, args: Json): Json {
  const blocks = (name: string): unknown[] => (Array.isArray(args[name]) ? args[name] : []);
  switch (type.replace(/^data\./, "")) {
    case "azurerm_api_management":
      return { private_ip_addresses: [ANY], public_ip_addresses: ["203.0.113.1"] };
    case "azurerm_lb": {
      const named = blocks("frontend_ip_configuration").map((frontend) => ({
        id: `${id}/${String(object(frontend).name)}`,
        private_ip_address: ANY,
      }));
      return { frontend_ip_configuration: named, private_ip_address: ANY, private_ip_addresses: [ANY] };
    }
    case "azurerm_network_interface":
      return { private_ip_address: ANY, private_ip_addresses: [ANY] };
    case "azurerm_private_link_service":
      return { alias: `${String(args.name)}.4f2a5b1e-0000-4000-8000-000000000000.lab.azure.privatelinkservice` };
    case "azurerm_private_endpoint":
      return { private_service_connection: [{ private_ip_address: ANY }] };
    case "azurerm_private_link_service_endpoint_connections":
      return { private_endpoint_connections: [] };
    case "azurerm_private_endpoint_connection":
      return { private_service_connection: [{ private_ip_address: ANY, status: "Approved" }] };
    case "azurerm_subnet":
      return type.startsWith("data.") ? { address_prefixes: ["192.0.2.0/24"], address_prefix: "192.0.2.0/24" } : {};
    case "terraform_data":
      return { output: args.input };
    case "azurerm_virtual_network":
      return type.startsWith("data.") ? { address_space: ["192.0.2.0/24"] } : {};
    default:
      return {};
  }
}
