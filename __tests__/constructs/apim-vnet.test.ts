import { ApiManagement } from "@cdktf/provider-azurerm/lib/api-management";
import { DataAzurermApiManagement } from "@cdktf/provider-azurerm/lib/data-azurerm-api-management";
import { DataAzurermResourceGroup } from "@cdktf/provider-azurerm/lib/data-azurerm-resource-group";
import { DataAzurermSubnet } from "@cdktf/provider-azurerm/lib/data-azurerm-subnet";
import { DataAzurermVirtualNetwork } from "@cdktf/provider-azurerm/lib/data-azurerm-virtual-network";
import { NetworkSecurityGroup } from "@cdktf/provider-azurerm/lib/network-security-group";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { Subnet } from "@cdktf/provider-azurerm/lib/subnet";
import { SubnetNetworkSecurityGroupAssociation } from "@cdktf/provider-azurerm/lib/subnet-network-security-group-association";
import { VirtualNetwork } from "@cdktf/provider-azurerm/lib/virtual-network";
import { TerraformOutput } from "cdktf";
import { ApimVnet, ApimVnetProps } from "../../lib/provider/apim-vnet";
import { ProviderNetworkSettings } from "../../lib/provider/network-settings";
import { refusal, Template, template } from "../support/template";

const NETWORK = {
  name: "vnet-apim",
  addressSpace: ["10.0.0.0/16"],
  subnets: {
    apim: { name: "snet-apim", addressPrefix: "10.0.1.0/24", networkSecurityGroup: "nsg-apim" },
    privateLinkService: { name: "snet-pls", addressPrefix: "10.0.2.0/24", networkSecurityGroup: "nsg-pls" },
  },
} satisfies ProviderNetworkSettings;

const FORWARDER = { name: "snet-fwd", addressPrefix: "10.0.3.0/24", networkSecurityGroup: "nsg-fwd" };

const WITH_FORWARDER = {
  ...NETWORK,
  subnets: { ...NETWORK.subnets, forwarder: FORWARDER },
} satisfies ProviderNetworkSettings;

const APIM = { name: "contoso", publisherName: "Contoso", publisherEmail: "apis@contoso.example" };

const PROPS: ApimVnetProps = {
  resourceGroup: "rg-apim",
  location: "uksouth",
  network: NETWORK,
  apim: APIM,
};

function synth(props: Partial<ApimVnetProps> = {}): Template {
  return template((stack) => {
    const subject = new ApimVnet(stack, "Subject", { ...PROPS, ...props });
    const outputs = { pls: subject.plsSubnet.id, forwarder: subject.forwarderSubnet.id };
    for (const [name, value] of Object.entries(outputs)) new TerraformOutput(stack, name, { value });
  });
}

const network = (changes: object) => ({ network: { ...NETWORK, ...changes } });

const subnets = (changes: Partial<ProviderNetworkSettings["subnets"]>) =>
  network({ subnets: { ...NETWORK.subnets, ...changes } });

/** A security group as a table: direction, priority, access, source, destination, protocol and ports. */
function table(stack: Template, name: string): string[] {
  const rules: Record<string, string | number | string[] | null>[] = stack.named(NetworkSecurityGroup, name).values
    .security_rule;
  const either = (one: unknown, several: unknown) => String(one ?? several);
  return rules.map((rule) =>
    [
      rule.direction,
      rule.priority,
      rule.access,
      either(rule.source_address_prefix, rule.source_address_prefixes),
      either(rule.destination_address_prefix, rule.destination_address_prefixes),
      rule.protocol,
      either(rule.destination_port_range, rule.destination_port_ranges),
    ].join(" "),
  );
}

