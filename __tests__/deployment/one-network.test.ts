import { Changes, complaints, edited, subscription } from "./edited";

const inVnet = (name: string, subnet: object) => ({ existing: { name, resourceGroup: "rg-n" }, subnet });

const made = (addressPrefix: string, name?: string) => ({ name, addressPrefix });

/** Consumers leave the zones of a network that they share to somebody else. */
const sharing = (changes: Changes): Changes => ({
  "consumers.0.dns": { zones: "none" },
  "consumers.1.dns": { zones: "none" },
  ...changes,
});

describe("consumers in one existing network", () => {
  const two = (first: string, second: string, changes: Changes = {}) =>
    complaints(
      edited("many-consumers", {
        ...sharing({
          "consumers.0.network": inVnet("vnet-a", made(first, "snet-a")),
          "consumers.1.network": inVnet("VNET-A", made(second, "snet-b")),
        }),
        ...changes,
      }),
    );
  const overlap = (first: string, second: string) =>
    `consumers[1].network.subnet.addressPrefix must not overlap ${first} of consumers[0].network.subnet in the same network, got "${second}"`;

  it.each([
    ["10.0.0.0/24", "10.0.0.0/24"],
    ["10.0.0.0/24", "10.0.0.128/25"],
    ["10.0.0.0/24", "10.0.0.248/29"],
    ["10.0.1.64/26", "10.0.0.0/16"],
    ["10.0.0.0/29", "10.0.0.0/8"],
  ])("cannot make subnets that overlap: %s, %s", (first, second) => {
    expect(two(first, second)).toEqual([overlap(first, second)]);
  });

  it("are not told of zones besides where their subnets overlap: they were meant to be in two networks", () => {
    const zones = { "consumers.0.dns": {}, "consumers.1.dns": {} };
    expect(two("10.0.0.0/24", "10.0.0.0/25", zones)).toEqual([overlap("10.0.0.0/24", "10.0.0.0/25")]);
    expect(two("10.0.0.0/24", "10.0.1.0/24", zones)).toEqual([
      expect.stringMatching(/^consumers\[1\]\.dns must leave .* links this network to a zone of that name/),
    ]);
  });

  it.each([
    ["10.0.0.0/24", "10.0.1.0/24"],
    ["10.0.0.0/25", "10.0.0.128/25"],
    ["10.0.0.8/29", "10.0.0.0/29"],
  ])("can make subnets beside each other: %s, %s", (first, second) => {
    expect(two(first, second)).toEqual([]);
  });

  it("cannot be in two regions", () => {
    expect(two("10.0.0.0/24", "10.0.1.0/24", { "consumers.1.location": "eastus" })).toEqual([
      'consumers[1].location must be uksouth, where consumers[0] has the same network "VNET-A", got "eastus"',
    ]);
  });

  it("are judged by what is right of them only", () => {
    expect(two("10.0.0.0/24", "10.0.0.1/24", { "consumers.1.location": "1" })).toEqual([
      expect.stringMatching(/^consumers\[1\]\.location must be a region/),
      expect.stringMatching(/^consumers\[1\]\.network\.subnet\.addressPrefix must begin/),
    ]);
  });

  it("are told from those in a network of the same name in another subscription or group", () => {
    const here = { "consumers.0.network": inVnet("vnet-a", made("10.0.0.0/24")) };
    const elsewhere = { existing: { name: "vnet-a", resourceGroup: "rg-m" }, subnet: made("10.0.0.0/24") };
    expect(
      complaints(edited("many-consumers", { ...here, "consumers.2.network": inVnet("vnet-a", made("10.0.0.0/24")) })),
    ).toEqual([]);
    expect(complaints(edited("many-consumers", { ...here, "consumers.1.network": elsewhere }))).toEqual([]);
  });

  it("can be a thousand, each with a subnet of its own", () => {
    const [consumer] = edited("many-consumers").consumers;
    const consumers = Array.from({ length: 1000 }, (_, index) => ({
      ...consumer,
      name: `team-${index}`,
      resourceGroup: `rg-team-${index}`,
      dns: { zones: "none" },
      network: inVnet("vnet-a", made(`10.${index >> 8}.${index & 255}.0/24`, `snet-${index}`)),
    }));
    expect(complaints(JSON.stringify(edited("many-consumers", { consumers })))).toEqual([]);
  });
});

describe("a consumer beside the provider in one existing network", () => {
  const beside = (addressPrefix: string, changes: Changes = {}) =>
    complaints(
      edited("existing-estate", {
        "consumers.0.subscriptionId": subscription(1),
        "consumers.0.location": "uksouth",
        "consumers.0.network": {
          existing: { name: "vnet-hub", resourceGroup: "RG-hub" },
          subnet: made(addressPrefix, "snet-e"),
        },
        ...changes,
      }),
    );

  it("cannot overlap the subnets that are made for the provider", () => {
    expect(beside("10.20.4.16/28")).toEqual([
      'consumers[0].network.subnet.addressPrefix must not overlap 10.20.4.0/27 of provider.network.subnets.forwarder in the same network, got "10.20.4.16/28"',
    ]);
    expect(beside("10.20.4.32/28")).toEqual([]);
  });

  it("cannot be in another region", () => {
    expect(beside("10.20.4.32/28", { "consumers.0.location": "westeurope" })).toEqual([
      'consumers[0].location must be uksouth, where provider has the same network "vnet-hub", got "westeurope"',
    ]);
  });
});

describe("a consumer in the network that the provider makes", () => {
  const inProviders = (subnet: object, changes: Changes = {}) =>
    complaints(
      edited("quickstart", {
        "provider.network.name": "vnet-p",
        "consumers.0.subscriptionId": subscription(1),
        "consumers.0.location": "uksouth",
        "consumers.0.network": { existing: { name: "VNET-p", resourceGroup: "RG-private-apim" }, subnet },
        ...changes,
      }),
    );

  it("comes after it, so that the network exists", () => {
    expect(inProviders(made("10.0.9.0/24"))).toEqual([]);
    expect(inProviders({ existing: "snet-pls" })).toEqual([]);
  });

  it("cannot overlap its subnets, take their names or leave its address space", () => {
    expect(inProviders(made("10.0.1.128/25", "SNET-pls"))).toEqual([
      'consumers[0].network.subnet.addressPrefix must not overlap 10.0.1.0/24 of provider.network.subnets.privateLinkService in the same network, got "10.0.1.128/25"',
      'consumers[0].network.subnet.name must differ from those of the subnets in its network that this file makes, got "SNET-pls" again',
    ]);
    expect(inProviders(made("10.1.0.0/24"))).toEqual([
      `consumers[0].network.subnet.addressPrefix must lie inside the virtual network's address space 10.0.0.0/16, got "10.1.0.0/24"`,
    ]);
  });

  it("cannot be in another region", () => {
    expect(inProviders(made("10.0.9.0/24"), { "consumers.0.location": "eastus" })).toEqual([
      'consumers[0].location must be uksouth, where provider has the same network "VNET-p", got "eastus"',
    ]);
  });
});
