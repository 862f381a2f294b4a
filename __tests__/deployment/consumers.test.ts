import { Changes, complaints, edited, subscription } from "./edited";

const NAME_64 =
  "must be 2 to 64 letters, digits, '_', '.' or '-', beginning with a letter or digit and ending with one or '_'";
const SUBNET_NAME =
  "must be 1 to 80 letters, digits, '_', '.' or '-', beginning with a letter or digit and ending with a letter, digit or '_'";
const ZONE_NAME = "must be a lower-case host name of at most 63 characters, the longest name of a private DNS zone";
const UUID = "must be a UUID such as 12345678-9abc-def0-1234-56789abcdef0";

const TENANT = "00000000-0000-0000-0000-0000000000a2";

const OTHERS = [subscription(8), subscription(9)];

const zone = (name: string) => ({ name, resourceGroup: "rg-dns" });

const subscriptions = (count: number) => Array.from({ length: count }, (_, index) => subscription(index));

/** Changes with places from the only consumer's section. */
const ofConsumer = (changes: Changes) =>
  Object.fromEntries(Object.entries(changes).map(([place, value]) => [`consumers.0.${place}`, value]));

describe("a consumer that is refused for", () => {
  it.each<[string, Changes, string[]]>([
    ...["A", "a_b", "-a", "a-", "a--b", "1a", ""].map((name): [string, Changes, string[]] => [
      `the name ${JSON.stringify(name)}`,
      { name },
      [`name must be lower-case letters, digits and single '-', beginning with a letter, got ${JSON.stringify(name)}`],
    ]),
    ["a tenant that is none", { tenantId: "partner" }, [`tenantId ${UUID}, got "partner"`]],
    ["a region that is none", { location: "1" }, [`location must be a region such as uksouth or 'UK South', got "1"`]],
    [
      "its resource group's name",
      { resourceGroup: "rg/1" },
      [`resourceGroup must be 1 to 90 letters, digits, '_', '-', '.' or parentheses, not ending with '.', got "rg/1"`],
    ],
    [
      "its network's names",
      { "network.name": "v", "network.subnet.name": "-" },
      [`network.name ${NAME_64}, got "v"`, `network.subnet.name ${SUBNET_NAME}, got "-"`],
    ],
    [
      "prefixes that are none",
      { "network.addressSpace": ["10.0.0.0/7"], "network.subnet.addressPrefix": "10.0.1.1/24" },
      [
        `network.addressSpace[0] must be between /8 and /29, the largest and the smallest that Azure takes, got "10.0.0.0/7"`,
        `network.subnet.addressPrefix must begin at its own first address: 10.0.1.0/24, got "10.0.1.1/24"`,
      ],
    ],
    [
      "a subnet outside its network",
      { "network.subnet.addressPrefix": "10.1.1.0/24" },
      [
        `network.subnet.addressPrefix must lie inside the virtual network's address space 10.0.0.0/16, got "10.1.1.0/24"`,
      ],
    ],
    [
      "address spaces that overlap",
      { "network.addressSpace": ["10.0.0.0/16", "10.0.0.0/24"] },
      ['network.addressSpace[1] must not overlap 10.0.0.0/16, got "10.0.0.0/24"'],
    ],
    [
      "its endpoint",
      { endpoint: { name: "p", requestMessage: "x".repeat(141) } },
      [
        `endpoint.name ${NAME_64}, got "p"`,
        `endpoint.requestMessage must have 1 to 140 characters, got 141: "${"x".repeat(141)}"`,
      ],
    ],
    ...[0, 2147483648].map((ttl): [string, Changes, string[]] => [
      `${ttl} seconds`,
      { dns: { ttl } },
      [`dns.ttl must be a whole number from 1 to 2147483647 seconds, got ${ttl}`],
    ]),
    [
      "an end point that stands twice",
      { dns: { endpoints: ["gateway", "gateway"] } },
      ['dns.endpoints must not be listed twice, got "apim-quickstart-4821.azure-api.net" again'],
    ],
    [
      "a zone that holds none of the host names",
      { dns: { endpoints: ["gateway"], existingZones: [zone("azure-api.net"), zone("example.com")] } },
      [
        'dns.existingZones[1].name must hold one of the host names apim-quickstart-4821.azure-api.net, got "example.com"',
      ],
    ],
    [
      "a service that it is not to see",
      { subscriptionId: subscription(9) },
      [
        `subscriptionId must be one of the subscriptions that the service is visible to, got "${subscription(9)}"; add it to provider.privateLinkService.visibilitySubscriptionIds`,
      ],
    ],
  ])("%s", (_, changes, expected) => {
    const content = edited("quickstart", {
      "provider.privateLinkService.visibilitySubscriptionIds": [subscription(2)],
      "provider.privateLinkService.autoApprovalSubscriptionIds": [],
      ...ofConsumer(changes),
    });
    expect(complaints(content)).toEqual(expected.map((text) => `consumers[0].${text}`));
  });

  it.each([
    [35, []],
    [36, ["configuration.azure-api.net"]],
    [40, ["developer.azure-api.net", "configuration.azure-api.net"]],
    [50, ["azure-api.net", "developer.azure-api.net", "configuration.azure-api.net"]],
  ])("zones that an APIM's name of %d characters makes too long", (length, suffixes) => {
    const name = "a".repeat(length);
    expect(complaints(edited("quickstart", { "provider.apim.name": name }))).toEqual(
      suffixes.map((suffix) => `consumers[0].dns.endpoints ${ZONE_NAME}, got "${name}.${suffix}"`),
    );
  });
});

