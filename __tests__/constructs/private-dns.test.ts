import { DataAzurermPrivateDnsZone } from "@cdktf/provider-azurerm/lib/data-azurerm-private-dns-zone";
import { PrivateDnsARecord } from "@cdktf/provider-azurerm/lib/private-dns-a-record";
import { PrivateDnsZone } from "@cdktf/provider-azurerm/lib/private-dns-zone";
import { PrivateDnsZoneVirtualNetworkLink } from "@cdktf/provider-azurerm/lib/private-dns-zone-virtual-network-link";
import { DataAzurermVirtualNetwork } from "@cdktf/provider-azurerm/lib/data-azurerm-virtual-network";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { VirtualNetwork } from "@cdktf/provider-azurerm/lib/virtual-network";
import { TerraformStack } from "cdktf";
import { PrivateDns, PrivateDnsProps } from "../../lib/dns/private-dns";
import { IVirtualNetwork } from "../../lib/network/virtual-network";
import { edited } from "../deployment/edited";
import { resource, resources, synthesized, withFile } from "../support/synthesized";
import { refusal, Template, template } from "../support/template";

const GATEWAY = "contoso.azure-api.net";
const PORTAL = "contoso.developer.azure-api.net";

const PROPS: Omit<PrivateDnsProps, "virtualNetwork"> = {
  hostNames: [GATEWAY, PORTAL],
  ipAddress: "10.1.0.4",
  resourceGroupName: "rg-test",
};

const NETWORK = { name: "vnet-test", resourceGroupName: "rg-network" };

const made = (stack: TerraformStack) =>
  new VirtualNetwork(stack, "Network", { ...NETWORK, location: "uksouth", addressSpace: ["10.1.0.0/16"] });

const existing = (stack: TerraformStack) => new DataAzurermVirtualNetwork(stack, "Network", NETWORK);

function synth(props: Partial<PrivateDnsProps> = {}, network: (stack: TerraformStack) => IVirtualNetwork = made) {
  return template((stack) => {
    const subject = new PrivateDns(stack, "Subject", { ...PROPS, virtualNetwork: network(stack), ...props });
    new ResourceGroup(stack, "Waits", { name: "rg-waits", location: "uksouth", dependsOn: [...subject.ready] });
  });
}

const zone = (name: string, linked?: boolean) => ({
  name,
  resourceGroup: `rg-${name}`,
  ...(linked === undefined ? {} : { linked }),
});

/** Every record: the zone that holds it, made or existing, and its name. */
function records(stack: Template): string[] {
  const json = JSON.parse(stack.text);
  return stack
    .all(PrivateDnsARecord)
    .map(({ values }) => {
      const [, data, name = ""] =
        /^\$\{(data\.)?azurerm_private_dns_zone\.([\w-]+)\.name\}$/.exec(values.zone_name) ?? [];
      const found = (data ? json.data : json.resource).azurerm_private_dns_zone[name];
      return `${data ? "existing" : "made"} ${found.name}: ${values.name}`;
    })
    .sort();
}

