import { DataAzurermPrivateDnsZone } from "@cdktf/provider-azurerm/lib/data-azurerm-private-dns-zone";
import { DataAzurermPrivateEndpointConnection } from "@cdktf/provider-azurerm/lib/data-azurerm-private-endpoint-connection";
import { DataAzurermResourceGroup } from "@cdktf/provider-azurerm/lib/data-azurerm-resource-group";
import { DataAzurermSubnet } from "@cdktf/provider-azurerm/lib/data-azurerm-subnet";
import { DataAzurermVirtualNetwork } from "@cdktf/provider-azurerm/lib/data-azurerm-virtual-network";
import { PrivateDnsARecord } from "@cdktf/provider-azurerm/lib/private-dns-a-record";
import { PrivateDnsZone } from "@cdktf/provider-azurerm/lib/private-dns-zone";
import { PrivateDnsZoneVirtualNetworkLink } from "@cdktf/provider-azurerm/lib/private-dns-zone-virtual-network-link";
import { PrivateEndpoint } from "@cdktf/provider-azurerm/lib/private-endpoint";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { Subnet } from "@cdktf/provider-azurerm/lib/subnet";
import { VirtualNetwork } from "@cdktf/provider-azurerm/lib/virtual-network";
import { TerraformOutput } from "cdktf";
import { ConsumerEndpoint, ConsumerEndpointProps } from "../../lib/consumer/consumer-endpoint";
import { ServiceConnection } from "../../lib/consumer/service-connection";
import { refusal, template } from "../support/template";

const ALIAS = "pls-apim.12345678-9abc-def0-1234-56789abcdef0.uksouth.azure.privatelinkservice";

const NETWORK = {
  name: "vnet-consumer",
  addressSpace: ["10.1.0.0/16"],
  subnet: { name: "snet-endpoint", addressPrefix: "10.1.0.0/24" },
};

const PROPS: ConsumerEndpointProps = {
  resourceGroup: "rg-consumer",
  location: "westeurope",
  network: NETWORK,
  connection: ServiceConnection.byResourceId("/pls"),
  hostNames: ["contoso.azure-api.net", "contoso.developer.azure-api.net"],
};

function synth(props: Partial<ConsumerEndpointProps> = {}) {
  return template((stack) => {
    const subject = new ConsumerEndpoint(stack, "Subject", { ...PROPS, ...props });
    for (const key of ["id", "privateIpAddress", "connectionStatus"] as const) {
      new TerraformOutput(stack, key, { value: subject[key] });
    }
  });
}

function connection(how: ServiceConnection) {
  return synth({ connection: how }).one(PrivateEndpoint).values.private_service_connection;
}