describe("a consumer that is accepted with", () => {
  it.each<[string, Changes]>([
    ["a name of 40 characters", { name: "a".repeat(40) }],
    ["a name of one letter", { name: "a" }],
    ["an APIM's name that is too long for zones, without zones", { dns: { zones: "none" } }],
    [
      "an APIM's name that is too long for zones, in an existing zone",
      { dns: { existingZones: [zone("azure-api.net")] } },
    ],
    ["an APIM's name that is too long for zones, without end points", { dns: { endpoints: [] } }],
  ])("%s", (title, changes) => {
    const apim: Changes = title.includes("too long") ? { "provider.apim.name": "a".repeat(50) } : {};
    expect(complaints(edited("quickstart", { ...apim, ...ofConsumer(changes) }))).toEqual([]);
  });
});

describe("who may connect, and how", () => {
  const role = { visibility: "roleBasedAccessOnly" };
  const everybody = { visibility: "anyoneWithTheAlias" };
  const byRole =
    "consumers[0].endpoint.connectBy must be resourceId, in the provider's tenant, with visibility roleBasedAccessOnly; list the subscription with restrictedBySubscription instead";
  const abroad = `consumers[0].endpoint.connectBy must be "alias" from another tenant than the provider's, got "resourceId"`;
  const subset = (index: number, id: string) =>
    `provider.privateLinkService.autoApprovalSubscriptionIds[${index}] must be one of the subscriptions that the service is visible to, got "${id}"; add it there too`;
  const list = (key: string, visibility: string) =>
    `provider.privateLinkService.${key}SubscriptionIds must be left out with visibility ${visibility}, which has no such list`;

  it.each<[string, Changes, Changes, string[]]>([
    ["another tenant by role", role, { tenantId: TENANT }, [byRole]],
    ["an alias by role", role, { endpoint: { connectBy: "alias" } }, [byRole]],
    [
      "lists by role",
      { ...role, visibilitySubscriptionIds: [], autoApprovalSubscriptionIds: OTHERS },
      {},
      [list("visibility", "roleBasedAccessOnly"), list("autoApproval", "roleBasedAccessOnly")],
    ],
    [
      "a list of whom it is visible to, for everybody",
      { ...everybody, visibilitySubscriptionIds: OTHERS },
      {},
      [list("visibility", "anyoneWithTheAlias")],
    ],
    ["a resource id in another tenant", {}, { tenantId: TENANT, endpoint: { connectBy: "resourceId" } }, [abroad]],
    [
      "a consumer that is not listed, which is not approved then either",
      { visibilitySubscriptionIds: [subscription(9)] },
      {},
      [
        `consumers[0].subscriptionId must be one of the subscriptions that the service is visible to, got "${subscription(2)}"; add it to provider.privateLinkService.visibilitySubscriptionIds`,
      ],
    ],
    [
      "a resource id in another tenant, for everybody",
      everybody,
      { tenantId: TENANT, endpoint: { connectBy: "resourceId" } },
      [abroad],
    ],
    [
      "nobody",
      { visibilitySubscriptionIds: [], autoApprovalSubscriptionIds: [] },
      {},
      [
        "provider.privateLinkService.visibilitySubscriptionIds must name at least one subscription, got none; for role-based access say so instead",
        `consumers[0].subscriptionId must be one of the subscriptions that the service is visible to, got "${subscription(2)}"; add it to provider.privateLinkService.visibilitySubscriptionIds`,
      ],
    ],
    [
      "approval of whom it is not visible to",
      { autoApprovalSubscriptionIds: [subscription(2), subscription(9)] },
      {},
      [subset(1, subscription(9))],
    ],
    [
      "a subscription that stands twice",
      { visibilitySubscriptionIds: [subscription(2), subscription(2)] },
      {},
      [
        `provider.privateLinkService.visibilitySubscriptionIds[1] must not be listed twice, got "${subscription(2)}" again`,
      ],
    ],
    [
      "a subscription that is none",
      { autoApprovalSubscriptionIds: ["*"] },
      {},
      [`provider.privateLinkService.autoApprovalSubscriptionIds[0] ${UUID}, got "*"`],
    ],
    [
      "101 subscriptions",
      { visibilitySubscriptionIds: subscriptions(101), autoApprovalSubscriptionIds: subscriptions(101) },
      {},
      ["visibility", "autoApproval"].map(
        (key) => `provider.privateLinkService.${key}SubscriptionIds must have at most 100 subscriptions, got 101`,
      ),
    ],
  ])("is refused for %s", (_, service, consumer, expected) => {
    const content = edited("quickstart", { "provider.privateLinkService": service, ...ofConsumer(consumer) });
    expect(complaints(content)).toEqual(expected);
  });

  it.each<[string, Changes, Changes]>([
    ["everybody from anywhere", everybody, { tenantId: TENANT }],
    [
      "100 subscriptions",
      { visibilitySubscriptionIds: subscriptions(100), autoApprovalSubscriptionIds: subscriptions(100) },
      {},
    ],
    [
      "a subscription in capital letters",
      { visibilitySubscriptionIds: [TENANT.toUpperCase()], autoApprovalSubscriptionIds: [] },
      { subscriptionId: TENANT },
    ],
    ["a resource id by role", role, { endpoint: { connectBy: "resourceId" } }],
  ])("can be %s", (_, service, consumer) => {
    const content = edited("quickstart", { "provider.privateLinkService": service, ...ofConsumer(consumer) });
    expect(complaints(content)).toEqual([]);
  });

  it("is refused for a provider that nobody can see", () => {
    expect(complaints(edited("quickstart", { consumers: undefined }))).toEqual([
      "provider.privateLinkService.visibilitySubscriptionIds must name at least one subscription, got none; for role-based access say so instead",
    ]);
  });
});

