import { object } from "../read/json";
import { Breakage } from "./breakage";
import { CONSUMER_NETWORK, remove, resource } from "./stack-edit";

/** What keeps names from leading to the endpoint. */
export const inNames: readonly Breakage[] = [
  {
    name: "a record is missing",
    hop: "dns",
    why: /does not resolve/,
    apply: (stacks) => {
      for (const stack of Object.values(stacks)) {
        const records = object(object(stack.resource).azurerm_private_dns_a_record);
        const [first] = Object.keys(records);
        if (first !== undefined) delete records[first];
      }
    },
  },
  {
    name: "a record leads elsewhere",
    hop: "dns",
    why: /leads to 10\.0\.1\.99, the endpoint is/,
    apply: (stacks) => (resource(stacks, "azurerm_private_dns_a_record").records = ["10.0.1.99"]),
  },
  {
    name: "there are no private zones",
    hop: "dns",
    why: /does not resolve/,
    apply: (stacks) => {
      remove(stacks, "azurerm_private_dns_zone_virtual_network_link");
      remove(stacks, "azurerm_private_dns_a_record");
      remove(stacks, "azurerm_private_dns_zone");
    },
  },
  {
    name: "the zones are not linked to the network",
    hop: "dns",
    why: /does not resolve/,
    apply: (stacks) => remove(stacks, "azurerm_private_dns_zone_virtual_network_link"),
  },
  {
    name: "a zone for the parent domain captures other hosts",
    hop: "dns",
    why: /not-apim-\S+ leads to nothing in/,
    apply: (stacks) => {
      const zone = resource(stacks, "azurerm_private_dns_zone");
      const record = resource(stacks, "azurerm_private_dns_a_record");
      record.name = zone.name.replace(".azure-api.net", "");
      zone.name = "azure-api.net";
    },
  },
  {
    name: "the network asks servers of its own for names",
    hop: "dns",
    why: /does not resolve in .*: network \S+ asks 10\.0\.0\.53 instead of Azure/,
    apply: (stacks) => (resource(stacks, "azurerm_virtual_network", CONSUMER_NETWORK).dns_servers = ["10.0.0.53"]),
  },
];