describe("a consumer's endpoint", () => {
  it("stands in a network of its own, without a default way out", () => {
    const stack = synth();
    const group = stack.one(ResourceGroup);
    const network = stack.one(VirtualNetwork);
    expect(group.values).toEqual({
      name: "rg-consumer",
      location: "westeurope",
      lifecycle: { ignore_changes: ["location"] },
    });
    expect(network.values).toEqual({
      name: "vnet-consumer",
      resource_group_name: group.ref("name"),
      location: "westeurope",
      address_space: ["10.1.0.0/16"],
    });
    expect(stack.one(Subnet).values).toEqual({
      name: "snet-endpoint",
      resource_group_name: network.ref("resource_group_name"),
      virtual_network_name: network.ref("name"),
      address_prefixes: ["10.1.0.0/24"],
      default_outbound_access_enabled: false,
      lifecycle: { replace_triggered_by: [`${network.address}.id`] },
    });
  });

  it("connects to a service by resource id without a request", () => {
    const stack = synth();
    const group = stack.one(ResourceGroup);
    expect(stack.one(PrivateEndpoint).values).toEqual({
      name: "pe-apim",
      resource_group_name: group.ref("name"),
      location: "westeurope",
      subnet_id: stack.one(Subnet).ref(),
      private_service_connection: {
        name: "pe-apim",
        private_connection_resource_id: "/pls",
        is_manual_connection: false,
      },
    });
  });

  it("is made anew with the service: endpoints of a former one of the same id stay disconnected", () => {
    const connections = [
      ServiceConnection.byResourceId("/pls", "alias"),
      ServiceConnection.requestedByResourceId("/pls", "Please", "alias"),
    ];
    for (const connection of connections) {
      const stack = synth({ connection });
      const service = stack.one({ tfResourceType: "terraform_data" });
      expect(service.values).toEqual({ input: { alias: "alias" } });
      expect(stack.one(PrivateEndpoint).values.lifecycle).toEqual({ replace_triggered_by: [service.address] });
    }
  });

  it("has Terraform warn while its connection is one that carries nothing", () => {
    const stack = synth();
    const { check } = JSON.parse(stack.text);
    const source = stack.data(DataAzurermPrivateEndpointConnection).address;
    expect(Object.values(check)).toEqual([
      {
        assert: [
          {
            condition: `\${!contains(["Rejected", "Disconnected"], ${source}.private_service_connection[0].status)}`,
            error_message: `The connection of the private endpoint pe-apim is rejected, or its service is gone: it carries nothing, and stays so. When the service is there and its owner agrees, make the endpoint anew: terraform -chdir=cdktf.out/stacks/test apply -replace='${stack.one(PrivateEndpoint).address}'`,
          },
        ],
      },
    ]);
  });

  it("can be called otherwise", () => {
    const { values } = synth({ name: "pe-other" }).one(PrivateEndpoint);
    expect([values.name, values.private_service_connection.name]).toEqual(["pe-other", "pe-other"]);
  });

  it("can request its connection", () => {
    expect(connection(ServiceConnection.requestedByResourceId("/pls", "Please"))).toEqual({
      name: "pe-apim",
      private_connection_resource_id: "/pls",
      is_manual_connection: true,
      request_message: "Please",
    });
  });

  it("can request its connection by alias", () => {
    expect(connection(ServiceConnection.byAlias(ALIAS, "Please"))).toEqual({
      name: "pe-apim",
      private_connection_resource_alias: ALIAS,
      is_manual_connection: true,
      request_message: "Please",
    });
  });

  it.each(["x", "x".repeat(140)])("can request it with the message %s", (message) => {
    expect(connection(ServiceConnection.byAlias(ALIAS, message)).request_message).toBe(message);
  });

  it("keeps what a person typed from becoming a template", () => {
    expect(connection(ServiceConnection.byAlias(ALIAS, "${path.cwd} %{ if }")).request_message).toBe(
      "$${path.cwd} %%{ if }",
    );
  });

  it("is read again after it is made, for the state of its connection", () => {
    const stack = synth();
    const endpoint = stack.one(PrivateEndpoint);
    expect(stack.data(DataAzurermPrivateEndpointConnection).values).toEqual({
      name: endpoint.ref("name"),
      resource_group_name: stack.one(ResourceGroup).ref("name"),
      depends_on: [endpoint.address],
    });
  });

  it("tells its id, its address and the state of its connection", () => {
    const stack = synth();
    const endpoint = stack.one(PrivateEndpoint);
    expect(JSON.parse(stack.text).output).toEqual({
      id: { value: endpoint.ref() },
      privateIpAddress: { value: endpoint.ref("private_service_connection[0].private_ip_address") },
      connectionStatus: {
        value: stack.data(DataAzurermPrivateEndpointConnection).ref("private_service_connection[0].status"),
      },
    });
  });

  it("is what each host name leads to, by a record that follows its address", () => {
    const stack = synth();
    const address = stack.one(PrivateEndpoint).ref("private_service_connection[0].private_ip_address");
    const records = stack.all(PrivateDnsARecord);
    expect(stack.all(PrivateDnsZone).map(({ values }) => values.name)).toEqual(PROPS.hostNames);
    expect(records.map(({ values }) => values.zone_name).sort()).toEqual(
      stack
        .all(PrivateDnsZone)
        .map((zone) => zone.ref("name"))
        .sort(),
    );
    for (const { values } of records) expect(values).toMatchObject({ name: "@", records: [address], ttl: 300 });
  });

  it("links each zone to its own network", () => {
    const stack = synth();
    expect(stack.all(PrivateDnsZoneVirtualNetworkLink)).toHaveLength(2);
    for (const { values } of stack.all(PrivateDnsZoneVirtualNetworkLink)) {
      expect(values.virtual_network_id).toBe(stack.one(VirtualNetwork).ref());
    }
  });

  it("can let resolvers keep its address for another time", () => {
    for (const { values } of synth({ dns: { ttl: 60 } }).all(PrivateDnsARecord)) expect(values.ttl).toBe(60);
  });

  it("can stand in a network and subnet that exist", () => {
    const network = {
      existing: { name: "vnet-theirs", resourceGroup: "rg-theirs" },
      subnet: { existing: "snet-theirs" },
    };
    const stack = synth({ network, resourceGroup: { existing: "rg-ours" } });
    const data = stack.data(DataAzurermVirtualNetwork);
    expect(data.values).toMatchObject({ name: "vnet-theirs", resource_group_name: "rg-theirs" });
    expect(stack.data(DataAzurermSubnet).values).toMatchObject({
      name: "snet-theirs",
      virtual_network_name: data.ref("name"),
    });
    expect(stack.one(PrivateEndpoint).values).toMatchObject({
      location: "westeurope",
      resource_group_name: stack.data(DataAzurermResourceGroup).ref("name"),
      subnet_id: stack.data(DataAzurermSubnet).ref(),
    });
    for (const { values } of stack.all(PrivateDnsZoneVirtualNetworkLink)) {
      expect(values.virtual_network_id).toBe(data.ref());
    }
    expect(stack.resourceTypes).not.toContain("azurerm_virtual_network");
    expect(stack.resourceTypes).not.toContain("azurerm_subnet");
  });

  it("can put its records into a zone that exists, whose link it leaves alone", () => {
    const stack = synth({ dns: { existingZones: [{ name: "azure-api.net", resourceGroup: "rg-dns" }] } });
    const zone = stack.data(DataAzurermPrivateDnsZone);
    const address = stack.one(PrivateEndpoint).ref("private_service_connection[0].private_ip_address");
    expect(zone.values).toMatchObject({ name: "azure-api.net", resource_group_name: "rg-dns" });
    for (const name of ["contoso", "contoso.developer"]) {
      expect(stack.named(PrivateDnsARecord, name).values).toMatchObject({
        zone_name: zone.ref("name"),
        resource_group_name: "rg-dns",
        records: [address],
      });
    }
    expect(stack.all(PrivateDnsZone)).toEqual([]);
    expect(stack.all(PrivateDnsZoneVirtualNetworkLink)).toEqual([]);
  });

  it("can link a zone that exists to its network", () => {
    const existingZones = [{ name: "azure-api.net", resourceGroup: "rg-dns", linked: false }];
    const stack = synth({ dns: { existingZones } });
    expect(stack.one(PrivateDnsZoneVirtualNetworkLink).values).toMatchObject({
      private_dns_zone_name: stack.data(DataAzurermPrivateDnsZone).ref("name"),
      resource_group_name: "rg-dns",
      virtual_network_id: stack.one(VirtualNetwork).ref(),
      registration_enabled: false,
    });
  });

  it("makes zones for the host names that no existing zone holds, and puts the others where they belong", () => {
    const existingZones = [{ name: "developer.azure-api.net", resourceGroup: "rg-dns" }];
    const stack = synth({ dns: { existingZones } });
    expect(stack.one(PrivateDnsZone).values.name).toBe("contoso.azure-api.net");
    expect(stack.all(PrivateDnsARecord).map(({ values }) => values.name)).toEqual(
      expect.arrayContaining(["@", "contoso"]),
    );
  });

  it("can leave DNS to others", () => {
    expect(synth({ dns: { zones: "none" } }).resourceTypes.filter((type) => type.includes("dns"))).toEqual([]);
  });

  const two =
    "must be 2 to 64 letters, digits, '_', '.' or '-', beginning with a letter or digit and ending with one or '_'";
  const network = (changes: Partial<typeof NETWORK>) => ({ network: { ...NETWORK, ...changes } });

  it.each<[string, Partial<ConsumerEndpointProps>, string[]]>([
    ["its name", { name: "x" }, [`name ${two}, got "x"`]],
    ["the network's name", network({ name: "-vnet" }), [`network.name ${two}, got "-vnet"`]],
    [
      "the subnet's name",
      network({ subnet: { ...NETWORK.subnet, name: "" } }),
      [
        `network.subnet.name must be 1 to 80 letters, digits, '_', '.' or '-', beginning with a letter or digit and ending with a letter, digit or '_', got ""`,
      ],
    ],
    [
      "prefixes that are none",
      network({ addressSpace: ["10.1.0.0"], subnet: { ...NETWORK.subnet, addressPrefix: "10.1.0.0/30" } }),
      [
        `network.addressSpace[0] must be an IPv4 prefix such as 10.0.1.0/24, got "10.1.0.0"`,
        `network.subnet.addressPrefix must be between /2 and /29, the largest and the smallest that Azure takes, got "10.1.0.0/30"`,
      ],
    ],
    [
      "prefixes that overlap",
      network({ addressSpace: ["10.1.0.0/16", "10.1.0.0/24"] }),
      [`network.addressSpace[1] must not overlap 10.1.0.0/16, got "10.1.0.0/24"`],
    ],
    [
      "a subnet outside the network",
      network({ subnet: { ...NETWORK.subnet, addressPrefix: "10.2.0.0/24" } }),
      [
        `network.subnet.addressPrefix must lie inside the virtual network's address space 10.1.0.0/16, got "10.2.0.0/24"`,
      ],
    ],
    [
      "an alias that is none",
      { connection: ServiceConnection.byAlias("pls-apim", "Please") },
      [
        `connection.alias must be the alias of a Private Link Service: <name>.<GUID>.<region>.azure.privatelinkservice, got "pls-apim"`,
      ],
    ],
    [
      "a region that is not known here",
      { location: "uksoth" },
      [
        'location must be a region of Azure, got "uksoth"; the nearest name is uksouth; set allowUnlistedRegion: true if it is newer than this product',
      ],
    ],
    [
      "a host name that is listed twice",
      { hostNames: ["contoso.azure-api.net", "contoso.azure-api.net"] },
      ['hostNames[1] must not be listed twice, got "contoso.azure-api.net" again'],
    ],
    [
      "a zone that Azure keeps to itself",
      { hostNames: ["microsoft.com"] },
      ['hostNames[0] must not be one of the zones that Azure keeps to itself, got "microsoft.com"'],
    ],
    [
      "how its host names resolve",
      { dns: { ttl: 0 } },
      ["dns.ttl must be a whole number from 1 to 2147483647 seconds, got 0"],
    ],
    [
      "everything at once",
      {
        name: "",
        connection: ServiceConnection.byAlias(ALIAS, ""),
        dns: { existingZones: [{ name: "x.example", resourceGroup: "rg-dns" }] },
        ...network({ name: "" }),
      },
      [
        `network.name ${two}, got ""`,
        `name ${two}, got ""`,
        `connection.message must have 1 to 140 bytes, of which a letter outside ASCII takes two or more, got 0: ""`,
        'dns.existingZones[0].name must hold one of the host names contoso.azure-api.net, contoso.developer.azure-api.net, got "x.example"',
      ],
    ],
  ])("fails for %s", (_, props, complaints) => {
    expect(() => synth(props)).toThrow(refusal("test/Subject", ...complaints));
  });
});
