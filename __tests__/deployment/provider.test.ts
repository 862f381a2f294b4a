import { Changes, complaints, edited } from "./edited";

const KEPT = "must not be one of the first four addresses or the last of 10.0.1.0/24, which Azure keeps";

const vm = (name: string, privateIpAddress?: string) => ({ name, privateIpAddress });

/** Changes and complaints with places from the provider's section. */
type Case = [string, Changes, string[]];

const inProvider = (changes: Changes): Changes =>
  Object.fromEntries(Object.entries(changes).map(([place, value]) => [`provider.${place}`, value]));

function refused(deployment: string, [, changes, expected]: Case): void {
  expect(complaints(edited(deployment, inProvider(changes)))).toEqual(
    expected.map((text) => (typeof text === "string" ? `provider.${text}` : text)),
  );
}

describe("a provider", () => {
  it("has every part judged by that part's own rules", () => {
    const changes: Changes = {
      subscriptionId: "dev",
      tenantId: "dev",
      location: "uk-south",
      resourceGroup: "rg.",
      "network.name": "-",
      "network.addressSpace": ["10.0.0.0/16", "10.1.0.1/16"],
      "network.subnets.apim.name": "",
      "network.subnets.apim.networkSecurityGroup": "nsg-",
      "apim.publisherName": "",
      "apim.skuName": "Premium_100",
      "apim.publicIpAddress": { name: "-", domainNameLabel: "apim" },
      "apim.minApiVersion": "latest",
      "apim.allowedClients": ["10.9.0.0/16", "hub"],
      "apim.customDomains": ["API"],
      "forwarder.adminUsername": "admin",
      "forwarder.image": { publisher: "a b", offer: "x", sku: "x" },
      "forwarder.virtualMachines": [vm("vm_a")],
      "forwarder.ports": [443, 0, 443],
      "forwarder.size": "Standard_DS2_v2",
      "loadBalancer.probe": { intervalInSeconds: 4 },
      "loadBalancer.rule": { idleTimeoutInMinutes: 6 },
      "privateLinkService.natIpCount": 9,
      "privateLinkService.fqdns": ["apim"],
      dns: { ttl: 0 },
    };
    const content = edited("provider-only", inProvider(changes));
    expect(complaints(content).map((complaint) => complaint.replace(/ must .*/, ""))).toEqual(
      [
        "subscriptionId",
        "tenantId",
        "location",
        "resourceGroup",
        "network.name",
        "network.addressSpace[1]",
        "network.subnets.apim.name",
        "network.subnets.apim.networkSecurityGroup",
        "apim.publisherName",
        "apim.skuName",
        "apim.publicIpAddress.name",
        "apim.minApiVersion",
        "apim.allowedClients[1]",
        "apim.customDomains[0]",
        "forwarder.adminUsername",
        "forwarder.image.publisher",
        "forwarder.virtualMachines[0].name",
        "forwarder.ports[1]",
        "forwarder.ports[2]",
        "forwarder.size",
        "loadBalancer.probe.intervalInSeconds",
        "loadBalancer.rule.idleTimeoutInMinutes",
        "privateLinkService.natIpCount",
        "privateLinkService.fqdns[0]",
        "dns.ttl",
      ].map((place) => `provider.${place}`),
    );
  });

  it("has every part judged by the rules between that part's settings", () => {
    const changes: Changes = {
      location: "ukwest",
      "network.subnets.apim.addressPrefix": "10.0.1.0/24",
      "apim.skuName": "Premium_2",
      "apim.zones": [1, 2],
      "apim.allowedClients": ["10.9.0.0/16", "10.9.3.0/24"],
      "apim.customDomains": ["apim-shared-4821.azure-api.net"],
      "forwarder.scaleSet": { name: "vmss", autoscale: { minimum: 3, maximum: 2 } },
      "forwarder.size": "Standard_B3s",
      "loadBalancer.privateIpAddress": "10.0.2.5",
      "loadBalancer.zones": [1],
      "privateLinkService.natIpAddresses": ["10.0.1.20", "10.0.1.20"],
    };
    const content = edited("provider-only", inProvider(changes));
    expect(complaints(content).map((complaint) => complaint.replace(/ (must|is missing).*/, ""))).toEqual(
      [
        "apim.zones",
        "loadBalancer.zones",
        "network.subnets.privateLinkService.addressPrefix",
        "apim.publicIpAddress",
        "apim.allowedClients[1]",
        "apim.customDomains[0]",
        "forwarder.scaleSet.autoscale.maximum",
        "forwarder.size",
        "loadBalancer.privateIpAddress",
        "privateLinkService.natIpAddresses[1]",
      ].map((place) => `provider.${place}`),
    );
  });
});