describe("private DNS", () => {
  it("makes a zone for each host name, with the address at its apex for 300 seconds", () => {
    const stack = synth();
    const network = stack.one(VirtualNetwork);
    expect(records(stack)).toEqual([`made ${GATEWAY}: @`, `made ${PORTAL}: @`]);
    for (const { values } of stack.all(PrivateDnsARecord)) {
      expect(values).toMatchObject({ resource_group_name: "rg-test", ttl: 300, records: ["10.1.0.4"] });
    }
    for (const { values } of stack.all(PrivateDnsZoneVirtualNetworkLink)) {
      expect(values).toMatchObject({
        name: network.ref("name"),
        virtual_network_id: network.ref(),
        registration_enabled: false,
      });
    }
    expect(stack.all(PrivateDnsZoneVirtualNetworkLink)).toHaveLength(2);
  });

  it.each<[string, Partial<PrivateDnsProps>, string[]]>([
    ["no zone", { zones: "none" }, []],
    ["no host names", { hostNames: [] }, []],
    [
      "a zone above both",
      { existingZones: [zone("azure-api.net")] },
      ["existing azure-api.net: contoso", "existing azure-api.net: contoso.developer"],
    ],
    ["a zone of the very name", { existingZones: [zone(GATEWAY)] }, [`existing ${GATEWAY}: @`, `made ${PORTAL}: @`]],
    [
      "the longest of several, whichever comes first",
      { existingZones: [zone("azure-api.net"), zone("developer.azure-api.net")] },
      ["existing azure-api.net: contoso", "existing developer.azure-api.net: contoso"],
    ],
    [
      "the longest of several, whichever comes last",
      { existingZones: [zone("developer.azure-api.net"), zone("azure-api.net")] },
      ["existing azure-api.net: contoso", "existing developer.azure-api.net: contoso"],
    ],
    [
      "no zones but the existing ones",
      { zones: "none", existingZones: [zone("developer.azure-api.net")] },
      ["existing developer.azure-api.net: contoso"],
    ],
    [
      "a zone at a label's border only",
      { hostNames: ["api.notcontoso.example", "api.contoso.example"], existingZones: [zone("contoso.example")] },
      ["existing contoso.example: api", "made api.notcontoso.example: @"],
    ],
    [
      "one existing zone for a host name and one below it",
      { hostNames: ["contoso.example", "api.contoso.example"], existingZones: [zone("contoso.example")] },
      ["existing contoso.example: @", "existing contoso.example: api"],
    ],
    [
      "no zone for a host name below another's",
      { hostNames: ["contoso.example", "api.contoso.example"], zones: "none" },
      [],
    ],
  ])("puts records into %s", (_, props, expected) => {
    expect(records(synth(props))).toEqual(expected);
  });

  it.each([undefined, true])("reads an existing zone and leaves its links alone, linked: %p", (linked) => {
    const stack = synth({ existingZones: [zone("azure-api.net", linked)] });
    const data = stack.data(DataAzurermPrivateDnsZone);
    expect(data.values).toEqual({ name: "azure-api.net", resource_group_name: "rg-azure-api.net" });
    for (const { values } of stack.all(PrivateDnsARecord)) expect(values.resource_group_name).toBe("rg-azure-api.net");
    expect(stack.all(PrivateDnsZone)).toEqual([]);
    expect(stack.all(PrivateDnsZoneVirtualNetworkLink)).toEqual([]);
  });

  // a zone may have links to many networks of one name: the network's id keeps their links' names apart.
  it.each([
    ["made", made, (stack: Template) => stack.one(VirtualNetwork)],
    ["existing", existing, (stack: Template) => stack.data(DataAzurermVirtualNetwork)],
  ])("links an existing zone to a network that is %s, where it is not linked yet", (_, network, found) => {
    const stack = synth({ existingZones: [zone("azure-api.net", false)] }, network);
    const { address } = found(stack);
    expect(stack.one(PrivateDnsZoneVirtualNetworkLink).values).toEqual({
      name: `\${${address}.name}-\${substr(sha256(${address}.id), 0, 8)}`,
      private_dns_zone_name: stack.data(DataAzurermPrivateDnsZone).ref("name"),
      resource_group_name: "rg-azure-api.net",
      virtual_network_id: `\${${address}.id}`,
      registration_enabled: false,
    });
  });

  it("is ready when all records and links are there", () => {
    const stack = synth({ existingZones: [zone("developer.azure-api.net", false)] });
    const all = [...stack.all(PrivateDnsARecord), ...stack.all(PrivateDnsZoneVirtualNetworkLink)];
    expect(all).toHaveLength(4);
    expect([...(stack.one(ResourceGroup).values.depends_on as string[])].sort()).toEqual(
      all.map(({ address }) => address).sort(),
    );
  });

  it.each([1, 2147483647])("lets resolvers keep the address for %d seconds, in zones of both kinds", (ttl) => {
    const stack = synth({ ttl, existingZones: [zone("developer.azure-api.net")] });
    expect(stack.all(PrivateDnsARecord).map(({ values }) => values.ttl)).toEqual([ttl, ttl]);
  });

  it("takes a host name below another, each with a zone of its own", () => {
    const stack = synth({ hostNames: ["contoso.example", "api.contoso.example"] });
    expect(
      stack
        .all(PrivateDnsZone)
        .map(({ values }) => values.name)
        .sort(),
    ).toEqual(["api.contoso.example", "contoso.example"]);
  });

  it("takes a host name in an existing zone that could be no zone itself", () => {
    const name = `${Array.from({ length: 35 }, () => "a").join(".")}.example`;
    expect(() => synth({ hostNames: [name], existingZones: [zone("a.example")] })).not.toThrow();
    expect(() => synth({ hostNames: [name] })).toThrow("hostNames[0] must have at most 34 labels");
  });

  const hostName =
    "must be a lower-case host name such as api.example.com, of at most 63 characters a label and 253 in all";

  it.each<[string, Partial<PrivateDnsProps>, string[]]>([
    [
      "host names that are none, zone or none",
      { hostNames: [GATEWAY, "API.example.com", "${path.cwd}.example.com"], zones: "none" },
      [`hostNames[1] ${hostName}, got "API.example.com"`, `hostNames[2] ${hostName}, got "\${path.cwd}.example.com"`],
    ],
    [
      "a zone that Azure keeps to itself",
      { hostNames: [GATEWAY, "microsoft.com"] },
      ['hostNames[1] must not be one of the zones that Azure keeps to itself, got "microsoft.com"'],
    ],
    [
      "a host name that is listed twice",
      { hostNames: [GATEWAY, PORTAL, GATEWAY] },
      [`hostNames[2] must not be listed twice, got "${GATEWAY}" again`],
    ],
    [
      "an existing zone that holds none of them",
      { existingZones: [{ ...zone("azure-api.net", false), link: "link" }, zone("example.com"), zone("api.net")] },
      [
        'existingZones[0].link must be left out with linked: false, which makes a link, got "link"',
        `existingZones[1].name must hold one of the host names ${GATEWAY}, ${PORTAL}, got "example.com"`,
        `existingZones[2].name must hold one of the host names ${GATEWAY}, ${PORTAL}, got "api.net"`,
      ],
    ],
    ...[0, 2147483648].map((ttl): [string, Partial<PrivateDnsProps>, string[]] => [
      `${ttl} seconds`,
      { ttl },
      [`ttl must be a whole number from 1 to 2147483647 seconds, got ${ttl}`],
    ]),
    [
      "everything at once",
      { hostNames: [GATEWAY, "x"], existingZones: [zone("azure-api.net"), zone("azure-api.net")], ttl: 0 },
      [
        "ttl must be a whole number from 1 to 2147483647 seconds, got 0",
        `hostNames[1] ${hostName}, got "x"`,
        'existingZones[1].name must not be listed twice, got "azure-api.net" again; a network is linked to one zone of a name',
      ],
    ],
    [
      "a host name, and says nothing of a zone that might have held it",
      { hostNames: ["x"], existingZones: [zone("example.com")] },
      [`hostNames[0] ${hostName}, got "x"`],
    ],
  ])("fails for %s", (_, props, problems) => {
    expect(() => synth(props)).toThrow(refusal("test/Subject", ...problems));
  });
});