describe("the network of APIM", () => {
  it("has a resource group and an address space", () => {
    const stack = synth();
    const group = stack.one(ResourceGroup);
    expect(group.values).toEqual({
      name: "rg-apim",
      location: "uksouth",
      // it can hold what is in another region.
      lifecycle: { ignore_changes: ["location"] },
    });
    expect(stack.one(VirtualNetwork).values).toEqual({
      name: "vnet-apim",
      resource_group_name: group.ref("name"),
      location: "uksouth",
      address_space: ["10.0.0.0/16"],
    });
  });

  it("has a subnet for APIM and one for the Private Link Service, in which the forwarders stand too", () => {
    const stack = synth();
    expect(stack.all(Subnet)).toHaveLength(2);
    expect(stack.named(Subnet, "snet-apim").values.address_prefixes).toEqual(["10.0.1.0/24"]);
    expect(stack.named(Subnet, "snet-pls").values.address_prefixes).toEqual(["10.0.2.0/24"]);
    const { output } = JSON.parse(stack.text);
    expect(output.pls.value).toBe(stack.named(Subnet, "snet-pls").ref());
    expect(output.forwarder.value).toBe(output.pls.value);
  });

  it("has a third subnet for the forwarders when it is named", () => {
    const stack = synth({ network: WITH_FORWARDER });
    const { output } = JSON.parse(stack.text);
    expect(stack.all(Subnet)).toHaveLength(3);
    expect(output.pls.value).toBe(stack.named(Subnet, "snet-pls").ref());
    expect(output.forwarder.value).toBe(stack.named(Subnet, "snet-fwd").ref());
  });

  it("turns Private Link's policies off in the subnet of the NAT addresses only", () => {
    const stack = synth({ network: WITH_FORWARDER });
    const off = stack.all(Subnet).filter((e) => e.values.private_link_service_network_policies_enabled === false);
    expect(off.map((element) => element.values.name)).toEqual(["snet-pls"]);
  });

  it.each([
    ["snet-pls", false],
    ["snet-fwd", false],
    ["snet-apim", undefined],
  ])("gives %s the default way out: %p", (name, enabled) => {
    const subnet = synth({ network: WITH_FORWARDER }).named(Subnet, name);
    expect(subnet.values.default_outbound_access_enabled).toBe(enabled);
  });

  it.each(["snet-apim", "snet-pls", "snet-fwd"])("guards %s by a security group of its own", (name) => {
    const stack = synth({ network: WITH_FORWARDER });
    const associated = stack
      .all(SubnetNetworkSecurityGroupAssociation)
      .filter((e) => e.values.subnet_id === stack.named(Subnet, name).ref());
    expect(associated.map((element) => element.values.network_security_group_id)).toEqual([
      stack.named(NetworkSecurityGroup, name.replace("snet", "nsg")).ref(),
    ]);
  });

  it("makes APIM in the network's region and group, in its subnet, after the subnet has its security group", () => {
    const stack = synth();
    const group = stack.one(ResourceGroup);
    const apimSubnet = stack.named(Subnet, "snet-apim").ref();
    const association = stack
      .all(SubnetNetworkSecurityGroupAssociation)
      .filter((element) => element.values.subnet_id === apimSubnet);
    expect(stack.one(ApiManagement).values).toMatchObject({
      name: "contoso",
      resource_group_name: group.ref("name"),
      virtual_network_configuration: { subnet_id: apimSubnet },
      depends_on: association.map((element) => element.address),
    });
    expect(["uksouth", group.ref("location")]).toContain(stack.one(ApiManagement).values.location);
    expect(association).toHaveLength(1);
  });

  it("has no public address", () => {
    expect(synth().resourceTypes).not.toContain("azurerm_public_ip");
  });

  it("does not fail where a prefix is just large enough for APIM", () => {
    const apim = { ...NETWORK.subnets.apim, addressPrefix: "10.0.1.0/29" };
    expect(() => synth({ ...subnets({ apim }), apim: { ...APIM, skuName: "Premium_1" } })).not.toThrow();
  });
});

