import { judgement } from "../../policies/judge/judge";
import { EVERYTHING, of, POLICIES, production, quickstart, said } from "./judged";

it("a zone-redundant deployment with tags, remote state and protection violates nothing", () => {
  expect(said(production)).toEqual([]);
});

it("a policy without its parameters is not judged, and says what it needs", () => {
  const { policies } = judgement(POLICIES, {}, []);
  expect(Object.fromEntries(policies.map(({ name, needs }) => [name, needs]))).toEqual({
    "deletion-protection": ["deletionProtection"],
    "open-to-internet": [],
    "public-address": [],
    regions: ["regions"],
    "remote-state": ["remoteState"],
    tags: ["requiredTags"],
  });
});

describe("tags", () => {
  const vnet = (tags: unknown) => ({ azurerm_virtual_network: { V: { name: "v", tags } } });

  it("finds each that is missing or empty, on everything that takes tags", () => {
    expect(of("tags", vnet({ OWNER: "" }))).toEqual([
      "azurerm_virtual_network.V tags: has no tag `owner`",
      "azurerm_virtual_network.V tags: has no tag `Environment`",
    ]);
    expect(said(quickstart, { requiredTags: ["owner"] }).length).toBeGreaterThan(10);
  });

  it("makes no difference between capitals and small letters, as Azure makes none", () => {
    expect(of("tags", vnet({ Owner: "a", environment: "${var.environment}" }))).toEqual([]);
  });

  it("takes nothing for there that nobody knows", () => {
    expect(of("tags", vnet("${merge(local.a, var.b)}"))).toEqual([
      "azurerm_virtual_network.V tags: has tags that nobody knows before Terraform runs",
    ]);
  });

  it("asks what cannot have tags for none, and zones for none that they drop", () => {
    expect(of("tags", { azurerm_subnet: { S: {} }, azurerm_something_else: { E: {} } })).toEqual([]);
    expect(of("tags", { azurerm_private_dns_zone: { Z: {} } }, { requiredTags: ["cost center"] })).toEqual([]);
  });

  it("asks a type that it does not know where it has a location", () => {
    expect(of("tags", { azurerm_something_else: { E: { location: "x" } } }, { requiredTags: ["owner"] })).toHaveLength(
      1,
    );
  });
});

describe("regions", () => {
  const vnet = (location: string) => ({ azurerm_virtual_network: { V: { location } } });

  it("finds another one, however it is written", () => {
    expect(of("regions", vnet("westeurope"))).toEqual([]);
    expect(of("regions", vnet("North Europe"))).toEqual([]);
    expect(of("regions", vnet("uksouth"))).toEqual([
      "azurerm_virtual_network.V regions: has location `uksouth`; allowed: West Europe, northeurope, eastus2",
    ]);
  });

  it("follows names, and finds APIM's further regions", () => {
    const group = { azurerm_resource_group: { G: { location: "westeurope" } } };
    const apim = {
      S: { location: "${azurerm_resource_group.G.location}", additional_location: { location: "uksouth" } },
    };
    expect(of("regions", { ...group, azurerm_api_management: apim })).toEqual([
      "azurerm_api_management.S regions: has additional_location.location `uksouth`; allowed: West Europe, northeurope, eastus2",
    ]);
  });

  it("takes nothing for allowed that nobody knows", () => {
    expect(of("regions", vnet("${var.region}"))[0]).toContain("has a location that nobody knows before Terraform runs");
  });
});

describe("deletion-protection", () => {
  it("finds APIM and the service without it", () => {
    expect(said(quickstart, { deletionProtection: true })).toEqual([
      "provider azurerm_api_management.ApimVnet_Apim_056A03CD deletion-protection: has no prevent_destroy",
      "provider azurerm_private_link_service.PrivateLinkService_8003C028 deletion-protection: has no prevent_destroy",
    ]);
  });

  it("asks nothing where a team wants none", () => {
    expect(said(quickstart, { deletionProtection: false })).toEqual([]);
  });
});

describe("remote-state", () => {
  it("finds every stack with a local one", () => {
    expect(said(quickstart, { remoteState: true })).toEqual([
      "provider terraform remote-state: keeps the state in a local file",
      "consumer-external terraform remote-state: keeps the state in a local file",
    ]);
    expect(said(quickstart, { remoteState: false })).toEqual([]);
  });

  it("finds a stack without a backend, and takes HCP Terraform's for one", () => {
    expect(of("remote-state", {})).toEqual(["terraform remote-state: has no backend: a local file"]);
    expect(of("remote-state", {}, EVERYTHING, { terraform: { cloud: { organization: "o" } } })).toEqual([]);
  });
});