describe("private DNS of the provider's own network", () => {
  const dns = (content: unknown) => withFile(content, (path) => synthesized(path)).provider ?? {};

  it("leads the live host names and the custom domains to APIM, not to an endpoint", () => {
    const provider = dns(edited("provider-only", { "provider.apim.customDomains": ["api.example.com"] }));
    expect(resources(provider, "azurerm_private_dns_zone").map(({ name }) => name as string)).toEqual([
      "api.example.com",
      "apim-shared-4821.azure-api.net",
      "apim-shared-4821.configuration.azure-api.net",
      "apim-shared-4821.developer.azure-api.net",
    ]);
    for (const { records: addresses, ttl } of resources(provider, "azurerm_private_dns_a_record")) {
      expect(addresses).toEqual([expect.stringMatching(/^\$\{local\.ApimVnet_Apim_PrivateIpAddress_/)]);
      expect(ttl).toBe(300);
    }
  });

  it("can be kept for another time", () => {
    for (const { ttl } of resources(
      dns(edited("provider-only", { "provider.dns": { ttl: 60 } })),
      "azurerm_private_dns_a_record",
    ))
      expect(ttl).toBe(60);
  });

  it("leads to any other service too", () => {
    const provider = dns(edited("any-service", { "provider.dns": {} }));
    expect(resource(provider, "azurerm_private_dns_zone").name).toBe("ledger.internal.example.com");
    expect(resource(provider, "azurerm_private_dns_a_record").records).toEqual(["10.40.0.10"]);
  });

  it("is there only when it is asked for", () => {
    const provider = dns(edited("provider-only", { "provider.dns": undefined }));
    expect(Object.keys(provider.resource as object).filter((type) => type.includes("dns"))).toEqual([]);
  });
});