describe("the security group of APIM's subnet", () => {
  // https://learn.microsoft.com/azure/api-management/virtual-network-reference#required-ports
  const OUTBOUND = [
    "Outbound 100 Allow VirtualNetwork Internet Tcp 80",
    "Outbound 110 Allow VirtualNetwork Storage Tcp 443",
    "Outbound 120 Allow VirtualNetwork Sql Tcp 1433",
    "Outbound 130 Allow VirtualNetwork AzureKeyVault Tcp 443",
    "Outbound 140 Allow VirtualNetwork AzureMonitor Tcp 1886,443",
    "Outbound 150 Allow VirtualNetwork AzureActiveDirectory Tcp 443",
    "Outbound 160 Allow VirtualNetwork AzureConnectors Tcp 443",
    "Outbound 170 Allow VirtualNetwork EventHub Tcp 5671,5672,443",
    "Outbound 180 Allow VirtualNetwork VirtualNetwork Tcp 6380",
    "Outbound 190 Allow VirtualNetwork VirtualNetwork Tcp 6381-6383",
    "Outbound 200 Allow VirtualNetwork VirtualNetwork Udp 4290",
  ];

  it("is the table of the documentation, with calls from the forwarders and then a denial", () => {
    expect(table(synth(), "nsg-apim")).toEqual([
      "Inbound 100 Allow ApiManagement VirtualNetwork Tcp 3443",
      "Inbound 110 Allow AzureLoadBalancer VirtualNetwork Tcp 6390",
      "Inbound 120 Allow AzureLoadBalancer VirtualNetwork Tcp 6391",
      "Inbound 130 Allow 10.0.2.0/24 VirtualNetwork Tcp 443",
      "Inbound 140 Allow 10.0.1.0/24 10.0.1.0/24 Tcp 6381-6383",
      "Inbound 150 Allow 10.0.1.0/24 10.0.1.0/24 Udp 4290",
      "Inbound 4096 Deny VirtualNetwork * * *",
      ...OUTBOUND,
    ]);
  });

  it("lets the forwarders' own subnet in when there is one, not the Private Link Service's", () => {
    expect(table(synth({ network: WITH_FORWARDER }), "nsg-apim")[3]).toBe(
      "Inbound 130 Allow 10.0.3.0/24 VirtualNetwork Tcp 443",
    );
  });

  it("lets further clients in beside the forwarders, by a rule of their own", () => {
    const stack = synth({ apim: { ...APIM, allowedClients: ["10.8.0.0/24", "10.9.0.5/32"] } });
    expect(table(stack, "nsg-apim").slice(3, 5)).toEqual([
      "Inbound 130 Allow 10.0.2.0/24 VirtualNetwork Tcp 443",
      "Inbound 135 Allow 10.8.0.0/24,10.9.0.5/32 VirtualNetwork Tcp 443",
    ]);
    const names = stack.named(NetworkSecurityGroup, "nsg-apim").values.security_rule as { name: string }[];
    expect(names.slice(3, 5).map(({ name }) => name)).toEqual(["forwarder-in", "clients-in"]);
  });

  it("lets further clients call on 443 only, whatever the forwarders carry, and from the forwarders' subnet too", () => {
    const stack = synth({ apim: { ...APIM, allowedClients: ["10.0.0.0/16"] }, ports: [443, 3443] });
    expect(table(stack, "nsg-apim").slice(3, 5)).toEqual([
      "Inbound 130 Allow 10.0.2.0/24 VirtualNetwork Tcp 443,3443",
      "Inbound 135 Allow 10.0.0.0/16 VirtualNetwork Tcp 443",
    ]);
  });

  it("lets further ports in", () => {
    expect(table(synth({ ports: [443, 3443] }), "nsg-apim")[3]).toBe(
      "Inbound 130 Allow 10.0.2.0/24 VirtualNetwork Tcp 443,3443",
    );
  });
});

describe("the security group of the forwarders", () => {
  it("lets the Private Link Service and the probe in, and nothing else of the network", () => {
    expect(table(synth({ network: WITH_FORWARDER }), "nsg-fwd")).toEqual([
      "Inbound 100 Allow 10.0.2.0/24 VirtualNetwork Tcp 443",
      "Inbound 110 Allow AzureLoadBalancer VirtualNetwork Tcp 443",
      "Inbound 4096 Deny VirtualNetwork * * *",
    ]);
  });

  it("lets every port in from the Private Link Service, but the probe on the first only", () => {
    expect(table(synth({ network: WITH_FORWARDER, ports: [443, 8443] }), "nsg-fwd").slice(0, 2)).toEqual([
      "Inbound 100 Allow 10.0.2.0/24 VirtualNetwork Tcp 443,8443",
      "Inbound 110 Allow AzureLoadBalancer VirtualNetwork Tcp 443",
    ]);
  });

  it("denies last in the Private Link Service's subnet too", () => {
    expect(table(synth(), "nsg-pls").slice(1)).toEqual([
      "Inbound 110 Allow AzureLoadBalancer VirtualNetwork Tcp 443",
      "Inbound 4096 Deny VirtualNetwork * * *",
    ]);
    expect(table(synth(), "nsg-pls")[0]).toMatch(/^Inbound 100 Allow \S+ VirtualNetwork Tcp 443$/);
  });
});

