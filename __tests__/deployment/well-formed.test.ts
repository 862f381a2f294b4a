import { Changes, complaints, edited } from "./edited";

const none = "is not a key here;";

const isMissing = "is missing; it must be";

const atLeastOne = "must have at least 1 element, got []";

const NO_SIDE = "provider is missing; a file has a provider, or consumers and the service that they use";

describe("a deployment file is refused", () => {
  it.each([
    ["nothing", "", "null"],
    ["a comment only", "# to do\n", "null"],
    ["text", "quickstart\n", '"quickstart"'],
    ["a number", "42\n", "42"],
  ])("as %s", (_, content, got) => {
    expect(complaints(content)).toEqual([`the file must be a section with keys, got ${got}`]);
  });

  it.each<[string, Changes, string[]]>([
    [
      "near another",
      { "provider.subscriptionid": "x" },
      [`provider.subscriptionid ${none} did you mean subscriptionId?`],
    ],
    [
      "near the key of another kind of section",
      { "provider.apim": { exsting: { name: "apim", resourceGroup: "rg" } } },
      [
        ...["name", "publisherName", "publisherEmail"].map((key) => `provider.apim.${key} ${isMissing} text`),
        `provider.apim.exsting ${none} did you mean existing?`,
      ],
    ],
    [
      "near no other, in sections of every depth",
      {
        surprise: 1,
        "provider.network.subnets.privateLinkService.delegation": "x",
        "provider.loadBalancer.probe.port": 443,
        "consumers.0.endpoint.dns": {},
        "consumers.0.network.subnet.networkSecurityGroup": "nsg",
        state: { backend: "local", path: "x" },
      },
      [
        `provider.network.subnets.privateLinkService.delegation ${none} there are name, addressPrefix, networkSecurityGroup, existing`,
        `provider.loadBalancer.probe.port ${none} there are name, intervalInSeconds, probeThreshold`,
        `consumers[0].network.subnet.networkSecurityGroup ${none} there are name, addressPrefix, existing`,
        `consumers[0].endpoint.dns ${none} there are name, connectBy, requestMessage`,
        `state.path ${none} there are backend`,
        `surprise ${none} there are name, provider, service, consumers, tags, state`,
      ],
    ],
    [
      "of the other operating system",
      { "provider.forwarder": { operatingSystem: "windows", sshPublicKey: "x" } },
      [expect.stringMatching(/^provider\.forwarder\.sshPublicKey is not a key here; there are operatingSystem, /)],
    ],
    [
      "of another state",
      { state: { backend: "hcpTerraform", organization: "abc", containerName: "x" } },
      [`state.containerName ${none} there are backend, organization, hostname, project`],
    ],
  ])("for a key that is none: %s", (_, changes, expected) => {
    expect(complaints(edited("quickstart", changes))).toEqual(expected);
  });

  it.each<[string, Changes, string[]]>([
    [
      "text for a number",
      { "provider.loadBalancer.probe.probeThreshold": "2" },
      ['provider.loadBalancer.probe.probeThreshold must be a number, got "2"'],
    ],
    ["a number for text", { "provider.apim.name": 4821 }, ["provider.apim.name must be text, got 4821"]],
    ["nothing for text", { "provider.apim.name": null }, ["provider.apim.name must be text, got null"]],
    [
      "text for true or false",
      { "provider.forwarder.ipForwardingEnabled": "yes" },
      ['provider.forwarder.ipForwardingEnabled must be true or false, got "yes"'],
    ],
    [
      "text for a list",
      { "provider.network.addressSpace": "10.0.0.0/16" },
      ['provider.network.addressSpace must be a list, got "10.0.0.0/16"'],
    ],
    [
      "a list for a section",
      { "provider.loadBalancer.rule": [] },
      ["provider.loadBalancer.rule must be a section with keys, got []"],
    ],
    [
      "text for a section of two kinds",
      { "provider.apim": "apim-hub" },
      ['provider.apim must be a section with keys, got "apim-hub"'],
    ],
    [
      "text for an existing subnet",
      { "provider.network.subnets.privateLinkService": "snet" },
      ['provider.network.subnets.privateLinkService must be a section with keys, got "snet"'],
    ],
    ["a number for a resource group", { "provider.resourceGroup": 5 }, ["provider.resourceGroup must be text, got 5"]],
    [
      "a section without existing for a resource group",
      { "provider.resourceGroup": { name: "rg" } },
      [
        "provider.resourceGroup.existing is missing; it must be text",
        "provider.resourceGroup.name is not a key here; there are existing",
      ],
    ],
    [
      "an existing group that is a number",
      { "provider.resourceGroup": { existing: 5 } },
      ["provider.resourceGroup.existing must be text, got 5"],
    ],
    ["a number for a tag", { tags: { cost: 42 } }, ["tags.cost must be text, got 42"]],
    ["a list for the provider", { provider: [] }, ["provider must be a section with keys, got []"]],
    ["text for the provider", { provider: "x" }, ['provider must be a section with keys, got "x"']],
    ["nothing for the consumers", { consumers: null }, ["consumers must be a list, got null"]],
    [
      "consumers under a key that is misspelt",
      { consumers: undefined, consumer: [] },
      ["consumer is not a key here; did you mean consumers?"],
    ],
    [
      "a key that means another protocol than any that there is",
      { "provider.apim.security": { frontendSsl30Enabled: true } },
      [
        "provider.apim.security.frontendSsl30Enabled is not a key here; there are frontendTls10Enabled, frontendTls11Enabled, backendTls10Enabled, backendTls11Enabled, tripleDesCiphersEnabled",
      ],
    ],
    [
      "everybody among those whose requests are granted",
      { "provider.privateLinkService": { autoApprovalSubscriptionIds: ["*"] } },
      [
        'provider.privateLinkService.autoApprovalSubscriptionIds[0] must be a subscription, got "*"; visibility anyoneWithTheAlias is for everybody',
      ],
    ],
    ["a list for tags", { tags: ["cost"] }, ['tags must be a section with keys, got ["cost"]']],
    ["text for the state", { state: "local" }, ['state must be a section with keys, got "local"']],
    [
      "a section for an element of a list",
      { "provider.forwarder.ports": [{ port: 443 }] },
      ['provider.forwarder.ports[0] must be a number, got {"port":443}'],
    ],
  ])("for %s", (_, changes, expected) => {
    expect(complaints(edited("quickstart", changes))).toEqual(expected);
  });

  it.each<[string, Changes, string[]]>([
    [
      "an operating system",
      { "provider.forwarder.operatingSystem": "bsd" },
      ['provider.forwarder.operatingSystem must be one of linux, windows, got "bsd"'],
    ],
    [
      "no operating system",
      { "provider.forwarder.operatingSystem": undefined },
      [`provider.forwarder.operatingSystem ${isMissing} one of linux, windows`],
    ],
    [
      "a disk",
      { "provider.forwarder.osDiskType": "UltraSSD_LRS" },
      [
        'provider.forwarder.osDiskType must be one of Standard_LRS, StandardSSD_LRS, StandardSSD_ZRS, Premium_LRS, Premium_ZRS, got "UltraSSD_LRS"',
      ],
    ],
    [
      "an upgrade mode",
      { "provider.forwarder.scaleSet": { name: "vmss", upgradeMode: "Manual" } },
      ['provider.forwarder.scaleSet.upgradeMode must be one of Rolling, Automatic, got "Manual"'],
    ],
    [
      "a visibility",
      { "provider.privateLinkService.visibility": "public" },
      [
        'provider.privateLinkService.visibility must be one of roleBasedAccessOnly, restrictedBySubscription, anyoneWithTheAlias, got "public"',
      ],
    ],
    [
      "a mode",
      { "provider.privateLinkService.mode": "direct" },
      ['provider.privateLinkService.mode must be one of loadBalancer, directConnect, got "direct"'],
    ],
    [
      "a way to connect",
      { "consumers.0.endpoint": { connectBy: "name" } },
      ['consumers[0].endpoint.connectBy must be one of resourceId, alias, got "name"'],
    ],
    [
      "an end point",
      { "consumers.0.dns": { endpoints: ["gateway", "git"] } },
      [
        'consumers[0].dns.endpoints[1] must be one of gateway, developerPortal, configuration, portal, management, scm, got "git"',
      ],
    ],
    [
      "zones",
      { "consumers.0.dns": { zones: "all" } },
      ['consumers[0].dns.zones must be one of hostScoped, none, got "all"'],
    ],
    ["a state", { state: { backend: "s3" } }, ['state.backend must be one of local, azurerm, hcpTerraform, got "s3"']],
    ["no state", { state: {} }, [`state.backend ${isMissing} one of local, azurerm, hcpTerraform`]],
    [
      "availability zones",
      { "provider.loadBalancer.zones": ["2", 4, "a"] },
      [
        "provider.loadBalancer.zones[1] must be one of 1, 2, 3, got 4",
        'provider.loadBalancer.zones[2] must be one of 1, 2, 3, got "a"',
      ],
    ],
    [
      "a machine's zone",
      { "provider.forwarder.virtualMachines": [{ name: "vm-1", zone: 0 }] },
      ["provider.forwarder.virtualMachines[0].zone must be one of 1, 2, 3, got 0"],
    ],
  ])("for a choice that there is not: %s", (_, changes, expected) => {
    expect(complaints(edited("quickstart", changes))).toEqual(expected);
  });

  it.each<[string, string, string]>([
    ["prefixes", "quickstart", "consumers[0].network.addressSpace"],
    ["machines", "quickstart", "provider.forwarder.virtualMachines"],
    ["ports", "quickstart", "provider.forwarder.ports"],
    ["zones", "quickstart", "provider.loadBalancer.zones"],
    ["host names", "consumers-by-alias", "service.hostNames"],
  ])("for an empty list of %s", (_, deployment, place) => {
    const changes = { [place.replace("[0]", ".0")]: [] };
    expect(complaints(edited(deployment, changes))).toEqual([`${place} ${atLeastOne}`]);
  });

  it.each<[string, string, string[]]>([
    ["quickstart", "provider", [NO_SIDE]],
    ["consumers-by-alias", "service", [NO_SIDE]],
    ["consumers-by-alias", "consumers", ["consumers is missing; a file without a provider has at least one consumer"]],
    ["consumers-by-alias", "service.hostNames", [`service.hostNames ${isMissing} a list`]],
    ["quickstart", "provider.subscriptionId", [`provider.subscriptionId ${isMissing} text`]],
    ["quickstart", "provider.location", [`provider.location ${isMissing} text`]],
    ["quickstart", "provider.resourceGroup", [`provider.resourceGroup ${isMissing} text`]],
    ["quickstart", "provider.network", [`provider.network ${isMissing} a section with keys`]],
    ["quickstart", "provider.network.addressSpace", [`provider.network.addressSpace ${isMissing} a list`]],
    ["quickstart", "provider.network.subnets", [`provider.network.subnets ${isMissing} a section with keys`]],
    ["quickstart", "provider.apim", ["provider.apim is missing; connections go to an APIM instance, or to a target"]],
    [
      "quickstart",
      "provider.forwarder",
      ["provider.forwarder is missing; it carries the connections, unless privateLinkService.mode is directConnect"],
    ],
    ["quickstart", "provider.forwarder.sshPublicKey", [`provider.forwarder.sshPublicKey ${isMissing} text`]],
    [
      "quickstart",
      "provider.loadBalancer",
      ["provider.loadBalancer is missing; it spreads the connections, unless privateLinkService.mode is directConnect"],
    ],
    [
      "quickstart",
      "provider.loadBalancer.privateIpAddress",
      [`provider.loadBalancer.privateIpAddress ${isMissing} text`],
    ],
    ["quickstart", "consumers.0.name", [`consumers[0].name ${isMissing} text`]],
    ["quickstart", "consumers.0.location", [`consumers[0].location ${isMissing} text`]],
    [
      "quickstart",
      "consumers.0.network.subnet.addressPrefix",
      [`consumers[0].network.subnet.addressPrefix ${isMissing} text`],
    ],
    ["production", "state.subscriptionId", [`state.subscriptionId ${isMissing} text`]],
    ["production", "state.storageAccountName", [`state.storageAccountName ${isMissing} text`]],
  ])("in %s without %s", (deployment, place, expected) => {
    expect(complaints(edited(deployment, { [place]: undefined }))).toEqual(expected);
  });

  it("for a service beside a provider, whatever it says", () => {
    expect(complaints(edited("quickstart", { service: { from: "handover.json" } }))).toEqual([
      "service must be left out where there is a provider, whose service the consumers use",
    ]);
  });

  it.each<[string, unknown, string[]]>([
    ["text", "pls", ['service must be a section with keys, got "pls"']],
    ["a hand-over and an alias", { from: "no.json", alias: "x" }, [`service.alias ${none} there are from`]],
    ["a hand-over that is no path", { from: 1 }, ["service.from must be text, got 1"]],
  ])("for a service that is %s", (_, service, expected) => {
    expect(complaints(edited("consumers-by-alias", { service }))).toEqual(expect.arrayContaining(expected));
  });

  it("for everything at once, what is right beside what is malformed too", () => {
    const changes = {
      surprise: 1,
      "provider.apim.name": 4821,
      "provider.apim.skuName": "Standard_1",
      "provider.forwarder.ports": [443, 0, "x"],
      "provider.forwarder.size": "B1s",
      "provider.loadBalancer.zones": [7],
      "provider.loadBalancer.privateIpAddress": "10.0.1.3",
      "consumers.0.name": "A",
      "consumers.0.endpoint": { connectBy: "name", requestMessage: "" },
      "consumers.0.network.addressSpace": ["10.1.0.0/16"],
      tags: { "cost/center": "x" },
    };
    const content = edited("quickstart", changes);
    expect(complaints(content)).toEqual([
      "provider.apim.name must be text, got 4821",
      'provider.apim.skuName must be Developer_1 or Premium_1 to Premium_99, the only SKUs with internal VNet mode, got "Standard_1"',
      "provider.forwarder.ports[1] must be a whole number from 1 to 65534, got 0",
      'provider.forwarder.ports[2] must be a number, got "x"',
      'provider.forwarder.size must be a VM size such as Standard_B2s, got "B1s"',
      "provider.loadBalancer.zones[0] must be one of 1, 2, 3, got 7",
      `consumers[0].name must be 1 to 40 lower-case letters, digits and single '-', beginning with a letter, got "A"`,
      'consumers[0].endpoint.connectBy must be one of resourceId, alias, got "name"',
      'consumers[0].endpoint.requestMessage must have 1 to 140 bytes, of which a letter outside ASCII takes two or more, got 0: ""',
      expect.stringMatching(/^tags\.cost\/center /),
      `surprise ${none} there are name, provider, service, consumers, tags, state`,
      'provider.loadBalancer.privateIpAddress must not be one of the first four addresses or the last of 10.0.1.0/24, which Azure keeps, got "10.0.1.3"',
      `consumers[0].network.subnet.addressPrefix must lie inside the virtual network's address space 10.1.0.0/16, got "10.0.1.0/24"`,
    ]);
  });
});
