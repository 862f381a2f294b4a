import { complaints, Changes, edited, subscription } from "../deployment/edited";
import { resource, resources, shipped, synthesized, Terraform, withFile } from "../support/synthesized";

// every part that can exist already, on both sides, over the whole of a deployment: it is read and never made, and what
// must be true of it is checked when Terraform plans.

const stacksOf = (content: unknown) => withFile(content, (path) => synthesized(path));

const ESTATE = synthesized(shipped("existing-estate"));

/** The data sources of one type in a stack, each with its address. */
function read(stack: Terraform, type: string): { address: string; values: Terraform }[] {
  return Object.entries((stack.data?.[type] ?? {}) as Record<string, Terraform>).map(([name, all]) => {
    // what cdktf notes for itself.
    const values = { ...all };
    delete values["//"];
    return { address: `data.${type}.${name}`, values };
  });
}

/** The only data source of one type in a stack. */
function theOnly(stack: Terraform | undefined, type: string): { address: string; values: Terraform } {
  const [found, ...others] = read(stack ?? {}, type);
  if (found === undefined || others.length > 0) throw new Error(`expected one data source ${type}`);
  return found;
}

const types = (stack: Terraform | undefined, kind: "resource" | "data") =>
  Object.keys((stack?.[kind] ?? {}) as object).sort();

const room = (subnet: string, addresses: number) => ({
  condition: `\${try(pow(2, 32 - tonumber(split("/", self.address_prefixes[0])[1])) - 5 >= ${addresses}, false)}`,
  error_message: `The subnet ${subnet} must have room for ${addresses} addresses beside the 5 that Azure keeps; choose a larger one.`,
});

const onePrefix = (subnet: string) => ({
  condition: "${length(self.address_prefixes) == 1}",
  error_message: `The subnet ${subnet} must have one address prefix only; choose another subnet.`,
});

const holding = (subnet: string, address: string) => ({
  condition: `\${try(cidrhost(format("%s/%s", "${address}", split("/", self.address_prefixes[0])[1]), 0) == cidrhost(self.address_prefixes[0], 0), false)}`,
  error_message: `The address ${address} must be one of the subnet ${subnet}; change it in the deployment file.`,
});

const guarded = (subnet: string) => ({
  condition: "${try(length(self.network_security_group_id) > 0, false)}",
  error_message: `The subnet ${subnet} must have a network security group that lets in what APIM needs; API Management cannot be created without one.`,
});

const policiesOff = (subnet: string) => ({
  condition: "${self.private_link_service_network_policies_enabled == false}",
  error_message: `The subnet ${subnet} must have its network policies for Private Link Services off: az network vnet subnet update --private-link-service-network-policies Disabled.`,
});

const inRegion = (network: string, region: string) => ({
  condition: `\${self.location == "${region}"}`,
  error_message: `The network ${network} must be in ${region}, the region of this deployment; change location in the deployment file.`,
});

const NEW_APIM: Changes = {
  "provider.apim": {
    name: "apim-new",
    publisherName: "Example",
    publisherEmail: "apis@example.com",
    skuName: "Premium_3",
    customDomains: ["api.example.com"],
  },
  "provider.network.subnets.apim": { existing: "snet-apim" },
};