describe("every security group", () => {
  const stack = synth({
    network: WITH_FORWARDER,
    apim: { ...APIM, allowedClients: ["10.8.0.0/24"] },
    ports: [443, 8443],
  });
  const rules: Record<string, unknown>[] = stack
    .all(NetworkSecurityGroup)
    .flatMap((element) => element.values.security_rule);

  it("says each side of a rule once, as azurerm demands", () => {
    for (const rule of rules) {
      for (const [one, several] of [
        ["source_address_prefix", "source_address_prefixes"],
        ["destination_address_prefix", "destination_address_prefixes"],
        ["source_port_range", "source_port_ranges"],
        ["destination_port_range", "destination_port_ranges"],
      ] as const) {
        expect([one, several].filter((key) => rule[key] !== undefined && rule[key] !== null)).toHaveLength(1);
      }
    }
  });

  it("gives each rule of a direction a priority of its own", () => {
    for (const element of stack.all(NetworkSecurityGroup)) {
      const keys = element.values.security_rule.map(
        (rule: Record<"direction" | "priority", string>) => `${rule.direction} ${rule.priority}`,
      );
      expect(new Set(keys).size).toBe(keys.length);
    }
  });

  it("describes each rule, in at most 140 characters", () => {
    for (const rule of rules) expect(rule.description).toMatch(/^.{1,140}$/);
  });
});

describe("what exists already", () => {
  const existing = { existing: { name: "vnet-hub", resourceGroup: "rg-hub" } };
  const { privateLinkService } = NETWORK.subnets;
  const ADDRESS = { privateIpAddress: "10.7.0.4", hostNames: ["ledger.internal.example"] };
  const conditions = (values: Record<string, { postcondition?: { condition: string }[] }>) =>
    (values.lifecycle?.postcondition ?? []).map(({ condition }) => condition);

  it("can be the resource group, which is read", () => {
    const stack = synth({ resourceGroup: { existing: "rg-theirs" } });
    const group = stack.data(DataAzurermResourceGroup);
    expect(group.values.name).toBe("rg-theirs");
    expect(stack.all(ResourceGroup)).toEqual([]);
    expect(stack.one(VirtualNetwork).values).toMatchObject({
      resource_group_name: group.ref("name"),
      location: "uksouth",
    });
  });

  it("can be the network, which must be in the region; subnets are made in it", () => {
    const stack = synth({ network: { ...existing, subnets: NETWORK.subnets } });
    const data = stack.data(DataAzurermVirtualNetwork);
    expect(data.values).toMatchObject({ name: "vnet-hub", resource_group_name: "rg-hub" });
    expect(conditions(data.values)).toEqual(['${self.location == "uksouth"}']);
    expect(stack.all(VirtualNetwork)).toEqual([]);
    expect(stack.named(Subnet, "snet-pls").values).toMatchObject({
      virtual_network_name: data.ref("name"),
      resource_group_name: data.ref("resource_group_name"),
    });
    expect(stack.named(NetworkSecurityGroup, "nsg-pls").values.resource_group_name).toBe(
      stack.one(ResourceGroup).ref("name"),
    );
  });

  const one = "${length(self.address_prefixes) == 1}";
  const within = (address: string) =>
    `\${try(cidrhost(format("%s/%s", "${address}", split("/", self.address_prefixes[0])[1]), 0) == cidrhost(self.address_prefixes[0], 0), false)}`;

  it("can be the Private Link Service's subnet, which must have room, one prefix, what is given, and its policies off", () => {
    const subnets = { privateLinkService: { existing: "snet-theirs" } };
    const stack = synth({
      network: { ...existing, subnets },
      apim: ADDRESS,
      addresses: { privateLinkService: { count: 9, given: ["10.7.1.5", "10.7.1.6"] }, forwarder: { count: 1 } },
    });
    const subnet = stack.data(DataAzurermSubnet);
    expect(subnet.values.name).toBe("snet-theirs");
    expect(conditions(subnet.values)).toEqual([
      expect.stringContaining(">= 9"),
      one,
      within("10.7.1.5"),
      within("10.7.1.6"),
      expect.stringContaining("self.private_link_service_network_policies_enabled"),
    ]);
    expect(stack.all(Subnet)).toEqual([]);
    expect(stack.all(NetworkSecurityGroup)).toEqual([]);
    expect(JSON.parse(stack.text).output.pls.value).toBe(subnet.ref());
  });

  it("can be the forwarders' subnet, which must hold their addresses; made subnets are checked beforehand", () => {
    const stack = synth({
      network: { ...existing, subnets: { privateLinkService, forwarder: { existing: "snet-theirs" } } },
      apim: ADDRESS,
      addresses: {
        privateLinkService: { count: 2, given: ["10.0.2.5"] },
        forwarder: { count: 4, given: ["10.7.2.9"] },
      },
    });
    expect(conditions(stack.data(DataAzurermSubnet).values)).toEqual([
      expect.stringContaining(">= 4"),
      one,
      within("10.7.2.9"),
    ]);
    expect(stack.text).not.toContain('\\"10.0.2.5\\"');
  });

  it("must have room for one NAT address, the frontend and one forwarder unless told otherwise", () => {
    const stack = synth({
      network: { ...existing, subnets: { privateLinkService: { existing: "snet-theirs" } } },
      apim: ADDRESS,
    });
    expect(conditions(stack.data(DataAzurermSubnet).values)).toEqual([
      expect.stringContaining(">= 3"),
      one,
      expect.stringContaining("policies_enabled"),
    ]);
  });

  it("can be APIM, which must be in internal mode and in the network", () => {
    const apim = { existing: { name: "theirs", resourceGroup: "rg-theirs" } };
    const stack = synth({ network: { ...NETWORK, subnets: { privateLinkService } }, apim });
    const data = stack.data(DataAzurermApiManagement);
    expect(data.values).toMatchObject({ name: "theirs", resource_group_name: "rg-theirs" });
    expect(conditions(data.values)).toEqual([
      "${length(self.private_ip_addresses) > 0}",
      expect.stringContaining(`${stack.one(VirtualNetwork).address}.address_space`),
    ]);
    expect(stack.all(ApiManagement)).toEqual([]);
  });

  it("can be another private service, known by its address", () => {
    const stack = synth({ network: { ...NETWORK, subnets: { privateLinkService } }, apim: ADDRESS });
    expect(stack.all(Subnet)).toHaveLength(1);
    expect(stack.text).not.toContain("azurerm_api_management");
  });
});

