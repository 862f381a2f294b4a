import { Token } from "cdktf";
import { hostName, RESERVED_ZONES, zoneName } from "../../lib/azure/host-name";
import { shown } from "../../lib/azure/check";

const TOKEN = Token.asString({ resolve: () => "later" });

const labels = (count: number) => Array.from({ length: count }, () => "a").join(".");
const long = (length: number) => `${"a".repeat(63)}.${"b".repeat(63)}.${"c".repeat(63)}.${"d".repeat(length - 192)}`;
const SHAPE = "must be a lower-case host name such as api.example.com, of at most 63 characters a label and 253 in all";

const BOTH = [
  ["a host name", hostName],
  ["a zone's name", zoneName],
] as const;

describe.each(BOTH)("%s", (_, rule) => {
  it.each([
    "api.example.com",
    "a.b",
    "contoso.azure-api.net",
    "contoso.developer.azure-api.net",
    "b949b309-6100-4581-b1d1-77a8fbbf58dc.privatelink.germanywestcentral.azmk8s.io",
    "privatelink.blob.core.windows.net",
    "shop.privatelink.database.windows.net",
    "notazure.com",
    "1.example.com",
    "10.0.0.1.example",
    `${"a".repeat(63)}.example`,
    long(253),
    labels(34),
    TOKEN,
  ])("can be %s", (name) => {
    expect(rule(name)).toBeUndefined();
  });

  it.each([
    "",
    "..",
    "localhost",
    "a..b",
    "a.b.",
    "-a.b",
    "a-.b",
    "a_b.example",
    "Api.example.com",
    "api.example.com\n",
    `${"a".repeat(64)}.example`,
    long(254),
  ])("fails on %j", (name) => {
    expect(rule(name)).toBe(`${SHAPE}, got ${shown(name)}`);
  });

  it.each(["10.0.1.4", "127.0.0.1", "1.2", "api.example.7"])("fails on %s, which reads as an address", (name) => {
    expect(rule(name)).toBe(`must be a host name such as api.example.com and no address, got "${name}"`);
  });
});

describe("a host name", () => {
  it.each([
    ["azure.com", "azure.com"],
    ["management.azure.com", "azure.com"],
    ["shop.blob.core.windows.net", "windows.net"],
  ])("fails on %s", (name, domain) => {
    expect(hostName(name)).toBe(`must not lie in ${domain}, which is for Azure's own services, got "${name}"`);
  });
});

describe("a zone's name", () => {
  it.each(RESERVED_ZONES)("fails on %s", (name) => {
    expect(zoneName(name)).toBe(`must not be one of the zones that Azure keeps to itself, got "${name}"`);
  });

  it.each(["azure-api.net", "shop.trafficmanager.net"])("can be %s, which no source refuses", (name) => {
    expect(zoneName(name)).toBeUndefined();
  });

  it("fails on 35 labels", () => {
    expect(zoneName(labels(35))).toBe(`must have at most 34 labels to be a private DNS zone, got 35: "${labels(35)}"`);
    expect(hostName(labels(35))).toBeUndefined();
  });
});