describe("a provider that is refused for", () => {
  it.each<Case>([
    [
      "a region that is not known",
      { location: "uksoth" },
      [
        expect.stringMatching(
          /^provider\.location must be .*, got "uksoth"; the nearest name is uksouth; set allowUnlistedRegion: true /,
        ),
      ],
    ],
    [
      "zones in a region that has none",
      {
        location: "ukwest",
        "forwarder.virtualMachines": [{ name: "vm-a", zone: 1 }],
      },
      [expect.stringMatching(/^provider\.forwarder\.virtualMachines\[0\]\.zone must .*ukwest/)],
    ],
    ...[[8443, 443], [80], [22, 443]].map((ports): Case => [
      `APIM's ports that do not begin with the one that is probed: ${ports.join(", ")}`,
      { "forwarder.ports": ports },
      [
        `forwarder.ports[0] must be 443 with APIM, which the load balancer's probe asks there; other ports can follow, got ${ports[0]}`,
      ],
    ]),
    [
      "ports that Windows has itself",
      { forwarder: { operatingSystem: "windows", ports: [443, 135, 139, 445, 3389, 5985, 5986, 47001] } },
      [135, 139, 445, 3389, 5985, 5986, 47001].map(
        (port, index) =>
          `forwarder.ports[${index + 1}] must be none that windows listens on itself (135, 139, 445, 3389, 5985, 5986, 47001), got ${port}`,
      ),
    ],
    [
      "machines of one name",
      { "forwarder.virtualMachines": [vm("vm-a"), vm("VM-A"), vm("vm-b")] },
      ['forwarder.virtualMachines[1].name must differ from the others, got "VM-A" again'],
    ],
    [
      "one machine's own size, disk and image",
      {
        "forwarder.virtualMachines": [
          vm("vm-a"),
          { name: "vm-b", size: "Standard_F2" },
          { name: "vm-c", size: "Standard_D2_v5", osDiskType: "Premium_LRS" },
          { name: "vm-d", image: { publisher: "Canonical", offer: "ubuntu-24_04-lts", sku: "server-gen1" } },
        ],
      },
      [
        'forwarder.virtualMachines[1].size must be a size with Trusted Launch, which the F series lacks, got "Standard_F2"; Standard_B2s and Standard_D2s_v5 have it',
        'forwarder.virtualMachines[2].osDiskType must be a standard disk for Standard_D2_v5, got "Premium_LRS"',
        'forwarder.virtualMachines[3].image.sku must be of an image of generation 2, which Trusted Launch needs, got "server-gen1" of generation 1; most of generation 2 have g2, gen2 or gensecond in their names',
      ],
    ],
    [
      "a size that no machine can have, said once",
      { "forwarder.size": "Standard_F2", "forwarder.virtualMachines": [vm("vm-a"), vm("vm-b")] },
      [
        'forwarder.size must be a size with Trusted Launch, which the F series lacks, got "Standard_F2"; Standard_B2s and Standard_D2s_v5 have it',
      ],
    ],
    [
      "one address given to three",
      {
        "privateLinkService.natIpAddresses": ["10.0.1.5"],
        "forwarder.virtualMachines": [vm("vm-a", "10.0.1.5")],
      },
      [
        `privateLinkService.natIpAddresses[0] must differ from loadBalancer's address, got "10.0.1.5" again`,
        `forwarder.virtualMachines[0].privateIpAddress must differ from loadBalancer's address, got "10.0.1.5" again`,
      ],
    ],
    [
      "its machines' addresses",
      {
        "forwarder.virtualMachines": [
          vm("vm-a", "10.0.1.99"),
          vm("vm-b", "10.0.1.99"),
          vm("vm-c", "10.0.2.9"),
          vm("vm-d", "10.0.1.3"),
        ],
      },
      [
        'forwarder.virtualMachines[1].privateIpAddress must not be given out twice, got "10.0.1.99" again',
        'forwarder.virtualMachines[2].privateIpAddress must be an address of its subnet 10.0.1.0/24, got "10.0.2.9"',
        `forwarder.virtualMachines[3].privateIpAddress ${KEPT}, got "10.0.1.3"`,
      ],
    ],
    [
      "a machine in the other subnet than its own",
      {
        "network.subnets.forwarder": { addressPrefix: "10.0.3.0/24" },
        "forwarder.virtualMachines": [vm("vm-a", "10.0.1.9")],
      },
      ['forwarder.virtualMachines[0].privateIpAddress must be an address of its subnet 10.0.3.0/24, got "10.0.1.9"'],
    ],
    [
      "a subnet without room for all that stands in it",
      {
        "network.subnets.privateLinkService.addressPrefix": "10.0.1.0/29",
        "loadBalancer.privateIpAddress": "10.0.1.4",
        "forwarder.virtualMachines": [vm("vm-a"), vm("vm-b")],
      },
      [
        "network.subnets.privateLinkService.addressPrefix must have room for 4 addresses (frontend, NAT addresses, forwarders); 10.0.1.0/29 has 3 beside the 5 that Azure keeps",
      ],
    ],
    [
      "subnets without room for a scale set that grows",
      {
        "network.subnets.privateLinkService.addressPrefix": "10.0.1.0/29",
        "network.subnets.forwarder": { addressPrefix: "10.0.3.0/28" },
        "loadBalancer.privateIpAddress": "10.0.1.4",
        "privateLinkService.natIpCount": 3,
        "forwarder.scaleSet": { name: "vmss", autoscale: { minimum: 1, maximum: 12 } },
      },
      [
        "network.subnets.privateLinkService.addressPrefix must have room for 4 addresses (frontend, NAT addresses); 10.0.1.0/29 has 3 beside the 5 that Azure keeps",
        "network.subnets.forwarder.addressPrefix must have room for 12 addresses (forwarders); 10.0.3.0/28 has 11 beside the 5 that Azure keeps",
      ],
    ],
    ...[0, 1.5, 128001].map((count): Case => [
      `${count} connections over two forwarders`,
      { "privateLinkService.expectedConnections": count, "forwarder.virtualMachines": [vm("vm-a"), vm("vm-b")] },
      [
        `privateLinkService.expectedConnections must be a whole number from 1 to 128000, the source ports of 2 forwarders, got ${count}${count > 2 ? "; add forwarders" : ""}`,
      ],
    ]),
  ])("%s", (...one) => refused("provider-only", one));
});

