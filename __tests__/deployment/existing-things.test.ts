import { Changes, complaints, edited, subscription } from "./edited";

const existing = (name: string, resourceGroup: string, subnet: object = { addressPrefix: "10.0.9.0/24" }) => ({
  existing: { name, resourceGroup },
  subnet,
});

const zone = (name: string, resourceGroup: string, more: object = {}) => ({ name, resourceGroup, ...more });

const noZones = { zones: "none" };

describe("what exists before a deployment", () => {
  it.each<[string, string, Changes, string[]]>([
    [
      "a consumer's group that another one makes",
      "many-consumers",
      { "consumers.1.resourceGroup": { existing: "RG-team-1" } },
      ['consumers[1].resourceGroup must exist before this deployment, but consumers[0] makes "RG-team-1"'],
    ],
    [
      "the provider's group that a consumer makes",
      "many-consumers",
      { "provider.resourceGroup": { existing: "rg-team-1" }, "consumers.0.subscriptionId": subscription(1) },
      ['provider.resourceGroup must exist before this deployment, but consumers[0] makes "rg-team-1"'],
    ],
    [
      "a network that another consumer makes",
      "many-consumers",
      { "consumers.1.network": existing("VNET-consumer", "rg-team-1"), "consumers.1.dns": noZones },
      ['consumers[1].network.existing.name must exist before this deployment, but consumers[0] makes "VNET-consumer"'],
    ],
    [
      "a network in a group that another consumer makes",
      "many-consumers",
      { "consumers.1.network": existing("vnet-other", "rg-team-1") },
      [
        'consumers[1].network.existing.resourceGroup must exist before this deployment, but consumers[0] makes "rg-team-1"',
      ],
    ],
    [
      "a network in a group of one's own",
      "many-consumers",
      { "consumers.1.network": existing("vnet-other", "rg-team-2") },
      [
        'consumers[1].network.existing.resourceGroup must exist before this deployment, but consumers[1] makes "rg-team-2"',
      ],
    ],
    [
      "another network than the provider's in the group that it makes",
      "many-consumers",
      {
        "consumers.1.subscriptionId": subscription(1),
        "consumers.1.network": existing("vnet-other", "rg-private-apim"),
      },
      [
        'consumers[1].network.existing.resourceGroup must exist before this deployment, but provider makes "rg-private-apim"',
      ],
    ],
    [
      "a subnet that another consumer makes",
      "many-consumers",
      {
        "consumers.0.network": existing("vnet-a", "rg-n"),
        "consumers.1.network": existing("vnet-a", "rg-n", { existing: "SNET-endpoint" }),
        "consumers.1.dns": noZones,
      },
      [
        'consumers[1].network.subnet.existing must exist before this deployment, but consumers[0] makes "SNET-endpoint"',
      ],
    ],
    [
      "the provider's network and APIM in a group that it makes",
      "existing-estate",
      { "provider.resourceGroup": "rg-hub", "provider.apim.existing.resourceGroup": "RG-hub" },
      [
        'provider.network.existing.resourceGroup must exist before this deployment, but provider makes "rg-hub"',
        'provider.apim.existing.resourceGroup must exist before this deployment, but provider makes "RG-hub"',
      ],
    ],
    [
      "a zone that another consumer makes",
      "many-consumers",
      {
        "consumers.0.resourceGroup": { existing: "rg-dns" },
        "consumers.1.dns": { endpoints: ["gateway"], existingZones: [zone("apim-many-4821.azure-api.net", "RG-dns")] },
      },
      [
        'consumers[1].dns.existingZones[0].name must exist before this deployment, but consumers[0] makes "apim-many-4821.azure-api.net"',
      ],
    ],
    [
      "a zone in a group that the provider makes",
      "many-consumers",
      {
        "consumers.1.dns": {
          existingZones: [zone("azure-api.net", "rg-private-apim", { subscriptionId: subscription(1) })],
        },
      },
      [
        'consumers[1].dns.existingZones[0].resourceGroup must exist before this deployment, but provider makes "rg-private-apim"',
      ],
    ],
  ])("cannot be made by it: %s", (_, deployment, changes, expected) => {
    expect(complaints(edited(deployment, changes))).toEqual(expected);
  });

  it.each<[string, string, Changes]>([
    [
      "a network, group and zone of the same names in another subscription",
      "many-consumers",
      {
        "consumers.2.network": existing("vnet-consumer", "rg-team-1"),
        "consumers.2.dns": { existingZones: [zone("azure-api.net", "rg-team-1")] },
      },
    ],
    [
      "an existing group and an existing network in it",
      "many-consumers",
      { "consumers.1.resourceGroup": { existing: "rg-x" }, "consumers.1.network": existing("vnet-x", "rg-x") },
    ],
    [
      "one existing subnet for two consumers",
      "many-consumers",
      {
        "consumers.0.network": existing("vnet-a", "rg-n", { existing: "snet" }),
        "consumers.1.network": existing("vnet-a", "rg-n", { existing: "snet" }),
        "consumers.1.dns": noZones,
      },
    ],
  ])("can be %s", (_, deployment, changes) => {
    expect(complaints(edited(deployment, changes))).toEqual([]);
  });
});