describe("what must be made once only", () => {
  const group = (name: string) =>
    `resourceGroup must be another than the one already made in this subscription, got "${name}" again`;
  const endpoint = (name: string) =>
    `endpoint.name must differ from those of the endpoints in its group that this file makes, got "${name}" again`;
  const otherNetwork = { "consumers.1.network.name": "vnet-other" };
  const shared = { existing: "rg-shared" };
  const noZones = { zones: "none" };

  it.each<[string, Changes, string[]]>([
    [
      "a consumer's name",
      { "consumers.2.name": "team-1" },
      [`consumers[2].name must differ from the other consumers', got "team-1" again`],
    ],
    ["a resource group", { "consumers.1.resourceGroup": "rg-team-1" }, [`consumers[1].${group("rg-team-1")}`]],
    [
      "a resource group in capital letters",
      { "consumers.1.resourceGroup": "RG-Team-1" },
      [`consumers[1].${group("RG-Team-1")}`],
    ],
    [
      "the provider's resource group",
      { "consumers.3.subscriptionId": subscription(1), "consumers.3.resourceGroup": "rg-private-apim" },
      [`consumers[3].${group("rg-private-apim")}`],
    ],
    [
      "an endpoint of the usual name in an existing group",
      {
        ...otherNetwork,
        "consumers.0.resourceGroup": shared,
        "consumers.1.resourceGroup": { existing: "RG-shared" },
        "consumers.0.dns": noZones,
        "consumers.1.dns": noZones,
      },
      [`consumers[1].${endpoint("pe-apim")}`],
    ],
    [
      "an endpoint of one name in an existing group",
      {
        ...otherNetwork,
        "consumers.0.resourceGroup": shared,
        "consumers.1.resourceGroup": shared,
        "consumers.0.dns": noZones,
        "consumers.1.dns": noZones,
        "consumers.0.endpoint": { name: "pe-x" },
        "consumers.1.endpoint": { name: "PE-X" },
      },
      [`consumers[1].${endpoint("PE-X")}`],
    ],
    [
      "everything, three times",
      { "consumers.1.name": "team-1", "consumers.2.name": "team-1", "consumers.3.name": "team-1" },
      [1, 2, 3].map((index) => `consumers[${index}].name must differ from the other consumers', got "team-1" again`),
    ],
    [
      "a resource group that another part of the file makes",
      {
        "consumers.1.resourceGroup": { existing: "rg-team-1" },
        ...otherNetwork,
        "consumers.1.endpoint": { name: "pe-b" },
        "consumers.1.dns": noZones,
      },
      ['consumers[1].resourceGroup must exist before this deployment, but another part of the file makes "rg-team-1"'],
    ],
    [
      "a record in an existing zone",
      {
        "consumers.0.dns": { existingZones: [{ name: "azure-api.net", resourceGroup: "rg-dns" }] },
        "consumers.1.dns": { existingZones: [{ name: "azure-api.net", resourceGroup: "rg-dns" }] },
      },
      [
        'consumers[1].dns.existingZones[0].name must be another zone than where apim-many-4821.azure-api.net has a record already, got "azure-api.net" again',
      ],
    ],
    [
      "a record in an existing zone of a third subscription",
      {
        "consumers.0.dns": {
          existingZones: [{ name: "azure-api.net", resourceGroup: "rg-dns", subscriptionId: subscription(4) }],
        },
        "consumers.2.dns": {
          existingZones: [{ name: "azure-api.net", resourceGroup: "rg-DNS", subscriptionId: subscription(4) }],
        },
      },
      [
        'consumers[2].dns.existingZones[0].name must be another zone than where apim-many-4821.azure-api.net has a record already, got "azure-api.net" again',
      ],
    ],
    [
      "a network in an existing group",
      {
        "consumers.0.resourceGroup": shared,
        "consumers.1.resourceGroup": shared,
        "consumers.1.endpoint": { name: "pe-b" },
        "consumers.1.dns": noZones,
      },
      [
        'consumers[1].network.name must differ from those of the networks in its group that this file makes, got "vnet-consumer" again',
      ],
    ],
    [
      "a subnet in an existing network",
      {
        "consumers.0.network": {
          existing: { name: "vnet-a", resourceGroup: "rg-n" },
          subnet: { addressPrefix: "10.0.0.0/24" },
        },
        "consumers.1.network": {
          existing: { name: "vnet-a", resourceGroup: "rg-n" },
          subnet: { name: "b", addressPrefix: "10.0.0.0/24" },
        },
        "consumers.1.dns": noZones,
      },
      [
        'consumers[1].network.subnet.addressPrefix must differ from those of the subnets in its network that this file makes, got "10.0.0.0/24" again',
      ],
    ],
  ])("is refused twice: %s", (_, changes, expected) => {
    expect(complaints(edited("many-consumers", changes))).toEqual(expected);
  });

  it("is refused twice: a zone in an existing group", () => {
    const content = edited("many-consumers", {
      ...otherNetwork,
      "consumers.0.resourceGroup": shared,
      "consumers.1.resourceGroup": shared,
      "consumers.1.endpoint": { name: "pe-other" },
    });
    expect(complaints(content)).toEqual([
      expect.stringMatching(
        /^consumers\[1\]\.resourceGroup must be another than where the zone apim-many-4821\.azure-api\.net is made already; or leave the zones to one of them with dns\.zones: none$/,
      ),
    ]);
  });

  const GATEWAY = "apim-many-4821.azure-api.net";
  const inNetwork = (name: string, subnet: string) => ({
    existing: { name, resourceGroup: "rg-n" },
    subnet: { existing: subnet },
  });
  const oneNetwork = {
    "consumers.0.network": inNetwork("vnet-a", "snet-a"),
    "consumers.1.network": inNetwork("VNET-a", "snet-b"),
  };
  const unlinked = (resourceGroup: string) => ({
    endpoints: ["gateway"],
    existingZones: [{ name: "azure-api.net", resourceGroup, linked: false }],
  });
  const linkedAlready = (zone: string) =>
    `consumers[1].dns must leave ${zone} out: another part of the file links this network to a zone of that name`;
  const leaveIt = "; dns.zones: none leaves it to that part";

  it("is refused twice: zones of one name in one network", () => {
    expect(complaints(edited("many-consumers", oneNetwork))).toEqual([linkedAlready(GATEWAY) + leaveIt]);
    expect(complaints(edited("many-consumers", { ...oneNetwork, "consumers.1.dns": noZones }))).toEqual([]);
  });

  it("is refused twice: a link to existing zones of one name in one network", () => {
    const changes = { ...oneNetwork, "consumers.0.dns": unlinked("rg-dns-a"), "consumers.1.dns": unlinked("rg-dns-b") };
    expect(complaints(edited("many-consumers", changes))).toEqual([
      expect.stringContaining(linkedAlready("azure-api.net")),
    ]);
  });

  it("is refused twice: a zone in the provider's network, which resolves its host names itself", () => {
    const changes: Changes = {
      "provider.dns": {},
      "provider.network.name": "vnet-p",
      "consumers.1.subscriptionId": subscription(1),
      "consumers.1.network": {
        existing: { name: "VNET-p", resourceGroup: "RG-private-apim" },
        subnet: { addressPrefix: "10.0.9.0/24" },
      },
    };
    expect(complaints(edited("many-consumers", changes))).toEqual([linkedAlready(GATEWAY) + leaveIt]);
    expect(complaints(edited("many-consumers", { ...changes, "consumers.1.dns": noZones }))).toEqual([]);
    expect(complaints(edited("many-consumers", { ...changes, "provider.dns": undefined }))).toEqual([]);
  });

  it.each<[string, Changes]>([
    [
      "zones of one name in two networks",
      {
        "consumers.0.network": inNetwork("vnet-a", "snet-a"),
        "consumers.1.network": inNetwork("vnet-b", "snet-a"),
      },
    ],
    [
      "zones of one name in networks of one name in two subscriptions",
      { "consumers.0.network": inNetwork("vnet-a", "snet-a"), "consumers.2.network": inNetwork("vnet-a", "snet-a") },
    ],
    [
      "zones of other end points in one network",
      {
        ...oneNetwork,
        "consumers.0.dns": { endpoints: ["gateway"] },
        "consumers.1.dns": { endpoints: ["developerPortal"] },
      },
    ],
    [
      "a link to existing zones of one name, one of which is linked already, with other host names",
      {
        ...oneNetwork,
        "consumers.0.dns": unlinked("rg-dns"),
        "consumers.1.dns": {
          endpoints: ["developerPortal"],
          existingZones: [{ name: "azure-api.net", resourceGroup: "rg-dns" }],
        },
      },
    ],
    [
      "a record in existing zones of two subscriptions",
      {
        "consumers.0.dns": { existingZones: [{ name: "azure-api.net", resourceGroup: "rg-dns" }] },
        "consumers.1.dns": {
          existingZones: [{ name: "azure-api.net", resourceGroup: "rg-dns", subscriptionId: subscription(4) }],
        },
      },
    ],
    ["a resource group's name in two subscriptions", { "consumers.2.resourceGroup": "rg-team-1" }],
    [
      "an existing group in two subscriptions",
      { "consumers.0.resourceGroup": shared, "consumers.2.resourceGroup": shared },
    ],
    [
      "the same names of endpoints in two groups",
      { "consumers.0.endpoint": { name: "pe-x" }, "consumers.1.endpoint": { name: "pe-x" } },
    ],
  ])("is not %s", (_, changes) => {
    expect(complaints(edited("many-consumers", changes))).toEqual([]);
  });
});
