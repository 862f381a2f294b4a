import { PrivateLinkService as AzurermPrivateLinkService } from "@cdktf/provider-azurerm/lib/private-link-service";
import { Fn, Token } from "cdktf";
import { PrivateLinkService, PrivateLinkServiceProps } from "../../lib/provider/private-link-service";
import { Visibility } from "../../lib/provider/visibility";
import { Changes, complaints, edited } from "../deployment/edited";
import { resource, shipped, synthesized, withFile } from "../support/synthesized";
import { refusal, SUBNET, template } from "../support/template";

type DirectProps = Extract<PrivateLinkServiceProps, { destinationIpAddress: string }>;

const REGIONS = [
  "northcentralus",
  "eastus2",
  "centralus",
  "southcentralus",
  "westus",
  "westus2",
  "westus3",
  "southeastasia",
  "australiaeast",
  "spaincentral",
];

const PROPS: DirectProps = {
  resourceGroup: { name: "rg-test", location: "eastus2" },
  destinationIpAddress: "10.0.2.5",
  natSubnet: SUBNET,
  visibility: Visibility.roleBasedAccessOnly(),
};

function service(props: Partial<DirectProps> = {}) {
  return template((stack) => void new PrivateLinkService(stack, "Subject", { ...PROPS, ...props })).one(
    AzurermPrivateLinkService,
  ).values;
}

const addresses = (count: number) => Array.from({ length: count }, (_, index) => `10.0.1.${index + 20}`);

describe("a Private Link Service with Direct Connect", () => {
  it("sends connections to an address instead of a load balancer, from two NAT addresses", () => {
    expect(service()).toEqual({
      name: "pls-apim",
      resource_group_name: "rg-test",
      location: "eastus2",
      destination_ip_address: "10.0.2.5",
      nat_ip_configuration: [
        { name: "nat-1", primary: true, subnet_id: SUBNET.id },
        { name: "nat-2", primary: false, subnet_id: SUBNET.id },
      ],
      depends_on: ["test_subnet.other"],
      lifecycle: { prevent_destroy: true },
    });
  });

  it("can send them to an address that only Terraform knows", () => {
    const destinationIpAddress = Token.asString(Fn.element(["10.0.2.5"], 0));
    expect(service({ destinationIpAddress }).destination_ip_address).toBe('${element(["10.0.2.5"], 0)}');
  });

  it.each([2, 4, 6, 8])("can have %d NAT addresses", (count) => {
    expect(service({ natIpCount: count }).nat_ip_configuration).toHaveLength(count);
    expect(service({ natIpAddresses: addresses(count) }).nat_ip_configuration).toHaveLength(count);
  });

  it.each([1, 3, 5, 7])("fails for %d NAT addresses", (count) => {
    const even = `must be 2, 4, 6 or 8 addresses with directConnect, got ${count}`;
    expect(() => service({ natIpCount: count })).toThrow(refusal("test/Subject", `natIpCount ${even}`));
    expect(() => service({ natIpAddresses: addresses(count) })).toThrow(
      refusal("test/Subject", `natIpAddresses ${even}`),
    );
  });

  it.each(REGIONS)("can be in %s", (location) => {
    expect(service({ resourceGroup: { name: "rg-test", location } }).location).toBe(location);
  });

  it.each(["uksouth", "eastus"])("fails in %s", (location) => {
    expect(() => service({ resourceGroup: { name: "rg-test", location } })).toThrow(
      refusal(
        "test/Subject",
        `mode must be loadBalancer in ${location}: Azure has directConnect in ${REGIONS.join(", ")} only`,
      ),
    );
  });

  it.each([1, 3])("leaves %d NAT addresses before a load balancer alone, in any region", (natIpCount) => {
    const loadBalancer = { frontendIpConfigurationId: "/frontend", carriers: [] };
    const stack = template((scope) => {
      const resourceGroup = { name: "rg-test", location: "uksouth" };
      const props = { ...PROPS, destinationIpAddress: undefined, resourceGroup, loadBalancer, natIpCount };
      new PrivateLinkService(scope, "Subject", props);
    });
    expect(stack.one(AzurermPrivateLinkService).values.nat_ip_configuration).toHaveLength(natIpCount);
    expect(stack.one(AzurermPrivateLinkService).values).not.toHaveProperty("destination_ip_address");
  });
});

