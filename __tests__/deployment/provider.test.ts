import { Changes, complaints, edited } from "./edited";

const NETWORK_NAME =
  "must be 1 to 80 letters, digits, '_', '.' or '-', beginning with a letter or digit and ending with a letter, digit or '_'";
const NAME_64 =
  "must be 2 to 64 letters, digits, '_', '.' or '-', beginning with a letter or digit and ending with one or '_'";
const HOST = "not only digits, beginning and ending with a letter or digit";
const UUID = "must be a UUID such as 12345678-9abc-def0-1234-56789abcdef0";
const KEPT = "must not be one of the first four addresses or the last of 10.0.1.0/24, which Azure keeps";

const vm = (name: string, privateIpAddress?: string) => ({ name, privateIpAddress });

const long = (length: number) => "a".repeat(length);

/** Changes and complaints with places from the provider's section. */
type Case = [string, Changes, string[]];

function refused(deployment: string, [, changes, expected]: Case): void {
  const inProvider = Object.fromEntries(Object.entries(changes).map(([place, value]) => [`provider.${place}`, value]));
  expect(complaints(edited(deployment, inProvider))).toEqual(expected.map((text) => `provider.${text}`));
}

describe("a provider that is refused for", () => {
  it.each<Case>([
    [
      "an id that is none",
      { subscriptionId: "dev", tenantId: "dev" },
      [`subscriptionId ${UUID}, got "dev"`, `tenantId ${UUID}, got "dev"`],
    ],
    [
      "a region that is none",
      { location: "uk-south" },
      [`location must be a region such as uksouth or 'UK South', got "uk-south"`],
    ],
    [
      "its resource group's name",
      { resourceGroup: "rg." },
      [`resourceGroup must be 1 to 90 letters, digits, '_', '-', '.' or parentheses, not ending with '.', got "rg."`],
    ],
    [
      "a resource group's name of 91 characters",
      { resourceGroup: long(91) },
      [
        `resourceGroup must be 1 to 90 letters, digits, '_', '-', '.' or parentheses, not ending with '.', got "${long(91)}"`,
      ],
    ],
  ])("%s", (...one) => refused("provider-only", one));

  it.each<Case>([
    ["its network's name", { "network.name": "-" }, [`network.name ${NAME_64}, got "-"`]],
    [
      "its subnets' names",
      { "network.subnets.apim.name": "", "network.subnets.apim.networkSecurityGroup": "nsg-" },
      [
        `network.subnets.apim.name ${NETWORK_NAME}, got ""`,
        `network.subnets.apim.networkSecurityGroup ${NETWORK_NAME}, got "nsg-"`,
      ],
    ],
    [
      "subnets of one name",
      {
        "network.subnets.apim.name": "SNET-pls",
        "network.subnets.privateLinkService.networkSecurityGroup": "NSG-apim",
      },
      [
        `network.subnets.privateLinkService.name must differ from the apim subnet's, got "snet-pls"`,
        `network.subnets.privateLinkService.networkSecurityGroup must differ from the apim subnet's, got "NSG-apim"`,
      ],
    ],
    [
      "a prefix that is none",
      { "network.addressSpace": ["10.0.0.0/16", "10.1.0.1/16"] },
      [`network.addressSpace[1] must begin at its own first address: 10.1.0.0/16, got "10.1.0.1/16"`],
    ],
    [
      "address spaces that overlap",
      { "network.addressSpace": ["10.0.0.0/16", "10.0.3.0/24"] },
      [`network.addressSpace[1] must not overlap 10.0.0.0/16, got "10.0.3.0/24"`],
    ],
    [
      "a subnet outside its network",
      { "network.subnets.apim.addressPrefix": "10.1.2.0/24" },
      [
        `network.subnets.apim.addressPrefix must lie inside the virtual network's address space 10.0.0.0/16, got "10.1.2.0/24"`,
      ],
    ],
    [
      "subnets that overlap",
      { "network.subnets.apim.addressPrefix": "10.0.1.0/24" },
      [
        `network.subnets.privateLinkService.addressPrefix must not overlap 10.0.1.0/24 of the subnet apim, got "10.0.1.0/24"`,
      ],
    ],
    [
      "an APIM subnet that is too small",
      { "network.subnets.apim.addressPrefix": "10.0.2.0/29", "apim.skuName": "Premium_2" },
      [
        "network.subnets.apim.addressPrefix must have room for 5 addresses (Premium_2); 10.0.2.0/29 has 3 beside the 5 that Azure keeps",
      ],
    ],
  ])("%s", (...one) => refused("provider-only", one));

  it.each<Case>([
    [
      "APIM's name",
      { "apim.name": "4821", dns: undefined },
      [
        `apim.name must be 1 to 50 letters, digits or '-', beginning with a letter and ending with a letter or digit; it is unique in all of Azure, got "4821"`,
      ],
    ],
    [
      "APIM's publisher",
      { "apim.publisherName": "", "apim.publisherEmail": "apis" },
      [
        'apim.publisherName must have 1 to 100 characters, got 0: ""',
        'apim.publisherEmail must be an e-mail address, got "apis"',
      ],
    ],
    [
      "a SKU without internal mode",
      { "apim.skuName": "Premium_100" },
      [
        'apim.skuName must be Developer_1 or Premium_1 to Premium_99, the only SKUs with internal VNet mode, got "Premium_100"',
      ],
    ],
    [
      "zones of a Developer APIM",
      { "apim.zones": [1] },
      ["apim.zones must be left out for Developer_1: only Premium has availability zones"],
    ],
    [
      "units that zones cannot share evenly",
      { "apim.skuName": "Premium_4", "apim.zones": [1, 2, 3] },
      [
        "apim.publicIpAddress is missing; an instance with zones in a network needs a public address of its own",
        'apim.skuName must have a multiple of 3 units to spread them evenly over the zones 1, 2, 3, got "Premium_4"',
      ],
    ],
    [
      "APIM's API version",
      { "apim.minApiVersion": "latest" },
      ['apim.minApiVersion must be a date such as 2021-08-01, got "latest"'],
    ],
    [
      "APIM's public address",
      { "apim.publicIpAddress": { name: "-", domainNameLabel: "Apim" } },
      [
        `apim.publicIpAddress.name ${NETWORK_NAME}, got "-"`,
        `apim.publicIpAddress.domainNameLabel must be 3 to 63 lower-case letters, digits or '-', beginning with a letter and not ending with '-', got "Apim"`,
      ],
    ],
    [
      "APIM's other callers",
      { "apim.allowedClients": ["10.9.0.0/16", "hub"] },
      [
        'apim.allowedClients[1] must be an IPv4 prefix such as 10.9.0.0/16 or 10.9.0.5/32, at its own first address, got "hub"',
      ],
    ],
    [
      "other callers that overlap",
      { "apim.allowedClients": ["10.9.0.0/16", "10.8.0.5/32", "10.9.3.0/24"] },
      ['apim.allowedClients[2] must not overlap 10.9.0.0/16, got "10.9.3.0/24"'],
    ],
    ["APIM's blank publisher", { "apim.publisherName": " " }, ['apim.publisherName must not be blank, got " "']],
    [
      "custom domains",
      { "apim.customDomains": ["API", "a.example.com", "b.a.example.com", "a.example.com"] },
      [
        'apim.customDomains[0] must be a lower-case host name such as api.example.com, got "API"',
        'apim.customDomains[3] must not be listed twice, got "a.example.com" again',
      ],
    ],
    [
      "how long its own network's resolvers keep APIM's address",
      { "dns.ttl": 0 },
      ["dns.ttl must be a whole number from 1 to 2147483647 seconds, got 0"],
    ],
  ])("%s", (...one) => refused("provider-only", one));

  it.each<Case>([
    [
      "ports",
      { "forwarder.ports": [443, 0, 65536, 443] },
      [
        "forwarder.ports[1] must be a whole number from 1 to 65535, got 0",
        "forwarder.ports[2] must be a whole number from 1 to 65535, got 65536",
        "forwarder.ports[3] must not be listed twice, got 443",
      ],
    ],
    ...[22, 53].map((port): Case => [
      `the probed port ${port}, which Linux has itself`,
      { "forwarder.ports": [port, 443] },
      [`forwarder.ports[0] must be none that linux listens on itself (22, 53), got ${port}`],
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
      "its forwarders' login",
      { "forwarder.adminUsername": "admin", "forwarder.sshPublicKey": "ssh-rsa AAAA" },
      [
        'forwarder.adminUsername must not be one of the names that Azure refuses, got "admin"',
        'forwarder.sshPublicKey must be the one line of an OpenSSH public key, RSA with at least 2048 bits or Ed25519, got "ssh-rsa AAAA"',
      ],
    ],
    [
      "its forwarders' image",
      { "forwarder.image": { publisher: "a b", offer: "", sku: "x" } },
      [
        `forwarder.image.publisher must be 1 to 128 letters, digits, '_', '.' or '-', got "a b"`,
        `forwarder.image.offer must be 1 to 128 letters, digits, '_', '.' or '-', got ""`,
      ],
    ],
    [
      "its forwarders' size",
      { "forwarder.size": "Standard_DS2_v2" },
      [
        'forwarder.size must be a size with Trusted Launch, which the Dv2 and Dsv2 series lack, got "Standard_DS2_v2"; Standard_B2s and Standard_D2s_v5 have it',
      ],
    ],
    [
      "accelerated networking, which its forwarders' size has not",
      {
        "forwarder.size": "Standard_B2s",
        "forwarder.acceleratedNetworkingEnabled": true,
      },
      [
        "forwarder.acceleratedNetworkingEnabled must be false for Standard_B2s, got true; of its series only Standard_B12ms, B16ms and B20ms can",
      ],
    ],
    [
      "its forwarders' processor",
      { "forwarder.size": "Standard_B2pls_v2" },
      ['forwarder.size must be an x64 size, because the image is for x64, got the Arm size "Standard_B2pls_v2"'],
    ],
    [
      "a Linux machine's name of 65 characters",
      { "forwarder.virtualMachines": [vm(long(65))] },
      [
        `forwarder.virtualMachines[0].name must be 1 to 64 letters, digits or '-', ${HOST}: it is the host name too, got "${long(65)}"`,
      ],
    ],
    [
      "machines of one name",
      { "forwarder.virtualMachines": [vm("vm-a"), vm("VM-A"), vm("vm-b")] },
      ['forwarder.virtualMachines[1].name must differ from the others, got "VM-A" again'],
    ],
    [
      "machines beside a scale set",
      { "forwarder.virtualMachines": [vm("vm-a")], "forwarder.scaleSet": { name: "vmss" } },
      ["forwarder.scaleSet must be left out where there are virtualMachines: choose one of the two"],
    ],
    [
      "its scale set",
      { "forwarder.scaleSet": { name: long(59), instances: 101, autoscale: { minimum: 0, maximum: 101 } } },
      [
        `forwarder.scaleSet.name must be 1 to 58 letters, digits or '-', ${HOST}: it begins host names, got "${long(59)}"`,
        "forwarder.scaleSet.instances must be a whole number from 1 to 100 machines, got 101",
        "forwarder.scaleSet.autoscale.minimum must be a whole number from 1 to 100 machines, got 0",
        "forwarder.scaleSet.autoscale.maximum must be a whole number from 1 to 100 machines, got 101",
      ],
    ],
    [
      "its scale set's bounds",
      { "forwarder.scaleSet": { name: "vmss", autoscale: { minimum: 3, maximum: 2 } } },
      ["forwarder.scaleSet.autoscale.maximum must be more than minimum, 3, got 2"],
    ],
    [
      "how many machines its scale set has at first",
      { "forwarder.scaleSet": { name: "vmss", instances: 2, autoscale: { minimum: 3, maximum: 9 } } },
      ["forwarder.scaleSet.instances must be between autoscale's 3 and 9, got 2"],
    ],
    [
      "a Windows machine's name of 16 characters",
      { forwarder: { operatingSystem: "windows", virtualMachines: [vm(long(16))], adminUsername: "Administrator" } },
      [
        'forwarder.adminUsername must not be one of the names that Azure refuses, got "Administrator"',
        `forwarder.virtualMachines[0].name must be 1 to 15 letters, digits or '-', ${HOST}: it is the host name too, got "${long(16)}"`,
      ],
    ],
    [
      "a Windows scale set's name of 10 characters",
      { forwarder: { operatingSystem: "windows", scaleSet: { name: long(10) } } },
      [
        `forwarder.scaleSet.name must be 1 to 9 letters, digits or '-', ${HOST}: it begins host names, got "${long(10)}"`,
      ],
    ],
  ])("%s", (...one) => refused("provider-only", one));

  it.each<Case>([
    [
      "its load balancer",
      {
        loadBalancer: {
          name: "-",
          privateIpAddress: "10.0.1",
          frontendName: "-",
          backendAddressPoolName: "-",
          probe: { name: "-", intervalInSeconds: 4, probeThreshold: 11 },
          rule: { name: "-", idleTimeoutInMinutes: 6 },
        },
      },
      [
        `loadBalancer.name ${NETWORK_NAME}, got "-"`,
        `loadBalancer.frontendName ${NETWORK_NAME}, got "-"`,
        `loadBalancer.backendAddressPoolName ${NETWORK_NAME}, got "-"`,
        `loadBalancer.probe.name ${NETWORK_NAME}, got "-"`,
        "loadBalancer.probe.intervalInSeconds must be a whole number from 5 to 60 seconds, got 4",
        "loadBalancer.probe.probeThreshold must be a whole number from 1 to 10 probes, got 11",
        `loadBalancer.rule.name ${NETWORK_NAME}, got "-"`,
        "loadBalancer.rule.idleTimeoutInMinutes must be a whole number from 4 to 5 minutes, got 6",
        'loadBalancer.privateIpAddress must be an IPv4 address such as 10.0.1.5, got "10.0.1"',
      ],
    ],
    [
      "a frontend in another subnet",
      { "loadBalancer.privateIpAddress": "10.0.2.5" },
      ['loadBalancer.privateIpAddress must be an address of its subnet 10.0.1.0/24, got "10.0.2.5"'],
    ],
    [
      "a frontend that Azure keeps",
      { "loadBalancer.privateIpAddress": "10.0.1.255" },
      [`loadBalancer.privateIpAddress ${KEPT}, got "10.0.1.255"`],
    ],
    [
      "its Private Link Service",
      { privateLinkService: { name: "-", natIpCount: 9, fqdns: ["apim"], visibility: "roleBasedAccessOnly" } },
      [
        `privateLinkService.name ${NETWORK_NAME}, got "-"`,
        "privateLinkService.natIpCount must be a whole number from 1 to 8 addresses, got 9",
        'privateLinkService.fqdns[0] must be a host name such as api.example.com, got "apim"',
      ],
    ],
    [
      "its NAT addresses",
      { "privateLinkService.natIpCount": 3, "privateLinkService.natIpAddresses": ["10.0.1.20", "10.0.1.20"] },
      [
        "privateLinkService.natIpAddresses must hold as many addresses as natIpCount says, 3, got 2; leave natIpCount out",
        'privateLinkService.natIpAddresses[1] must not be given out twice, got "10.0.1.20" again',
      ],
    ],
    [
      "no NAT addresses",
      { "privateLinkService.natIpAddresses": [] },
      ["privateLinkService.natIpAddresses must hold 1 to 8 addresses, got 0"],
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
          vm("vm-a", "10.0.1.9"),
          vm("vm-b", "10.0.1.9"),
          vm("vm-c", "10.0.2.9"),
          vm("vm-d", "10.0.1.3"),
          vm("vm-e", "ten"),
        ],
      },
      [
        'forwarder.virtualMachines[4].privateIpAddress must be an IPv4 address such as 10.0.1.5, got "ten"',
        'forwarder.virtualMachines[1].privateIpAddress must not be given out twice, got "10.0.1.9" again',
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
        `privateLinkService.expectedConnections must be a whole number from 1 to 128000, the source ports of 2 forwarders, got ${count}; add some`,
      ],
    ]),
  ])("%s", (...one) => refused("provider-only", one));
});

describe("a target that is refused for", () => {
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
    ["other callers, one of them a single address", { "provider.apim.allowedClients": ["10.9.0.0/16", "10.8.0.5/32"] }],
    ["a port that Linux has itself, but not the probed one", { "provider.forwarder.ports": [443, 22, 53, 3389] }],
    [
      "ports that only Linux has itself",
      { "provider.forwarder": { operatingSystem: "windows", ports: [22, 53, 443] } },
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
    ["zones as numbers and as text", { "provider.loadBalancer.zones": [1, "2", 3] }],
    [
      "Windows with names of 15 characters",
      { "provider.forwarder": { operatingSystem: "windows", virtualMachines: [vm(long(15))] } },
    ],
    ["an APIM whose longest zone has 63 characters", { "provider.apim.name": long(35) }],
  ])("%s", (_, changes) => {
    expect(complaints(edited("provider-only", changes))).toEqual([]);
  });
});
