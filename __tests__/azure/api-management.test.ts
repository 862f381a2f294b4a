import { Token } from "cdktf";
import {
  APIM_ENDPOINTS,
  apimAddresses,
  apimHostName,
  apimZoneProblems,
  internalSku,
  LIVE_APIM_ENDPOINTS,
} from "../../lib/azure/api-management";
import { shown } from "../../lib/azure/check";

const TOKEN = Token.asString({ resolve: () => "later" });
const PUBLIC_IP = { name: "pip-apim", domainNameLabel: "contoso-apim" };

describe("a SKU for internal mode", () => {
  it.each(["Developer_1", "Premium_1", "Premium_9", "Premium_10", "Premium_99", TOKEN])("can be %s", (sku) => {
    expect(internalSku(sku)).toBeUndefined();
  });

  it.each([
    "",
    "Developer",
    "Developer_0",
    "Developer_2",
    "Premium_0",
    "Premium_01",
    "Premium_100",
    "Premium",
    "premium_1",
    "PremiumV2_1",
    "StandardV2_1",
    "Standard_1",
    "Basic_1",
    "Consumption_0",
  ])("fails on %j", (sku) => {
    expect(internalSku(sku)).toBe(
      `must be Developer_1 or Premium_1 to Premium_99, the only SKUs with internal VNet mode, got ${shown(sku)}`,
    );
  });
});

describe("zones", () => {
  const NO_ADDRESS = {
    path: ["publicIpAddress"],
    complaint: "is missing; an instance with zones in a network needs a public address of its own",
  };

  it.each([
    ["Developer_1", undefined],
    ["Premium_1", undefined],
    ["Premium_1", ["1"]],
    ["Premium_2", ["1", "3"]],
    ["Premium_6", ["1", "2", "3"]],
    [TOKEN, ["1", "2"]],
  ])("go with %s: %j", (sku, zones) => {
    expect(apimZoneProblems(sku, zones, PUBLIC_IP)).toEqual([]);
  });

  it.each([
    ["there are no zones", "Premium_1", undefined],
    ["the SKU is not known yet", TOKEN, ["1"]],
  ])("need no public address where %s", (_, sku, zones) => {
    expect(apimZoneProblems(sku, zones, undefined)).toEqual([]);
  });

  it("fail without a public address", () => {
    expect(apimZoneProblems("Premium_2", ["1", "2"], undefined)).toEqual([NO_ADDRESS]);
  });

  it("fail without Premium", () => {
    for (const address of [undefined, PUBLIC_IP]) {
      expect(apimZoneProblems("Developer_1", ["1"], address)).toEqual([
        { path: ["zones"], complaint: "must be left out for Developer_1: only Premium has availability zones" },
      ]);
    }
  });

  it.each([
    ["Premium_1", ["1", "2"]],
    ["Premium_4", ["1", "2", "3"]],
  ])("fail with %s, whose units cannot be spread evenly over %j", (sku, zones) => {
    const units = {
      path: ["skuName"],
      complaint: `must have a multiple of ${zones.length} units to spread them evenly over the zones ${zones.join(", ")}, got "${sku}"`,
    };
    expect(apimZoneProblems(sku, zones, PUBLIC_IP)).toEqual([units]);
    expect(apimZoneProblems(sku, zones, undefined)).toEqual([NO_ADDRESS, units]);
  });
});

it.each([
  ["Developer_1", 2],
  ["Premium_1", 3],
  ["Premium_2", 5],
  ["Premium_12", 25],
])("%s takes %d addresses of its subnet", (sku, count) => {
  expect(apimAddresses(sku)).toBe(count);
});

it.each([
  ["gateway", "contoso.azure-api.net"],
  ["developerPortal", "contoso.developer.azure-api.net"],
  ["configuration", "contoso.configuration.azure-api.net"],
  ["portal", "contoso.portal.azure-api.net"],
  ["management", "contoso.management.azure-api.net"],
  ["scm", "contoso.scm.azure-api.net"],
] as const)("the %s answers to %s", (endpoint, hostName) => {
  expect(apimHostName("Contoso", endpoint)).toBe(hostName);
});

it("retired end points are not among the live ones", () => {
  expect(APIM_ENDPOINTS.filter((endpoint) => !LIVE_APIM_ENDPOINTS.some((live) => live === endpoint))).toEqual([
    "portal",
    "management",
    "scm",
  ]);
});

it("the host names of an instance whose name is not known yet begin with that name", () => {
  expect(apimHostName(TOKEN, "gateway")).toBe(`${TOKEN}.azure-api.net`);
});
