import { tmpdir } from "node:os";
import { DeploymentError } from "../../lib/deployment/deployment-error";
import { loadDeployment } from "../../lib/deployment/load";
import { refusals, withFile } from "../support/synthesized";
import { Changes, complaints, edited, subscription } from "./edited";

/** The whole message with which a file is refused, without the folder it is in. */
function message(content: unknown, name?: string): string {
  return withFile(
    content,
    (path) => {
      try {
        loadDeployment(path, {});
      } catch (error) {
        expect(error).toBeInstanceOf(DeploymentError);
        return (error as Error).message.replace(path, "FILE");
      }
      return "";
    },
    name,
  );
}

describe("a deployment file", () => {
  it.each([
    [
      "a sequence that does not end",
      "provider: [1\nconsumers: 2\n",
      "FILE is not YAML:\n- the line is indented by too much or too little, or a bracket above is not closed, at line 2, column 1",
    ],
    [
      "a key that stands twice",
      "tags:\n  a: b\n  a: c\n",
      "FILE is not YAML:\n- a key must not stand twice in a section, at line 3, column 3",
    ],
    [
      "a tab",
      "provider:\n\tname: x\n",
      "FILE is not YAML:\n- lines must be indented with blanks, not with tabs, at line 2, column 1",
    ],
    [
      "two documents",
      "a: 1\n---\nb: 2\n",
      "FILE must hold one deployment, got several documents with --- between them",
    ],
  ])("that is not YAML is refused where it is not: %s", (_, content, expected) => {
    expect(message(content)).toContain(expected);
  });

  it.each([
    ["is not there", `${tmpdir()}/apim-private-link-nowhere.yaml`],
    ["is a folder", tmpdir()],
  ])("that %s is refused", (_, path) => {
    expect(() => loadDeployment(path, {})).toThrow(
      new DeploymentError(`there is no deployment file ${path}; DEPLOYMENT=path chooses one`),
    );
  });

  it("is refused with everything at once, each thing with its line", () => {
    const content = `name: Prod
provider:
  subscriptionId: dev
  location: UK South!
  resourceGroup: rg
  network:
    addressSpace:
      - 10.0.0.0/16
      - 10.0.0.0/30
    subnets:
      apim: { addressPrefix: 10.0.2.0/24 }
      privateLinkService:
        addressPrefix: 10.0.1.0/24
        nsg: x
  apim: { name: apim, publisherName: "", publisherEmail: a@example.com }
  forwarder:
    operatingSystem: windows
    ports: [443, 0]
    # the line of a comment counts, too

  loadBalancer:
    zones: [1]
consumers:
  - name: one
    subscriptionId: ${subscription(2)}
    location: uksouth
    resourceGroup: rg-one
    network: { addressSpace: [10.0.0.0/16], subnet: { addressPrefix: 10.1.0.0/24 } }
  - name: one
    subscriptionId: ${subscription(2)}
    location: uksouth
    resourceGroup: rg-two
    network: { addressSpace: [10.0.0.0/16], subnet: { addressPrefix: 10.0.0.0/24 } }
state: { backend: s3 }
`;
    expect(message(content)).toBe(
      [
        "FILE cannot be deployed:",
        `name (line 1) must be 1 to 40 lower-case letters, digits or '-', got "Prod"`,
        'provider.subscriptionId (line 3) must be a UUID such as 12345678-9abc-def0-1234-56789abcdef0, got "dev"',
        `provider.location (line 4) must be a region such as uksouth or 'UK South', got "UK South!"`,
        'provider.network.addressSpace[1] (line 9) must be between /2 and /29, the largest and the smallest that Azure takes, got "10.0.0.0/30"',
        "provider.network.subnets.privateLinkService.nsg (line 14) is not a key here; there are name, addressPrefix, networkSecurityGroup, existing",
        'provider.apim.publisherName (line 15) must have 1 to 100 characters, got 0: ""',
        "provider.forwarder.ports[1] (line 18) must be a whole number from 1 to 65534, got 0",
        "provider.loadBalancer.privateIpAddress (line 22) is missing; it must be text",
        'state.backend (line 34) must be one of local, azurerm, hcpTerraform, got "s3"',
        `consumers[0].network.subnet.addressPrefix (line 28) must lie inside the virtual network's address space 10.0.0.0/16, got "10.1.0.0/24"`,
        `consumers[1].name (line 29) must differ from the other consumers', got "one" again`,
      ].join("\n- "),
    );
  });

  it.each([
    ["an anchor that holds itself", "provider: &a\n  network: *a\n"],
    ["a list that holds itself", "consumers: &a [*a]\n"],
    ["an anchor that holds itself at a distance", "provider: &a\n  apim: { x: [{ y: *a }] }\nconsumers: [*a]\n"],
  ])("is refused for %s, by one line without a stack trace", (_, content) => {
    expect(message(content)).toBe(
      "FILE is not YAML that can be read: an anchor stands for something that holds itself",
    );
  });

  it("is refused for an alias without an anchor", () => {
    expect(message("provider: *a\n")).toBe(
      'FILE is not YAML:\n- the alias "a" must have an anchor before it, at line 1, column 11',
    );
  });

  it("can use an anchor 150 times", () => {
    const { consumers, ...rest } = edited("quickstart");
    const { network } = consumers[0];
    const [first, ...others] = Array.from({ length: 151 }, (_, index) =>
      JSON.stringify({ ...consumers[0], name: `team-${index}`, resourceGroup: `rg-${index}`, network: "here" }),
    );
    const list = [
      first?.replace('"here"', `&network ${JSON.stringify(network)}`),
      ...others.map((consumer) => consumer.replace('"here"', "*network ")),
    ];
    const content = JSON.stringify({ ...rest, consumers: "here" }).replace('"here"', `[${list.join(", ")}]`);
    const deployment = withFile(content, (path) => loadDeployment(path, {}));
    expect(content.match(/\*network/g)).toHaveLength(150);
    expect(deployment.consumers).toHaveLength(151);
    for (const consumer of deployment.consumers) expect(consumer.network).toMatchObject(network);
  });

  it("that is JSON is read as well", () => {
    expect(refusals(JSON.stringify(edited("quickstart")))).toEqual([]);
  });

  it.each([
    ["quickstart.yaml", "quickstart"],
    ["Prod_EU.v2.yml", "prod-eu-v2"],
    ["--x--.yaml", "x"],
    ["___.yaml", "deployment"],
    [`${"a".repeat(39)}-b.yaml`, "a".repeat(39)],
    [`${"a".repeat(41)}.yaml`, "a".repeat(40)],
    ["ÄÖ.yaml", "deployment"],
  ])("without a name is called after its own: %s is %s", (file, name) => {
    expect(withFile(edited("quickstart"), (path) => loadDeployment(path, {}).name, file)).toBe(name);
  });

  it.each(["a", "4", "a".repeat(40)])("can have the name %s", (name) => {
    expect(withFile(edited("quickstart", { name }), (path) => loadDeployment(path, {}).name)).toBe(name);
  });

  it.each(["", "-a", "A", "a_b", "a".repeat(41)])("cannot have the name %j", (name) => {
    expect(complaints(edited("quickstart", { name }))).toEqual([
      `name must be 1 to 40 lower-case letters, digits or '-', got "${name}"`,
    ]);
  });
});

