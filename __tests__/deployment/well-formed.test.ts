import { Changes, complaints, edited } from "./edited";

const UNKNOWN = "is not a key that a deployment file has here; deployments/deployment.schema.json lists them all";

describe("a file of the wrong shape", () => {
  it.each([
    ["nothing", "", "null"],
    ["a comment only", "# to do\n", "null"],
    ["text", "quickstart\n", '"quickstart"'],
    ["a number", "42\n", "42"],
  ])("is refused as %s", (_, content, got) => {
    expect(complaints(content)).toEqual([`the file must be a section with keys, got ${got}`]);
  });

  it.each<[string, Changes, string[]]>([
    ["at the top", { surprise: 1 }, [`surprise ${UNKNOWN}`]],
    ["of a key with a capital too few", { "provider.subscriptionid": "x" }, [`provider.subscriptionid ${UNKNOWN}`]],
    [
      "in sections of every depth",
      {
        "provider.apim.security": { frontendSsl30Enabled: true },
        "provider.network.subnets.privateLinkService.delegation": "x",
        "provider.privateLinkService.enableProxyProtocol": true,
        "provider.loadBalancer.probe.port": 443,
        "consumers.0.endpoint.dns": {},
        "consumers.0.network.subnet.networkSecurityGroup": "nsg",
        "state.backend": "local",
        "state.path": "x",
      },
      [
        "provider.network.subnets.privateLinkService.delegation",
        "provider.apim.security.frontendSsl30Enabled",
        "provider.loadBalancer.probe",
        "provider.privateLinkService.enableProxyProtocol",
        "consumers[0].network.subnet.networkSecurityGroup",
        "consumers[0].endpoint.dns",
        "state.path",
      ].map((place) => `${place.replace(/probe$/, "probe.port")} ${UNKNOWN}`),
    ],
    [
      "of the other operating system",
      { "provider.forwarder.operatingSystem": "windows" },
      [`provider.forwarder.sshPublicKey ${UNKNOWN}`],
    ],
    [
      "of another state",
      { state: { backend: "hcpTerraform", organization: "abc", containerName: "x" } },
      [`state.containerName ${UNKNOWN}`],
    ],
  ])("is refused for a key that is none: %s", (_, changes, expected) => {
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
    [
      "a number for a section or text",
      { "provider.resourceGroup": 5 },
      ["provider.resourceGroup must be a section with keys or text, got 5"],
    ],
    [
      "a section without existing for a section or text",
      { "provider.resourceGroup": { name: "rg" } },
      ['provider.resourceGroup must be text, got {"name":"rg"}'],
    ],
    [
      "an existing group that is a number",
      { "provider.resourceGroup": { existing: 5 } },
      ["provider.resourceGroup.existing must be text, got 5"],
    ],
    ["a number for a tag", { tags: { cost: 42 } }, ["tags.cost must be text, got 42"]],
    ["a list for tags", { tags: ["cost"] }, ['tags must be a section with keys, got ["cost"]']],
    ["text for the state", { state: "local" }, ['state must be a section with keys, got "local"']],
    [
      "a section for an element of a list",
      { "provider.forwarder.ports": [{ port: 443 }] },
      ['provider.forwarder.ports[0] must be a number, got {"port":443}'],
    ],
  ])("is refused for %s", (_, changes, expected) => {
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
      ["provider.forwarder.operatingSystem is missing; it must be one of linux, windows"],
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
    ["no state", { state: {} }, ["state.backend is missing; it must be one of local, azurerm, hcpTerraform"]],
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
  ])("is refused for a choice that there is not: %s", (_, changes, expected) => {
    expect(complaints(edited("quickstart", changes))).toEqual(expected);
  });

  it.each<[string, string, Changes, string[]]>([
    [
      "an empty list of prefixes",
      "quickstart",
      { "consumers.0.network.addressSpace": [] },
      ["consumers[0].network.addressSpace must have at least 1 elements, got []"],
    ],
    [
      "an empty list of machines",
      "quickstart",
      { "provider.forwarder.virtualMachines": [] },
      ["provider.forwarder.virtualMachines must have at least 1 elements, got []"],
    ],
    [
      "an empty list of ports",
      "quickstart",
      { "provider.forwarder.ports": [] },
      ["provider.forwarder.ports must have at least 1 elements, got []"],
    ],
    [
      "an empty list of zones",
      "quickstart",
      { "provider.loadBalancer.zones": [] },
      ["provider.loadBalancer.zones must have at least 1 elements, got []"],
    ],
    [
      "four zones",
      "quickstart",
      { "provider.loadBalancer.zones": [1, 2, 3, 1] },
      ["provider.loadBalancer.zones must have at most 3 elements, got [1,2,3,1]"],
    ],
    [
      "a zone in two ways of writing",
      "quickstart",
      { "provider.loadBalancer.zones": [1, "1"] },
      ['provider.loadBalancer.zones must not hold a zone twice, got [1,"1"]'],
    ],
    [
      "an alias without host names",
      "consumers-by-alias",
      { "service.hostNames": [] },
      ["service.hostNames must have at least 1 elements, got []"],
    ],
    [
      "a consumer's name of 41 characters",
      "quickstart",
      { "consumers.0.name": "a".repeat(41) },
      [`consumers[0].name must have at most 40 characters, got "${"a".repeat(41)}"`],
    ],
  ])("is refused for %s", (_, deployment, changes, expected) => {
    expect(complaints(edited(deployment, changes))).toEqual(expected);
  });

  it.each<[string, string, string[]]>([
    [
      "quickstart",
      "provider",
      ["provider is missing; a file has a provider, or consumers and the service that they use"],
    ],
    [
      "consumers-by-alias",
      "service",
      ["provider is missing; a file has a provider, or consumers and the service that they use"],
    ],
    ["consumers-by-alias", "consumers", ["consumers is missing; a file without a provider has at least one consumer"]],
    ["consumers-by-alias", "service.hostNames", ["service.hostNames is missing; it must be a list"]],
    ["quickstart", "provider.subscriptionId", ["provider.subscriptionId is missing; it must be text"]],
    ["quickstart", "provider.location", ["provider.location is missing; it must be text"]],
    [
      "quickstart",
      "provider.resourceGroup",
      ["provider.resourceGroup is missing; it must be a section with keys or text"],
    ],
    ["quickstart", "provider.network", ["provider.network is missing; it must be a section with keys"]],
    ["quickstart", "provider.network.addressSpace", ["provider.network.addressSpace is missing; it must be a list"]],
    ["quickstart", "provider.network.subnets", ["provider.network.subnets is missing; it must be a section with keys"]],
    ["quickstart", "provider.apim", ["provider.apim is missing; connections go to an APIM instance, or to a target"]],
    [
      "quickstart",
      "provider.forwarder",
      ["provider.forwarder is missing; it carries the connections, unless privateLinkService.mode is directConnect"],
    ],
    ["quickstart", "provider.forwarder.sshPublicKey", ["provider.forwarder.sshPublicKey is missing; it must be text"]],
    [
      "quickstart",
      "provider.loadBalancer",
      ["provider.loadBalancer is missing; it spreads the connections, unless privateLinkService.mode is directConnect"],
    ],
    [
      "quickstart",
      "provider.loadBalancer.privateIpAddress",
      ["provider.loadBalancer.privateIpAddress is missing; it must be text"],
    ],
    ["quickstart", "consumers.0.name", ["consumers[0].name is missing; it must be text"]],
    ["quickstart", "consumers.0.location", ["consumers[0].location is missing; it must be text"]],
    [
      "quickstart",
      "consumers.0.network.subnet.addressPrefix",
      ["consumers[0].network.subnet.addressPrefix is missing; it must be text"],
    ],
    ["production", "state.subscriptionId", ["state.subscriptionId is missing; it must be text"]],
    ["production", "state.storageAccountName", ["state.storageAccountName is missing; it must be text"]],
  ])("is refused: %s without %s", (deployment, place, expected) => {
    expect(complaints(edited(deployment, { [place]: undefined }))).toEqual(expected);
  });

  it("is refused for a service beside a provider", () => {
    expect(complaints(edited("quickstart", { service: { from: "handover.json" } }))).toEqual([
      "service must be left out where there is a provider, whose service the consumers use",
    ]);
  });

  it.each<[string, unknown, string[]]>([
    ["text", "pls", ['service must be a section with keys, got "pls"']],
    ["a hand-over and an alias", { from: "no.json", alias: "x" }, [`service.alias ${UNKNOWN}`]],
    ["a hand-over that is no path", { from: 1 }, ["service.from must be text, got 1"]],
  ])("is refused for a service that is %s", (_, service, expected) => {
    expect(complaints(edited("consumers-by-alias", { service }))).toEqual(expect.arrayContaining(expected));
  });

  it("has every part judged whose shape is right", () => {
    const changes = {
      surprise: 1,
      "provider.apim.name": 4821,
      "provider.apim.skuName": "Standard_1",
      "provider.forwarder.ports": [0, "x"],
      "provider.forwarder.size": "B1s",
      "provider.loadBalancer.zones": [7],
      "provider.loadBalancer.privateIpAddress": "10.0.1.3",
      "consumers.0.name": "A",
      "consumers.0.endpoint": { connectBy: "name", requestMessage: "" },
      tags: { "1": "x" },
    };
    expect(complaints(edited("quickstart", changes))).toEqual([
      "provider.apim.name must be text, got 4821",
      'provider.forwarder.ports[1] must be a number, got "x"',
      "provider.loadBalancer.zones[0] must be one of 1, 2, 3, got 7",
      `consumers[0].name must be lower-case letters, digits and single '-', beginning with a letter, got "A"`,
      'consumers[0].endpoint.connectBy must be one of resourceId, alias, got "name"',
      `surprise ${UNKNOWN}`,
      'provider.forwarder.size must be a VM size such as Standard_B2s, got "B1s"',
      'provider.loadBalancer.privateIpAddress must not be one of the first four addresses or the last of 10.0.1.0/24, which Azure keeps, got "10.0.1.3"',
      'consumers[0].endpoint.requestMessage must have 1 to 140 characters, got 0: ""',
      "tags.1 must have a name of 1 to 512 characters without blanks, parentheses, < > % & \\ ? or /, not beginning with a digit, microsoft, azure or windows",
    ]);
  });
});