describe("a target that is refused for", () => {
  it.each<Case>(
    [22, 53].map((port) => [
      `the probed port ${port}, which Linux has itself`,
      { "forwarder.ports": [port, 443] },
      [`forwarder.ports[0] must be none that linux listens on itself (22, 53), got ${port}`],
    ]),
  )("%s", (...one) => refused("any-service", one));

  const again = (part: string, address: string) =>
    `target.privateIpAddress must differ from ${part}'s address, got "${address}" again`;

  it.each<Case>([
    ["the frontend's address", { "target.privateIpAddress": "10.30.0.10" }, [again("loadBalancer", "10.30.0.10")]],
    [
      "a NAT address",
      { "target.privateIpAddress": "10.30.0.11", "privateLinkService.natIpAddresses": ["10.30.0.12", "10.30.0.11"] },
      [again("privateLinkService", "10.30.0.11")],
    ],
    [
      "a machine's address",
      { "target.privateIpAddress": "10.30.0.20", "forwarder.virtualMachines": [vm("vm-a"), vm("vm-b", "10.30.0.20")] },
      [again("forwarder", "10.30.0.20")],
    ],
    [
      "a machine's address in a subnet of its own",
      {
        "target.privateIpAddress": "10.30.0.70",
        "network.subnets.forwarder": { addressPrefix: "10.30.0.64/26" },
        "forwarder.virtualMachines": [vm("vm-a", "10.30.0.70")],
      },
      [again("forwarder", "10.30.0.70")],
    ],
  ])("%s", (...one) => refused("any-service", one));

  it("nothing, where it is another address of the network", () => {
    const changes = {
      "provider.target.privateIpAddress": "10.30.0.200",
      "provider.forwarder.virtualMachines": [vm("vm-a", "10.30.0.20")],
    };
    expect(complaints(edited("any-service", changes))).toEqual([]);
  });
});