describe("a provider in an existing estate", () => {
  const provider = ESTATE.provider ?? {};

  it("reads the network, the subnet and APIM, and makes none of them", () => {
    expect(types(provider, "data")).toEqual([
      "azurerm_api_management",
      "azurerm_private_link_service_endpoint_connections",
      "azurerm_subnet",
      "azurerm_virtual_network",
    ]);
    expect(types(provider, "resource")).not.toContain("azurerm_virtual_network");
    expect(types(provider, "resource")).not.toContain("azurerm_api_management");
    expect(resource(provider, "azurerm_subnet").name).toBe("snet-forwarder");
    expect(resource(provider, "azurerm_network_security_group").name).toBe("nsg-forwarder");
  });

  it("expects the network in its region", () => {
    const { values } = theOnly(provider, "azurerm_virtual_network");
    expect(values).toEqual({
      name: "vnet-hub",
      resource_group_name: "rg-hub",
      lifecycle: { postcondition: [inRegion("vnet-hub", "uksouth")] },
    });
  });

  it("expects room for the frontend and two NAT addresses in one prefix, and no policies in their way", () => {
    const network = theOnly(provider, "azurerm_virtual_network").address;
    expect(theOnly(provider, "azurerm_subnet").values).toEqual({
      name: "snet-private-link",
      virtual_network_name: `\${${network}.name}`,
      resource_group_name: `\${${network}.resource_group_name}`,
      lifecycle: {
        postcondition: [
          room("snet-private-link", 3),
          onePrefix("snet-private-link"),
          holding("snet-private-link", "10.20.3.10"),
          policiesOff("snet-private-link"),
        ],
      },
    });
  });

  it("expects APIM in internal mode and in the network", () => {
    const network = theOnly(provider, "azurerm_virtual_network").address;
    expect(theOnly(provider, "azurerm_api_management").values).toEqual({
      name: "apim-hub-4821",
      resource_group_name: "rg-apim",
      lifecycle: {
        postcondition: [
          {
            condition: "${length(self.private_ip_addresses) > 0}",
            error_message: "The APIM instance apim-hub-4821 must be in internal VNet mode; it has no private address.",
          },
          {
            condition: `\${length(self.private_ip_addresses) == 0 || anytrue([for prefix in ${network}.address_space : try(cidrhost(format("%s/%s", self.private_ip_addresses[0], split("/", prefix)[1]), 0) == cidrhost(prefix, 0), false)])}`,
            error_message:
              "The APIM instance apim-hub-4821 must be in the forwarders' virtual network; put its address into target if it is reached through a peering.",
          },
        ],
      },
    });
  });

  it("makes new subnets in the network, in the network's resource group", () => {
    const network = theOnly(provider, "azurerm_virtual_network").address;
    expect(resource(provider, "azurerm_subnet")).toMatchObject({
      virtual_network_name: `\${${network}.name}`,
      resource_group_name: `\${${network}.resource_group_name}`,
      address_prefixes: ["10.20.4.0/27"],
    });
    expect(resource(provider, "azurerm_network_security_group").resource_group_name).toMatch(
      /^\$\{azurerm_resource_group\.\w+\.name\}$/,
    );
  });

  it("puts the frontend and the NAT addresses into the subnet, and lets its prefix through to the forwarders", () => {
    const subnet = theOnly(provider, "azurerm_subnet").address;
    const service = resource(provider, "azurerm_private_link_service");
    expect(service.nat_ip_configuration.map((nat: Terraform) => nat.subnet_id)).toEqual(
      Array.from({ length: 2 }, () => `\${${subnet}.id}`),
    );
    expect(resource(provider, "azurerm_lb").frontend_ip_configuration).toMatchObject([
      { subnet_id: `\${${subnet}.id}`, private_ip_address: "10.20.3.10" },
    ]);
    const prefix = `\${element(${subnet}.address_prefixes, 0)}`;
    const [rule] = resource(provider, "azurerm_network_security_group").security_rule;
    expect(rule).toMatchObject({ name: "pls-in", source_address_prefix: prefix });
    expect(Object.values(provider.locals as object).flat()).toEqual(
      expect.arrayContaining([expect.stringContaining(`{ ${prefix} }`)]),
    );
  });

  it("forwards to the address that APIM has", () => {
    const { address } = theOnly(provider, "azurerm_api_management");
    expect(provider.output.apim_private_ip_address.value).toBe(`\${element(${address}.private_ip_addresses, 0)}`);
  });

  it("knows APIM's host names without reading them, and the custom domains", () => {
    expect(provider.output.host_names.value).toMatchObject({
      gateway: "apim-hub-4821.azure-api.net",
      "api.example.com": "api.example.com",
    });
  });

  it.each<[string, Changes, Record<string, number>]>([
    [
      "the forwarders in the Private Link Service's subnet",
      { "provider.network.subnets.forwarder": undefined },
      { "snet-private-link": 4 },
    ],
    [
      "a scale set that grows",
      {
        "provider.network.subnets.forwarder": { existing: "snet-machines" },
        "provider.forwarder.scaleSet": { name: "vmss", autoscale: { minimum: 2, maximum: 30 } },
      },
      { "snet-private-link": 3, "snet-machines": 30 },
    ],
    ["a Premium APIM that is made", NEW_APIM, { "snet-private-link": 3, "snet-apim": 7 }],
  ])("asks existing subnets for room for %s", (_, changes, expected) => {
    const subnets = read(stacksOf(edited("existing-estate", changes)).provider ?? {}, "azurerm_subnet");
    expect(Object.fromEntries(subnets.map(({ values }) => [values.name, values.lifecycle.postcondition[0]]))).toEqual(
      Object.fromEntries(Object.entries(expected).map(([name, addresses]) => [name, room(name, addresses)])),
    );
  });

  /** What is expected of each existing subnet of the provider. */
  const postconditions = (changes: Changes): Terraform =>
    Object.fromEntries(
      read(stacksOf(edited("existing-estate", changes)).provider ?? {}, "azurerm_subnet").map(({ values }) => [
        values.name,
        values.lifecycle.postcondition,
      ]),
    );

  it("asks no more of the forwarders' subnet than room in one prefix, and a security group of APIM's", () => {
    const expected = postconditions({
      ...NEW_APIM,
      "provider.network.subnets.forwarder": { existing: "snet-machines" },
    });
    expect(expected["snet-machines"]).toEqual([room("snet-machines", 1), onePrefix("snet-machines")]);
    expect(expected["snet-apim"]).toEqual([room("snet-apim", 7), onePrefix("snet-apim"), guarded("snet-apim")]);
  });

  const GIVEN: Changes = {
    "provider.privateLinkService.natIpAddresses": ["10.20.3.11", "10.20.3.12"],
    "provider.forwarder.virtualMachines": [
      { name: "vm-a", privateIpAddress: "10.20.5.9" },
      { name: "vm-b", privateIpAddress: "10.20.5.11" },
      { name: "vm-c", privateIpAddress: "10.20.5.10" },
    ],
  };

  it("expects each address that is given in the subnet that it is given from", () => {
    const expected = postconditions({ ...GIVEN, "provider.network.subnets.forwarder": { existing: "snet-machines" } });
    expect(expected["snet-private-link"]).toEqual([
      room("snet-private-link", 3),
      onePrefix("snet-private-link"),
      ...["10.20.3.10", "10.20.3.11", "10.20.3.12"].map((address) => holding("snet-private-link", address)),
      policiesOff("snet-private-link"),
    ]);
    expect(expected["snet-machines"]).toEqual([
      room("snet-machines", 3),
      onePrefix("snet-machines"),
      ...["10.20.5.9", "10.20.5.11", "10.20.5.10"].map((address) => holding("snet-machines", address)),
    ]);
  });

  it("expects the machines' addresses in the Private Link Service's subnet where they have none of their own", () => {
    const expected = postconditions({ ...GIVEN, "provider.network.subnets.forwarder": undefined });
    expect(expected["snet-private-link"]).toEqual([
      room("snet-private-link", 6),
      onePrefix("snet-private-link"),
      ...["10.20.3.10", "10.20.3.11", "10.20.3.12", "10.20.5.9", "10.20.5.11", "10.20.5.10"].map((address) =>
        holding("snet-private-link", address),
      ),
      policiesOff("snet-private-link"),
    ]);
  });

  /** What is expected of the security groups of existing subnets, by the subnets' construct paths. */
  const ofSecurityGroups = (changes: Changes): Record<string, string[]> =>
    Object.fromEntries(
      read(stacksOf(edited("existing-estate", changes)).provider ?? {}, "azurerm_network_security_group").map(
        ({ address, values: { name, resource_group_name, count, lifecycle } }) => {
          const [, path = ""] = /\.ApimVnet_(\w+)_NetworkSecurityGroup_/.exec(address) ?? [];
          const [, subnet = ""] = /^\$\{element\(split\("\/", (data\.azurerm_subnet\.\w+)\./.exec(name) ?? [];
          expect(subnet).toContain(path);
          expect(name).toBe(`\${element(split("/", ${subnet}.network_security_group_id), 8)}`);
          expect(resource_group_name).toBe(`\${element(split("/", ${subnet}.network_security_group_id), 4)}`);
          expect(count).toBe(`\${try(length(${subnet}.network_security_group_id) > 0, false) ? 1 : 0}`);
          return [path, lifecycle.postcondition.map((one: Terraform) => one.error_message)];
        },
      ),
    );

  const letIn = (subnet: string, ports: string, who: string) =>
    `The security group of the subnet ${subnet} must let TCP ${ports} in from ${who}, and a rule of it denies that; allow it before that rule.`;

  it.each<[string, Changes, Record<string, string[]>]>([
    ["none of a subnet where nothing stands that is connected to", {}, {}],
    [
      "none where no forwarder stands at all",
      {
        "provider.forwarder": undefined,
        "provider.loadBalancer": undefined,
        "provider.privateLinkService": { mode: "directConnect", natIpCount: 2 },
        "provider.network.subnets.forwarder": undefined,
        "provider.location": "eastus2",
        "consumers.0.location": "eastus2",
      },
      {},
    ],
    [
      "the forwarders' subnet, whose ports the service connects to and the first of which is probed",
      {
        "provider.network.subnets.forwarder": { existing: "snet-machines" },
        "provider.apim": undefined,
        "provider.target": { privateIpAddress: "10.20.9.4", hostNames: ["api.example.com"] },
        "provider.forwarder.ports": [443, 8443],
        "consumers.0.dns": undefined,
      },
      {
        ForwarderSubnet: [
          letIn("snet-machines", "443, 8443", "the Private Link Service"),
          letIn("snet-machines", "443", "the load balancer's probe"),
        ],
      },
    ],
    [
      "the service's subnet, where the forwarders stand in it",
      { "provider.network.subnets.forwarder": undefined },
      {
        PlsSubnet: [
          letIn("snet-private-link", "443", "the Private Link Service"),
          letIn("snet-private-link", "443", "the load balancer's probe"),
        ],
      },
    ],
    [
      "the subnet of an APIM instance that is made",
      NEW_APIM,
      { ApimSubnet: [letIn("snet-apim", "443", "the forwarders"), letIn("snet-apim", "3443", "API Management")] },
    ],
    [
      "no group that whoever deploys may not read",
      {
        ...NEW_APIM,
        "provider.network.subnets.apim.checkSecurityGroup": false,
        "provider.network.subnets.forwarder": { existing: "snet-machines", checkSecurityGroup: false },
      },
      {},
    ],
  ])("reads the security group of %s", (_, changes, expected) => {
    expect(ofSecurityGroups(changes)).toEqual(expected);
  });

  it("asks who comes from which prefix, whether that is read or made", () => {
    const conditions = (subnet: Terraform) =>
      read(
        stacksOf(edited("existing-estate", { "provider.network.subnets": subnet })).provider ?? {},
        "azurerm_network_security_group",
      ).flatMap(({ values }) => values.lifecycle.postcondition.map((one: Terraform) => one.condition as string));
    const forwarder = { existing: "snet-machines" };
    const [found = "", probe = ""] = conditions({ privateLinkService: { existing: "snet-pls" }, forwarder });
    const [made = ""] = conditions({ privateLinkService: { addressPrefix: "10.20.3.0/27" }, forwarder });
    expect(found).toMatch(/data\.azurerm_subnet\.ApimVnet_PlsSubnet_\w+\.address_prefixes, 0/);
    expect(made).toContain('split("/", "10.20.3.0/27")');
    expect(probe).toContain('split("/", "168.63.129.16/32")');
    for (const condition of [found, probe, made]) {
      expect(condition).toMatch(/data\.azurerm_subnet\.ApimVnet_ForwarderSubnet_\w+\.address_prefixes, 0/);
    }
  });

  it("can have an existing resource group, in whichever region that is", () => {
    const stack = stacksOf(edited("existing-estate", { "provider.resourceGroup": { existing: "rg-theirs" } })).provider;
    const group = theOnly(stack, "azurerm_resource_group");
    expect(group.values).toEqual({ name: "rg-theirs" });
    expect(types(stack, "resource")).not.toContain("azurerm_resource_group");
    expect(resource(stack ?? {}, "azurerm_private_link_service")).toMatchObject({
      resource_group_name: `\${${group.address}.name}`,
      location: "uksouth",
    });
    expect(stack?.terraform.backend.local.path).toContain("/rg-theirs/provider.tfstate");
    expect(stack?.output.pending_connections.value).toContain("--resource-group 'rg-theirs'");
  });
});

describe("a consumer in an existing estate", () => {
  const consumer = ESTATE["consumer-shop"] ?? {};

  it("makes an endpoint, its records and a link only", () => {
    expect(types(consumer, "resource")).toEqual([
      "azurerm_private_dns_a_record",
      "azurerm_private_dns_zone_virtual_network_link",
      "azurerm_private_endpoint",
      "terraform_data",
    ]);
    expect(types(consumer, "data")).toEqual([
      "azurerm_private_dns_zone",
      "azurerm_private_endpoint_connection",
      "azurerm_resource_group",
      "azurerm_subnet",
      "azurerm_virtual_network",
      "terraform_remote_state",
    ]);
  });

  it("expects the network in its region and room for one address in the subnet", () => {
    const network = theOnly(consumer, "azurerm_virtual_network");
    expect(theOnly(consumer, "azurerm_resource_group").values).toEqual({ name: "rg-shop" });
    expect(network.values).toEqual({
      name: "vnet-shop",
      resource_group_name: "rg-shop-network",
      lifecycle: { postcondition: [inRegion("vnet-shop", "westeurope")] },
    });
    expect(theOnly(consumer, "azurerm_subnet").values).toEqual({
      name: "snet-endpoints",
      virtual_network_name: `\${${network.address}.name}`,
      resource_group_name: `\${${network.address}.resource_group_name}`,
      lifecycle: { postcondition: [room("snet-endpoints", 1), onePrefix("snet-endpoints")] },
    });
  });

  it("puts the endpoint where it is told", () => {
    expect(resource(consumer, "azurerm_private_endpoint")).toMatchObject({
      resource_group_name: `\${${theOnly(consumer, "azurerm_resource_group").address}.name}`,
      location: "westeurope",
      subnet_id: `\${${theOnly(consumer, "azurerm_subnet").address}.id}`,
    });
  });

  it("puts its records into the zones that hold them, and links the network to the one that says so", () => {
    const zones = read(consumer, "azurerm_private_dns_zone").map(({ values }) => values);
    const hub = "azurerm.azurerm-00000000-0000-0000-0000-000000000004";
    expect(zones).toEqual([
      { name: "azure-api.net", resource_group_name: "rg-dns", provider: hub },
      { name: "example.com", resource_group_name: "rg-dns" },
    ]);
    expect(resources(consumer, "azurerm_private_dns_a_record").map(({ name, provider }) => [name, provider])).toEqual([
      ["apim-hub-4821", hub],
      ["apim-hub-4821.developer", hub],
      ["api", undefined],
    ]);
    const network = theOnly(consumer, "azurerm_virtual_network").address;
    expect(resource(consumer, "azurerm_private_dns_zone_virtual_network_link")).toMatchObject({
      name: `\${${network}.name}-\${substr(sha256(${network}.id), 0, 8)}`,
      virtual_network_id: `\${${network}.id}`,
    });
  });

  it("reads and fills the zones of another subscription there, and registers nothing in it", () => {
    const dns = (linked: boolean) => ({
      endpoints: ["gateway"],
      existingZones: ["azure-api.net", "example.com"].map((name) => ({
        name,
        resourceGroup: "rg-dns",
        subscriptionId: subscription(4),
        linked,
      })),
    });
    const changes = { "consumers.0.dns": dns(false), "consumers.0.tenantId": subscription(7) };
    const byAlias = { "provider.tenantId": subscription(7) };
    const stack = stacksOf(edited("existing-estate", { ...changes, ...byAlias }))["consumer-shop"] ?? {};
    const alias = `azurerm-${subscription(4)}`;
    const [own, other, ...others] = stack.provider.azurerm as Terraform[];
    expect(others).toEqual([]);
    expect(own).not.toHaveProperty("alias");
    expect(other).toEqual({
      alias,
      features: [{}],
      subscription_id: subscription(4),
      tenant_id: subscription(7),
      resource_provider_registrations: "none",
    });
    const there = ["azurerm_private_dns_a_record", "azurerm_private_dns_zone_virtual_network_link"].flatMap((type) =>
      resources(stack, type),
    );
    expect(there.map(({ provider }) => provider as string)).toEqual(Array(4).fill(`azurerm.${alias}`));
    for (const { values } of read(stack, "azurerm_private_dns_zone")) expect(values.provider).toBe(`azurerm.${alias}`);
    expect(resource(stack, "azurerm_private_endpoint")).not.toHaveProperty("provider");
  });

  it("expects a link that is named to lead to the network", () => {
    const changes = { "consumers.0.dns.existingZones.0.link": "link-shop" };
    const stack = stacksOf(edited("existing-estate", changes))["consumer-shop"];
    const network = theOnly(stack, "azurerm_virtual_network").address;
    expect(theOnly(stack, "azurerm_private_dns_zone_virtual_network_link").values).toEqual({
      name: "link-shop",
      private_dns_zone_name: "azure-api.net",
      resource_group_name: "rg-dns",
      provider: `azurerm.azurerm-${subscription(4)}`,
      lifecycle: {
        postcondition: [
          {
            condition: `\${lower(self.virtual_network_id) == lower(${network}.id)}`,
            error_message: `The link link-shop of the zone azure-api.net must lead to the network \${${network}.name}, whose machines would not resolve the names there; name its own link, or set linked to false.`,
          },
        ],
      },
    });
  });

  it("can make a new subnet in the network", () => {
    const changes = { "consumers.0.network.subnet": { name: "snet-new", addressPrefix: "172.16.0.0/28" } };
    const stack = stacksOf(edited("existing-estate", changes))["consumer-shop"];
    const network = theOnly(stack, "azurerm_virtual_network").address;
    expect(resource(stack ?? {}, "azurerm_subnet")).toMatchObject({
      name: "snet-new",
      virtual_network_name: `\${${network}.name}`,
      resource_group_name: `\${${network}.resource_group_name}`,
      address_prefixes: ["172.16.0.0/28"],
    });
    expect(types(stack, "data")).not.toContain("azurerm_subnet");
  });
});

describe("any private service", () => {
  const provider = synthesized(shipped("any-service")).provider ?? {};

  it("takes the place of APIM, which is neither made nor read", () => {
    expect(JSON.stringify(provider.resource)).not.toContain("azurerm_api_management");
    expect(types(provider, "data")).toEqual(["azurerm_private_link_service_endpoint_connections"]);
    expect(provider.output.apim_private_ip_address.value).toBe("10.40.0.10");
    expect(provider.output.host_names.value).toEqual({
      "ledger.internal.example.com": "ledger.internal.example.com",
    });
  });

  it("is reached on several ports, the first of which is probed", () => {
    expect(resources(provider, "azurerm_lb_rule").map((rule) => [rule.name, rule.frontend_port])).toEqual([
      ["https", 443],
      ["https-8443", 8443],
    ]);
    expect(resource(provider, "azurerm_lb_probe").port).toBe(443);
    expect(resource(provider, "azurerm_network_security_group").security_rule).toMatchObject([
      { name: "pls-in", destination_port_ranges: ["443", "8443"] },
      { name: "probe-in", destination_port_range: "443" },
      { name: "network-in-denied" },
    ]);
    expect(Object.values(provider.locals as object).flat()).toEqual(
      expect.arrayContaining([expect.stringMatching(/define ports = \{ 443, 8443 \}$/)]),
    );
  });
});

describe("parts that cannot exist already or be left out", () => {
  const made =
    "must be a new subnet: a network that is made has none yet; put the network's name under network.existing";
  const superfluous =
    "provider.network.subnets.apim must be left out: no APIM instance is made, so nothing would stand in it";
  const missing = "provider.network.subnets.apim is missing; an APIM instance that is made needs a subnet of its own";
  const unknown = "is not a key here; there are existing";

  it.each<[string, string, Changes, string[]]>([
    [
      "existing subnets in networks that are made",
      "quickstart",
      {
        "provider.network.subnets.apim": { existing: "a" },
        "provider.network.subnets.privateLinkService": { existing: "b" },
        "provider.network.subnets.forwarder": { existing: "c" },
        "consumers.0.network.subnet": { existing: "d" },
      },
      [
        ...["apim", "privateLinkService", "forwarder"].map((role) => `provider.network.subnets.${role} ${made}`),
        `consumers[0].network.subnet ${made}`,
      ],
    ],
    ["an APIM without a subnet", "quickstart", { "provider.network.subnets.apim": undefined }, [missing]],
    [
      "an existing APIM with a subnet for a new one",
      "existing-estate",
      { "provider.network.subnets.apim": { existing: "snet-apim" } },
      [superfluous],
    ],
    [
      "another service with a subnet for APIM",
      "any-service",
      { "provider.network.subnets.apim": { addressPrefix: "10.30.0.64/26" } },
      [superfluous],
    ],
    [
      "another service beside APIM",
      "existing-estate",
      {
        "provider.target": { privateIpAddress: "10.7.0.4", hostNames: ["a.example.com"] },
        "consumers.0.dns": undefined,
      },
      ["provider.target must be left out where there is apim: connections go to one of the two"],
    ],
    [
      "neither APIM nor another service",
      "any-service",
      { "provider.target": undefined },
      ["provider.apim is missing; connections go to an APIM instance, or to a target"],
    ],
    [
      "another service whose address is none",
      "any-service",
      { "provider.target.privateIpAddress": "ledger" },
      ['provider.target.privateIpAddress must be an IPv4 address such as 10.0.1.5, got "ledger"'],
    ],
    [
      "another service without host names",
      "any-service",
      { "provider.target.hostNames": [] },
      ["provider.target.hostNames must have at least 1 element, got []"],
    ],
    [
      "an existing network with an address space",
      "existing-estate",
      { "provider.network.addressSpace": ["10.20.0.0/16"], "consumers.0.network.name": "vnet-shop" },
      [`provider.network.addressSpace ${unknown}, subnets`, `consumers[0].network.name ${unknown}, subnet`],
    ],
    [
      "an existing APIM in a network that is made",
      "existing-estate",
      {
        "provider.network": {
          addressSpace: ["10.20.0.0/16"],
          subnets: { privateLinkService: { addressPrefix: "10.20.3.0/24" } },
        },
      },
      [
        "provider.network must be existing: the APIM instance apim-hub-4821 exists already and is in a network that does, too",
      ],
    ],
    [
      "an existing APIM with a SKU",
      "existing-estate",
      { "provider.apim.skuName": "Premium_1" },
      [`provider.apim.skuName ${unknown}, customDomains`],
    ],
    [
      "an existing subnet with a prefix",
      "existing-estate",
      { "provider.network.subnets.privateLinkService.addressPrefix": "10.20.3.0/24" },
      [`provider.network.subnets.privateLinkService.addressPrefix ${unknown}, checkSecurityGroup`],
    ],
    [
      "existing resource groups whose names are none",
      "existing-estate",
      { "provider.resourceGroup": { existing: "a." }, "consumers.0.resourceGroup": { existing: "" } },
      ["provider.resourceGroup.existing", "consumers[0].resourceGroup.existing"].map(
        (place, index) =>
          `${place} must be 1 to 90 letters, digits, '_', '-', '.' or parentheses, not ending with '.', got ${index ? '""' : '"a."'}`,
      ),
    ],
    [
      "an existing network without its resource group",
      "existing-estate",
      { "provider.network.existing.resourceGroup": undefined },
      ["provider.network.existing.resourceGroup is missing; it must be text"],
    ],
    [
      "new subnets of one name in an existing network",
      "existing-estate",
      {
        "provider.network.subnets.privateLinkService": { name: "snet-forwarder", addressPrefix: "10.20.3.0/27" },
      },
      [
        `provider.network.subnets.forwarder.name must differ from the privateLinkService subnet's, got "snet-forwarder"`,
      ],
    ],
    [
      "subnets of one name, one of them new, in an existing network",
      "existing-estate",
      { "provider.network.subnets.privateLinkService": { existing: "SNET-forwarder" } },
      [
        `provider.network.subnets.forwarder.name must differ from the privateLinkService subnet's, got "snet-forwarder"`,
      ],
    ],
    [
      "one existing subnet for two parts",
      "existing-estate",
      { "provider.network.subnets.forwarder": { existing: "SNET-private-link" } },
      [
        expect.stringMatching(
          /^provider\.network\.subnets\.forwarder\.\w+ must differ from the privateLinkService subnet's, got "SNET-private-link"$/,
        ),
      ],
    ],
    [
      "new subnets that overlap in an existing network",
      "existing-estate",
      {
        "provider.network.subnets.privateLinkService": { addressPrefix: "10.20.3.0/24" },
        "provider.network.subnets.forwarder.addressPrefix": "10.20.3.64/27",
      },
      [
        'provider.network.subnets.forwarder.addressPrefix must not overlap 10.20.3.0/24 of the subnet privateLinkService, got "10.20.3.64/27"',
      ],
    ],
  ])("are refused: %s", (_, deployment, changes, expected) => {
    expect(complaints(edited(deployment, changes))).toEqual(expected);
  });
});
