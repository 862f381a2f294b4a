import { Changes, complaints, edited, subscription } from "./edited";

const TENANT = "00000000-0000-0000-0000-0000000000a2";

const OTHERS = [subscription(8), subscription(9)];

const zone = (name: string) => ({ name, resourceGroup: "rg-dns" });

const subscriptions = (count: number) => Array.from({ length: count }, (_, index) => subscription(index));

const KEY = edited("quickstart").provider.forwarder.sshPublicKey as string;

/** Changes with places from the only consumer's section. */
const ofConsumer = (changes: Changes) =>
  Object.fromEntries(Object.entries(changes).map(([place, value]) => [`consumers.0.${place}`, value]));

describe("a consumer", () => {
  const inConsumer = (changes: Changes) => complaints(edited("quickstart", ofConsumer(changes)));

  it("has every part judged by that part's own rules", () => {
    const changes: Changes = {
      name: "a--b",
      tenantId: "partner",
      location: "1",
      resourceGroup: "rg/1",
      "network.name": "v",
      "network.subnet.name": "-",
      endpoint: { name: "p", requestMessage: "x".repeat(141) },
      dns: { ttl: 0, endpoints: ["gateway", "gateway"] },
      reachabilityProbe: { name: "vm_probe" },
    };
    expect(
      inConsumer(changes).map((complaint) => complaint.replace(/(must be|must have|must not|is missing).*/, "$1")),
    ).toEqual(
      [
        "name must be",
        "tenantId must be",
        "location must be",
        "resourceGroup must be",
        "network.name must be",
        "network.subnet.name must be",
        "endpoint.name must be",
        "endpoint.requestMessage must have",
        "dns.endpoints[1] must not",
        "dns.ttl must be",
        "reachabilityProbe.sshPublicKey is missing",
        "reachabilityProbe.name must be",
      ].map((complaint) => `consumers[0].${complaint}`),
    );
  });

  it.each(["A", "a_b", "-a", "a-", "a--b", "1a", "", "a".repeat(41)])("cannot be called %j", (name) => {
    expect(inConsumer({ name })).toEqual([
      `consumers[0].name must be 1 to 40 lower-case letters, digits and single '-', beginning with a letter, got ${JSON.stringify(name)}`,
    ]);
  });

  it.each(["a", "a".repeat(40), "a-1-b"])("can be called %s", (name) => {
    expect(inConsumer({ name })).toEqual([]);
  });

  it.each<[string, Changes, string[]]>([
    [
      "a region that is not known",
      { location: "uksoth" },
      [
        expect.stringMatching(
          /^location must be .*, got "uksoth"; the nearest name is uksouth; set allowUnlistedRegion: true /,
        ),
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
      "an end point that stands twice",
      { dns: { endpoints: ["gateway", "gateway"] } },
      ['dns.endpoints[1] must not be listed twice, got "gateway" again'],
    ],
    [
      "a zone that holds none of the host names",
      { dns: { endpoints: ["gateway"], existingZones: [zone("azure-api.net"), zone("example.com")] } },
      [
        'dns.existingZones[1].name must hold one of the host names apim-quickstart-4821.azure-api.net, got "example.com"',
      ],
    ],
    [
      "a size of its probe that is not known",
      { reachabilityProbe: { sshPublicKey: KEY, size: "Standard_B3s" } },
      [expect.stringMatching(/^reachabilityProbe\.size must be a size that Azure has, got "Standard_B3s"; /)],
    ],
  ])("is refused for %s", (_, changes, expected) => {
    expect(inConsumer(changes).map((complaint) => complaint.replace("consumers[0].", ""))).toEqual(expected);
  });

  it("can be in a region that is newer than this product", () => {
    expect(inConsumer({ location: "marsnorth", allowUnlistedRegion: true })).toEqual([]);
  });
});

describe("a consumer's end points", () => {
  const custom = { "provider.apim.customDomains": ["api.example.com"] };
  const superfluous = (host: string) =>
    `consumers[0].dns.endpoints must be left out: only APIM has end points, the service has ${host}`;

  it("are one at least where there is no other host name, which is said once", () => {
    const changes = { "consumers.0.dns": { endpoints: [] } };
    for (const deployment of ["quickstart", "reachability-probe"]) {
      expect(complaints(edited(deployment, changes))).toEqual([
        "consumers[0].dns.endpoints must have an end point: no host name is left that could lead to the endpoint, got []",
      ]);
      expect(complaints(edited(deployment, { ...changes, ...custom }))).toEqual([]);
    }
  });

  it.each([
    ["any-service", "ledger.internal.example.com"],
    ["consumers-by-alias", "apim-shared-4821.azure-api.net"],
  ])("have no effect, and are refused, on other host names than APIM's: %s", (deployment, host) => {
    expect(complaints(edited(deployment, { "consumers.0.dns.endpoints": ["gateway"] }))).toEqual([superfluous(host)]);
    expect(complaints(edited(deployment, { "consumers.0.dns.endpoints": [] }))).toEqual([superfluous(host)]);
  });
});

describe("a consumer's zones", () => {
  it("can be of the longest name that an APIM has", () => {
    expect(complaints(edited("quickstart", { "provider.apim.name": "a".repeat(50) }))).toEqual([]);
  });

  const kept = 'must not be one of the zones that Azure keeps to itself, got "microsoft.com"';

  it.each<[string, string, Changes, string]>([
    [
      "custom domain",
      "many-consumers",
      { "provider.apim.customDomains": ["a.example.com", "microsoft.com"] },
      "provider.apim.customDomains[1]",
    ],
    [
      "custom domain that the provider's network resolves too",
      "many-consumers",
      { "provider.apim.customDomains": ["microsoft.com"], "provider.dns": {} },
      "provider.apim.customDomains[0]",
    ],
    [
      "target's host name",
      "any-service",
      { "provider.target.hostNames": ["microsoft.com"] },
      "provider.target.hostNames[0]",
    ],
    [
      "service's host name",
      "consumers-by-alias",
      { "service.hostNames": ["a.example.com", "microsoft.com"], "consumers.0.dns": {} },
      "service.hostNames[1]",
    ],
  ])(
    "cannot be one that Azure keeps, which is said once where it is written: a %s",
    (_, deployment, changes, place) => {
      expect(complaints(edited(deployment, changes))).toEqual([`${place} ${kept}`]);
    },
  );

  it("can be left out, whatever their names would be", () => {
    const changes = { "provider.apim.customDomains": ["microsoft.com"], "consumers.0.dns": { zones: "none" } };
    expect(complaints(edited("quickstart", changes))).toEqual([]);
  });

  const none = { "consumers.0.dns": { zones: "none", endpoints: ["gateway"] } };

  it("cannot be left out in a network that is made, where a probe calls", () => {
    expect(complaints(edited("reachability-probe", none))).toEqual([
      'consumers[0].dns.zones must be hostScoped for the reachabilityProbe: in a network that is made nothing else resolves apim-probed-4821.azure-api.net, got "none"',
    ]);
  });

  it.each<[string, Changes]>([
    ["where nothing calls", { ...none, "consumers.0.reachabilityProbe": undefined }],
    ["where an existing zone holds the names", { ...none, "consumers.0.dns.existingZones": [zone("azure-api.net")] }],
    [
      "in a network that exists",
      {
        ...none,
        "consumers.0.network": {
          existing: { name: "vnet-a", resourceGroup: "rg-n" },
          subnet: { addressPrefix: "10.0.0.0/24" },
        },
      },
    ],
  ])("can be left out %s", (_, changes) => {
    expect(complaints(edited("reachability-probe", changes))).toEqual([]);
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
      "everybody in the place of a subscription",
      { visibilitySubscriptionIds: ["*"], autoApprovalSubscriptionIds: [] },
      {},
      [
        expect.stringMatching(
          /^provider\.privateLinkService\.visibilitySubscriptionIds\[0\] .* visibility anyoneWithTheAlias is for everybody$/,
        ),
      ],
    ],
    [
      "101 subscriptions",
      { visibilitySubscriptionIds: subscriptions(101), autoApprovalSubscriptionIds: subscriptions(101) },
      {},
      ["visibility", "autoApproval"].map(
        (key) => `provider.privateLinkService.${key}SubscriptionIds must have at most 100 elements, got 101`,
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
    ["approval of nobody by role", { ...role, autoApprovalSubscriptionIds: [] }, {}],
  ])("can be %s", (_, service, consumer) => {
    const content = edited("quickstart", { "provider.privateLinkService": service, ...ofConsumer(consumer) });
    expect(complaints(content)).toEqual([]);
  });

  it("is refused for a provider that nobody can see", () => {
    expect(complaints(edited("quickstart", { consumers: undefined }))).toEqual([
      "provider.privateLinkService.visibilitySubscriptionIds is missing; without consumers in this file it lists who may ask, or visibility is roleBasedAccessOnly or anyoneWithTheAlias",
    ]);
  });

  it("is the provider's tenant where a consumer names none", () => {
    const changes = { "provider.tenantId": TENANT, "provider.privateLinkService": role };
    expect(complaints(edited("quickstart", changes))).toEqual([]);
    expect(complaints(edited("quickstart", { ...changes, "consumers.0.tenantId": subscription(5) }))).toEqual([byRole]);
    expect(complaints(edited("quickstart", { ...changes, "provider.tenantId": "dev" }))).toEqual([
      expect.stringMatching(/^provider\.tenantId must be a UUID/),
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
  const noZones1 = { "consumers.1.dns": noZones };
  const inVnet = (addressPrefix: string, name?: string) => ({
    existing: { name: "vnet-a", resourceGroup: "rg-n" },
    subnet: { name, addressPrefix },
  });

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
      "a subnet's name in an existing network",
      { "consumers.0.network": inVnet("10.0.0.0/24"), "consumers.1.network": inVnet("10.0.1.0/24"), ...noZones1 },
      [
        'consumers[1].network.subnet.name must differ from those of the subnets in its network that this file makes, got "snet-endpoint" again',
      ],
    ],
    [
      "a machine in an existing group, a forwarder and a probe",
      {
        "provider.resourceGroup": shared,
        "consumers.0.subscriptionId": subscription(1),
        "consumers.0.resourceGroup": shared,
        "consumers.0.reachabilityProbe": { sshPublicKey: KEY, name: "VM-forwarder-2" },
      },
      [
        'consumers[0].reachabilityProbe.name must differ from those of the machines in its group that this file makes, got "VM-forwarder-2" again',
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