describe("a provider that is accepted with", () => {
  it.each<[string, Changes]>([
    [
      "a subnet that is full",
      {
        "provider.network.subnets.privateLinkService.addressPrefix": "10.0.1.0/29",
        "provider.loadBalancer.privateIpAddress": "10.0.1.4",
      },
    ],
    [
      "zones beside a public address",
      {
        "provider.apim.skuName": "Premium_2",
        "provider.apim.zones": [1, 2],
        "provider.apim.publicIpAddress": { name: "pip-apim", domainNameLabel: "apim-shared" },
      },
    ],
    [
      "machines beside a scale set",
      { "provider.forwarder.virtualMachines": [vm("vm-a")], "provider.forwarder.scaleSet": { name: "vmss" } },
    ],
    ["other callers, one of them a single address", { "provider.apim.allowedClients": ["10.9.0.0/16", "10.8.0.5/32"] }],
    ["a port that Linux has itself, but not the probed one", { "provider.forwarder.ports": [443, 22, 53, 3389] }],
    [
      "ports that only Linux has itself",
      { "provider.forwarder": { operatingSystem: "windows", ports: [443, 22, 53] } },
    ],
    ["as many connections as its forwarders have ports", { "provider.privateLinkService.expectedConnections": 64000 }],
    [
      "one address given to a machine and, in another subnet's range, to nobody",
      {
        "provider.network.subnets.forwarder": { addressPrefix: "10.0.3.0/24" },
        "provider.forwarder.virtualMachines": [vm("vm-a", "10.0.3.5")],
      },
    ],
    ["no consumers, visible by role", { "provider.privateLinkService": { visibility: "roleBasedAccessOnly" } }],
    ["no consumers, visible to everybody", { "provider.privateLinkService": { visibility: "anyoneWithTheAlias" } }],
    ["a region as people write it", { "provider.location": "UK South" }],
    [
      "a region and a size that are newer than this product",
      {
        "provider.location": "marsnorth",
        "provider.allowUnlistedRegion": true,
        "provider.forwarder.size": "Standard_D2s_v9",
        "provider.forwarder.allowUnlistedSize": true,
      },
    ],
    ["a size in small letters", { "provider.forwarder.size": "standard_d2s_v5" }],
    ["a login with capital letters", { "provider.forwarder.adminUsername": "AzureUser" }],
    ["zones as numbers and as text", { "provider.loadBalancer.zones": [1, "2", 3] }],
  ])("%s", (_, changes) => {
    expect(complaints(edited("provider-only", changes))).toEqual([]);
  });
});
