import { Deployed } from "../../lab/read/azure";
import { consumersOf } from "../../lab/read/consumers";
import { inventoryOf } from "../../lab/read/inventory";
import { Addresses } from "../../lab/read/ip";
import { Json } from "../../lab/read/json";
import { Apim } from "../../lab/read/model";

const NETWORK = "/lab/existing/shop/rg-hub/vnet-hub";

/** A consumer's stack in the network that was there before, with one zone and its record. */
function stack(name: string, prefix: string, zone: string): Deployed["stacks"][number] {
  const resource = (type: string, values: Json) => ({ stack: name, type, address: `${type}.${name}`, values });
  const subnet = `/lab/${name}/subnet`;
  const first = prefix.replace(/0\/\d+$/, "4");
  return {
    name,
    outputs: {},
    providers: {},
    resources: [
      resource("data.azurerm_virtual_network", {
        ...{ id: NETWORK, name: "vnet-hub", resource_group_name: "rg-hub", address_space: ["10.0.0.0/16"] },
      }),
      resource("azurerm_subnet", {
        ...{ id: subnet, name: `snet-${name}`, virtual_network_name: "vnet-hub", resource_group_name: "rg-hub" },
        address_prefixes: [prefix],
      }),
      resource("azurerm_private_endpoint", {
        ...{ name: "pe", subnet_id: subnet },
        private_service_connection: [{ private_ip_address: first, private_connection_resource_id: "pls" }],
      }),
      resource("azurerm_private_dns_zone", { name: zone, resource_group_name: `rg-${name}` }),
      resource("azurerm_private_dns_a_record", {
        ...{ name: "@", zone_name: zone, resource_group_name: `rg-${name}`, records: [first] },
      }),
      resource("azurerm_private_dns_zone_virtual_network_link", {
        ...{ private_dns_zone_name: zone, resource_group_name: `rg-${name}`, virtual_network_id: NETWORK },
      }),
    ],
  };
}

describe("consumers in one network that was there before", () => {
  const hostNames = ["apim.azure-api.net", "apim.developer.azure-api.net", "apim.portal.azure-api.net"];
  const stacks = [
    stack("shop", "10.0.4.0/27", "apim.azure-api.net"),
    stack("news", "10.0.5.0/27", "apim.developer.azure-api.net"),
  ];
  const deployed = { stacks, addresses: new Addresses(), foreignSubnets: new Map<string, string>() };
  const consumers = consumersOf(inventoryOf(deployed), { hostNames } as unknown as Apim, false);

  it("are judged together: one resolver, both endpoints", () => {
    expect(consumers.map(({ name }) => name)).toEqual(["shop and news"]);
    expect(consumers[0]?.endpoints.map(({ address }) => address)).toEqual(["10.0.4.4", "10.0.5.4"]);
    expect(consumers[0]?.zones.map(({ name }) => name)).toEqual(hostNames.slice(0, 2));
  });

  it("are promised the names of their zones, and none that no zone has", () => {
    expect(consumers[0]?.hostNames).toEqual(hostNames.slice(0, 2));
  });
});
