import { synthesized, Terraform, withFile } from "../support/synthesized";
import { complaints, edited, subscription } from "./edited";

const AZURERM = {
  backend: "azurerm",
  subscriptionId: subscription(9),
  resourceGroupName: "rg-state",
  storageAccountName: "ststate",
  containerName: "tfstate",
};

const HCP = { backend: "hcpTerraform", organization: "example" };

/** Where each stack of the deployment of three stacks keeps its state. */
function terraforms(state: object | undefined, changes: object = {}): Record<string, Terraform> {
  const content = edited("cross-tenant", { state, ...changes });
  const stacks = withFile(content, (path) => synthesized(path), "cross.yaml");
  return Object.fromEntries(Object.entries(stacks).map(([name, stack]) => [name, stack.terraform as Terraform]));
}

const place = (number: number, group: string, stack: string) =>
  `cross/${subscription(number)}/${group}/${stack}.tfstate`;

describe("the state of a deployment", () => {
  const places = {
    provider: place(1, "rg-private-apim", "provider"),
    handover: place(1, "rg-private-apim", "handover"),
    "consumer-partner": place(2, "rg-apim-partner", "consumer-partner"),
  };

  it.each([undefined, { backend: "local" }])("is local files, one a stack, for %j", (state) => {
    const found = Object.entries(terraforms(state)).map(([name, { backend }]) => [name, backend]);
    expect(Object.fromEntries(found)).toEqual(
      Object.fromEntries(
        Object.entries(places).map(([name, path]) => [name, { local: { path: `../../../state/${path}` } }]),
      ),
    );
  });

  it.each([undefined, subscription(7)])("can be blobs behind Entra authentication, of the tenant %p", (tenantId) => {
    const found = terraforms({ ...AZURERM, tenantId });
    for (const [name, key] of Object.entries(places)) {
      expect(found[name]?.backend).toEqual({
        azurerm: {
          subscription_id: subscription(9),
          ...(tenantId === undefined ? {} : { tenant_id: tenantId }),
          resource_group_name: "rg-state",
          storage_account_name: "ststate",
          container_name: "tfstate",
          key,
          use_azuread_auth: true,
        },
      });
    }
  });

  it("can be workspaces of HCP Terraform, which differ by subscription and resource group", () => {
    const name = (changes: object) => terraforms(HCP, changes).provider?.cloud.workspaces.name as string;
    const names = [
      name({}),
      name({ "provider.subscriptionId": subscription(8) }),
      name({ "provider.resourceGroup": "rg-other" }),
    ];
    for (const one of names) expect(one).toMatch(/^cross-provider-[\da-f]{8}$/);
    expect(new Set(names).size).toBe(3);
    expect(terraforms(HCP).provider?.cloud).toEqual({
      organization: "example",
      workspaces: { name: names[0] },
    });
  });

  it("can be in a project of HCP Terraform that runs elsewhere", () => {
    expect(terraforms({ ...HCP, hostname: "tfe.example.com", project: "Private APIM" }).provider?.cloud).toMatchObject({
      hostname: "tfe.example.com",
      workspaces: { project: "Private APIM" },
    });
  });

  it("cannot be in a group that the same file makes, but in one that exists", () => {
    const inGroup = (resourceGroup: unknown) =>
      complaints(
        edited("cross-tenant", {
          state: { ...AZURERM, subscriptionId: subscription(1), resourceGroupName: "RG-Private-APIM" },
          "provider.subscriptionId": subscription(1),
          "provider.resourceGroup": resourceGroup,
        }),
      );
    expect(inGroup("rg-private-apim")).toEqual([
      'state.resourceGroupName must exist before this deployment, whose state is kept there, but provider makes "RG-Private-APIM"; choose a group that stays',
    ]);
    expect(inGroup({ existing: "rg-private-apim" })).toEqual([]);
    expect(inGroup("rg-other")).toEqual([]);
  });

  it("is the same for a resource group in capital letters, and for one that exists already", () => {
    const path = (resourceGroup: unknown) =>
      terraforms(undefined, { "provider.resourceGroup": resourceGroup }).provider?.backend.local.path as string;
    expect(path("RG-Private-APIM")).toBe(`../../../state/${places.provider}`);
    expect(path({ existing: "rg-private-apim" })).toBe(`../../../state/${places.provider}`);
  });

  it.each<[string, object, string[]]>([
    [
      "blobs",
      {
        ...AZURERM,
        subscriptionId: "dev",
        tenantId: "dev",
        resourceGroupName: "rg.",
        storageAccountName: "st-state",
        containerName: "tf--state",
      },
      [
        'state.subscriptionId must be a UUID such as 12345678-9abc-def0-1234-56789abcdef0, got "dev"',
        'state.tenantId must be a UUID such as 12345678-9abc-def0-1234-56789abcdef0, got "dev"',
        `state.resourceGroupName must be 1 to 90 letters, digits, '_', '-', '.' or parentheses, not ending with '.', got "rg."`,
        'state.storageAccountName must be 3 to 24 lower-case letters and digits, got "st-state"',
        `state.containerName must be 3 to 63 lower-case letters, digits and single '-', got "tf--state"`,
      ],
    ],
    [
      "blobs, by a hair",
      { ...AZURERM, storageAccountName: "a".repeat(25), containerName: "a".repeat(64) },
      [
        `state.storageAccountName must be 3 to 24 lower-case letters and digits, got "${"a".repeat(25)}"`,
        `state.containerName must be 3 to 63 lower-case letters, digits and single '-', got "${"a".repeat(64)}"`,
      ],
    ],
    [
      "workspaces",
      { ...HCP, organization: "an example", hostname: "https://x", project: "ab" },
      [
        `state.organization must be 3 to 40 letters, digits, '_' or '-', got "an example"`,
        'state.hostname must be a lower-case host name such as api.example.com, of at most 63 characters a label and 253 in all, got "https://x"',
        `state.project must be 3 to 40 letters, digits, spaces, '_' or '-', got "ab"`,
      ],
    ],
  ])("is refused as %s", (_, state, expected) => {
    expect(complaints(edited("quickstart", { state }))).toEqual(expected);
  });

  it.each<[string, object]>([
    ["the longest names", { ...AZURERM, storageAccountName: "a".repeat(24), containerName: "a".repeat(63) }],
    ["the shortest names", { ...AZURERM, storageAccountName: "abc", containerName: "a1b" }],
  ])("can have %s", (_, state) => {
    expect(complaints(edited("quickstart", { state }))).toEqual([]);
  });
});