describe("a deployment with directConnect", () => {
  const provider = synthesized(shipped("direct-connect")).provider ?? {};

  it("leads straight to APIM, with nothing in between", () => {
    const values = resource(provider, "azurerm_private_link_service");
    expect(values.destination_ip_address).toMatch(/^\$\{local\.ApimVnet_Apim_PrivateIpAddress_\w+\}$/);
    expect(values).not.toHaveProperty("load_balancer_frontend_ip_configuration_ids");
    expect(values.depends_on).toEqual([expect.stringMatching(/^azurerm_subnet\.ApimVnet_PlsSubnet_/)]);
    expect(
      Object.keys(provider.resource as object).filter((type) => /_lb|machine|network_interface/.test(type)),
    ).toEqual([]);
    expect(provider).not.toHaveProperty("variable");
  });

  it("can lead to any other address", () => {
    const content = edited("direct-connect", {
      "provider.apim": undefined,
      "provider.network.subnets.apim": undefined,
      "provider.target": { privateIpAddress: "10.60.0.4", hostNames: ["ledger.example.com"] },
    });
    const stacks = withFile(content, (path) => synthesized(path));
    expect(resource(stacks.provider ?? {}, "azurerm_private_link_service").destination_ip_address).toBe("10.60.0.4");
  });

  const regions = `Azure has directConnect in ${REGIONS.join(", ")} only`;
  const between = "must be left out with directConnect, where nothing stands in between";

  it.each<[string, Changes, string[]]>([
    [
      "parts that stand in between",
      {
        "provider.forwarder": { operatingSystem: "windows" },
        "provider.loadBalancer": { privateIpAddress: "10.50.1.5" },
        "provider.network.subnets.forwarder": { addressPrefix: "10.50.3.0/24" },
      },
      [
        `provider.forwarder ${between}`,
        `provider.loadBalancer ${between}`,
        `provider.network.subnets.forwarder ${between}`,
      ],
    ],
    [
      "a consumer in another region",
      { "consumers.0.location": "East US" },
      [`consumers[0].location must be the provider's region eastus2 with directConnect, got "East US"`],
    ],
    [
      "a region without it",
      { "provider.location": "eastus", "consumers.0.location": "eastus" },
      [`provider.privateLinkService.mode must be loadBalancer in eastus: ${regions}`],
    ],
    [
      "half a forwarder, of which the other half is not asked for",
      { "provider.forwarder": { size: "Standard_B2s" } },
      ["provider.forwarder must be left out with directConnect, where nothing stands in between"],
    ],
    [
      "an odd number of NAT addresses",
      { "provider.privateLinkService.natIpCount": 7 },
      ["provider.privateLinkService.natIpCount must be 2, 4, 6 or 8 addresses with directConnect, got 7"],
    ],
    [
      "one NAT address of one's choice",
      {
        "provider.privateLinkService.natIpCount": undefined,
        "provider.privateLinkService.natIpAddresses": ["10.50.1.9"],
      },
      ["provider.privateLinkService.natIpAddresses must be 2, 4, 6 or 8 addresses with directConnect, got 1"],
    ],
    [
      "more connections than the NAT addresses have ports",
      { "provider.privateLinkService.expectedConnections": 128001 },
      [
        "provider.privateLinkService.expectedConnections must be a whole number from 1 to 128000, the source ports of 2 NAT addresses, got 128001; add NAT addresses",
      ],
    ],
    [
      "a subnet without room for the NAT addresses",
      {
        "provider.privateLinkService.natIpCount": 4,
        "provider.network.subnets.privateLinkService.addressPrefix": "10.50.1.0/29",
      },
      [
        "provider.network.subnets.privateLinkService.addressPrefix must have room for 4 addresses (frontend, NAT addresses, forwarders); 10.50.1.0/29 has 3 beside the 5 that Azure keeps",
      ],
    ],
  ])("is refused for %s", (_, changes, expected) => {
    expect(complaints(edited("direct-connect", changes))).toEqual(expected);
  });

  it.each<[string, Changes]>([
    [
      "as many connections as the NAT addresses have ports",
      { "provider.privateLinkService.expectedConnections": 128000 },
    ],
    ["a region as people write it", { "provider.location": "East US 2", "consumers.0.location": "EastUS2" }],
    ["two NAT addresses when none is counted", { "provider.privateLinkService.natIpCount": undefined }],
  ])("can have %s", (_, changes) => {
    expect(complaints(edited("direct-connect", changes))).toEqual([]);
  });
});