describe("env:NAME", () => {
  const changes: Changes = {
    "provider.subscriptionId": "env:PROVIDER",
    "provider.privateLinkService": {
      visibilitySubscriptionIds: ["env:ONE", "env:TWO"],
      autoApprovalSubscriptionIds: ["env:TWO"],
    },
    "consumers.0.subscriptionId": "env:ONE",
    "consumers.0.tenantId": "env:TENANT",
    state: {
      backend: "azurerm",
      subscriptionId: "env:PROVIDER",
      resourceGroupName: "rg",
      storageAccountName: "stterraform",
      containerName: "tfstate",
    },
  };
  const environment = {
    PROVIDER: subscription(1),
    ONE: subscription(2).toUpperCase(),
    TWO: subscription(3),
    TENANT: "00000000-0000-0000-0000-0000000000A2",
  };
  const unset = (place: string, variable: string, kind = "subscription") =>
    `${place} names the environment variable "${variable}", which is not set; set it to a ${kind} id`;

  it("is replaced wherever the id of a subscription or tenant stands", () => {
    const { provider, consumers, state } = withFile(edited("quickstart", changes), (path) =>
      loadDeployment(path, environment),
    );
    expect(provider?.subscriptionId).toBe(subscription(1));
    expect(provider?.privateLinkService).toMatchObject({
      visibilitySubscriptionIds: [subscription(2), subscription(3)],
      autoApprovalSubscriptionIds: [subscription(3)],
    });
    expect(consumers[0]).toMatchObject({
      subscriptionId: subscription(2),
      tenantId: "00000000-0000-0000-0000-0000000000a2",
    });
    expect(state).toMatchObject({ subscriptionId: subscription(1) });
  });

  it.each([
    ["unset", {}],
    ["empty", { PROVIDER: "", ONE: "", TWO: "", TENANT: "" }],
  ])("that is %s is refused once for each place, and nothing follows from it", (_, values) => {
    const visible = { "provider.privateLinkService.visibilitySubscriptionIds": [subscription(2)] };
    expect(complaints(edited("quickstart", { ...changes, ...visible }), values)).toEqual([
      unset("provider.subscriptionId", "PROVIDER"),
      unset("provider.privateLinkService.autoApprovalSubscriptionIds[0]", "TWO"),
      unset("consumers[0].subscriptionId", "ONE"),
      unset("consumers[0].tenantId", "TENANT", "tenant"),
      unset("state.subscriptionId", "PROVIDER"),
    ]);
  });

  it("that is not set is refused within a list by its place there", () => {
    expect(complaints(edited("quickstart", changes), { ...environment, TWO: "" })).toEqual(
      expect.arrayContaining([
        unset("provider.privateLinkService.visibilitySubscriptionIds[1]", "TWO"),
        unset("provider.privateLinkService.autoApprovalSubscriptionIds[0]", "TWO"),
      ]),
    );
  });

  it("without a name is refused as unset", () => {
    expect(complaints(edited("provider-only", { "provider.subscriptionId": "env:" }))).toEqual([
      unset("provider.subscriptionId", ""),
    ]);
  });

  it("is looked up in the environment that is given, not in the process's", () => {
    expect(process.env).toHaveProperty("PATH");
    expect(complaints(edited("provider-only", { "provider.subscriptionId": "env:PATH" }))).toEqual([
      unset("provider.subscriptionId", "PATH"),
    ]);
  });

  it("tells the line of the place", () => {
    expect(refusals("provider:\n  subscriptionId: env:NOWHERE\n")).toContain(
      'provider.subscriptionId (line 2) names the environment variable "NOWHERE", which is not set; set it to a subscription id',
    );
  });

  it("with a value that is no id is refused by the value", () => {
    expect(complaints(edited("provider-only", { "provider.subscriptionId": "env:ID" }), { ID: "dev" })).toEqual([
      'provider.subscriptionId must be a UUID such as 12345678-9abc-def0-1234-56789abcdef0, got "dev"',
    ]);
  });

  it("is text elsewhere, and only at the beginning", () => {
    const content = edited("provider-only", {
      "provider.apim.publisherName": "env:PROVIDER",
      tags: { subscriptionId: "env:NOWHERE" },
      "provider.subscriptionId": `x env:PROVIDER`,
    });
    expect(complaints(content, environment)).toEqual([
      'provider.subscriptionId must be a UUID such as 12345678-9abc-def0-1234-56789abcdef0, got "x env:PROVIDER"',
    ]);
  });
});