describe("a network that Azure would refuse", () => {
  const { apim, privateLinkService } = NETWORK.subnets;
  const name =
    "must be 1 to 80 letters, digits, '_', '.' or '-', beginning with a letter or digit and ending with a letter, digit or '_'";

  it.each<[string, Partial<ApimVnetProps>, string[]]>([
    [
      "ports of which the probe asks one that APIM does not serve",
      { ports: [8443, 443] },
      ["ports[0] must be 443 with APIM, which the load balancer's probe asks there; other ports can follow, got 8443"],
    ],
    [
      "its name",
      network({ name: "v" }),
      [
        `network.name must be 2 to 64 letters, digits, '_', '.' or '-', beginning with a letter or digit and ending with one or '_', got "v"`,
      ],
    ],
    [
      "a subnet that is for something else",
      subnets({ apim: { ...apim, name: "GatewaySubnet" } }),
      [
        'network.subnets.apim.name must not be the name of the subnet that is for virtual network gateways alone, got "GatewaySubnet"',
      ],
    ],
    [
      "an address that nobody should be forwarded to",
      {
        ...network({ subnets: { privateLinkService } }),
        apim: { privateIpAddress: "169.254.169.254", hostNames: ["a.example"] },
      },
      [
        'apim.privateIpAddress must be an address to forward to and not the metadata service of the machine that forwards, which would give its identity away, got "169.254.169.254"',
      ],
    ],
    [
      "another service without host names",
      { ...network({ subnets: { privateLinkService } }), apim: { privateIpAddress: "10.7.0.4", hostNames: [] } },
      ["apim.hostNames must have at least 1 element, got []"],
    ],
    [
      "the name of a subnet",
      subnets({ apim: { ...apim, name: "-apim" } }),
      [`network.subnets.apim.name ${name}, got "-apim"`],
    ],
    [
      "the name of a security group",
      subnets({ forwarder: { ...FORWARDER, networkSecurityGroup: "nsg." } }),
      [`network.subnets.forwarder.networkSecurityGroup ${name}, got "nsg."`],
    ],
    [
      "two subnets of one name",
      subnets({ forwarder: { ...FORWARDER, name: "SNET-pls" } }),
      [`network.subnets.forwarder.name must differ from the privateLinkService subnet's, got "SNET-pls"`],
    ],
    [
      "a new subnet that is called like one that exists",
      {
        network: {
          existing: { name: "vnet-hub", resourceGroup: "rg-hub" },
          subnets: { apim: { existing: "SNET-pls" }, privateLinkService },
        },
      },
      [`network.subnets.privateLinkService.name must differ from the apim subnet's, got "snet-pls"`],
    ],
    [
      "clients that are none",
      { apim: { ...APIM, allowedClients: ["10.9.0.0/16", "hub"] } },
      [
        `apim.allowedClients[1] must be an IPv4 prefix such as 10.9.0.0/16 or 10.9.0.5/32, at its own first address, got "hub"`,
      ],
    ],
    [
      "clients that overlap",
      { apim: { ...APIM, allowedClients: ["10.9.0.0/16", "10.9.0.5/32"] } },
      [`apim.allowedClients[1] must not overlap 10.9.0.0/16, got "10.9.0.5/32"`],
    ],
    [
      "two security groups of one name",
      subnets({ privateLinkService: { ...privateLinkService, networkSecurityGroup: "nsg-apim" } }),
      [`network.subnets.privateLinkService.networkSecurityGroup must differ from the apim subnet's, got "nsg-apim"`],
    ],
    [
      "a prefix of the address space",
      network({ addressSpace: ["10.0.0.0/16", "10.1.0.0"] }),
      [`network.addressSpace[1] must be an IPv4 prefix such as 10.0.1.0/24, got "10.1.0.0"`],
    ],
    [
      "prefixes of the address space that overlap",
      network({ addressSpace: ["10.0.0.0/16", "10.0.0.0/24"] }),
      [`network.addressSpace[1] must not overlap 10.0.0.0/16, got "10.0.0.0/24"`],
    ],
    [
      "a prefix of a subnet",
      subnets({ apim: { ...apim, addressPrefix: "10.0.1.1/24" } }),
      [`network.subnets.apim.addressPrefix must begin at its own first address: 10.0.1.0/24, got "10.0.1.1/24"`],
    ],
    [
      "a subnet outside",
      subnets({ privateLinkService: { ...privateLinkService, addressPrefix: "10.1.2.0/24" } }),
      [
        `network.subnets.privateLinkService.addressPrefix must lie inside the virtual network's address space 10.0.0.0/16, got "10.1.2.0/24"`,
      ],
    ],
    [
      "subnets that overlap",
      subnets({ forwarder: { ...FORWARDER, addressPrefix: "10.0.2.128/25" } }),
      [
        `network.subnets.forwarder.addressPrefix must not overlap 10.0.2.0/24 of the subnet privateLinkService, got "10.0.2.128/25"`,
      ],
    ],
    [
      "too little room for APIM",
      {
        ...subnets({ apim: { ...apim, addressPrefix: "10.0.1.0/29" } }),
        apim: { ...APIM, skuName: "Premium_2" },
      },
      [
        "network.subnets.apim.addressPrefix must have room for 5 addresses (Premium_2); 10.0.1.0/29 has 3 beside the 5 that Azure keeps",
      ],
    ],
    [
      "no subnet for an APIM instance that is made",
      subnets({ apim: undefined }),
      ["network.subnets.apim is missing; an APIM instance that is made needs a subnet of its own"],
    ],
    [
      "a subnet for an APIM instance that is not made",
      { apim: { privateIpAddress: "10.7.0.4", hostNames: ["ledger.internal.example"] } },
      ["network.subnets.apim must be left out: no APIM instance is made, so nothing would stand in it"],
    ],
    [
      "an existing subnet in a network that is made",
      subnets({ forwarder: { existing: "snet-fwd" } }),
      [
        "network.subnets.forwarder must be a new subnet: a network that is made has none yet; put the network's name under network.existing",
      ],
    ],
    [
      "several things at once",
      {
        location: "uksoth",
        ...network({ name: "-v-", addressSpace: ["10.0.0.0/30"], subnets: { privateLinkService } }),
      },
      [
        `network.name must be 2 to 64 letters, digits, '_', '.' or '-', beginning with a letter or digit and ending with one or '_', got "-v-"`,
        `network.addressSpace[0] must be between /2 and /29, the largest and the smallest that Azure takes, got "10.0.0.0/30"`,
        'location must be a region of Azure, got "uksoth"; the nearest name is uksouth; set allowUnlistedRegion: true if it is newer than this product',
        "network.subnets.apim is missing; an APIM instance that is made needs a subnet of its own",
      ],
    ],
  ])("fails for %s", (_, props, complaints) => {
    expect(() => synth(props)).toThrow(refusal("test/Subject", ...complaints));
  });
});
