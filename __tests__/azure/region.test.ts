import { Token } from "cdktf";
import { KNOWN_REGIONS, knownRegion, regionName, zonesProblem } from "../../lib/azure/region";

const TOKEN = Token.asString({ resolve: () => "later" });

describe("a region", () => {
  it.each([...KNOWN_REGIONS, "UK South", "East US 2", "WestEurope", TOKEN])("can be %s", (name) => {
    expect(knownRegion()(name)).toBeUndefined();
  });

  it.each([
    ["uksoth", "uksouth"],
    ["europe", "westeurope"],
    ["UK  Suoth", "uksouth"],
    ["eastus9", "eastus"],
    ["west-europe", "westeurope"],
  ])("fails on %s and suggests %s", (name, nearest) => {
    expect(knownRegion()(name)).toBe(
      `must be a region of Azure, got ${JSON.stringify(name)}; the nearest name is ${nearest}`,
    );
  });

  it.each([
    ["usgovvirginia", "Azure Government"],
    ["USDoD East", "Azure Government"],
    ["chinaeast2", "Azure China"],
    ["germanynortheast", "the closed German cloud"],
    ["usnateast", "a secret cloud"],
    ["bleufrancecentral", "the sovereign cloud Bleu"],
    ["deloscloudgermanycentral", "the sovereign cloud Delos"],
    ["Singapore North", "Azure Singapore"],
  ])("fails on %s of another cloud", (name, cloud) => {
    expect(knownRegion()(name)).toBe(
      `must be a region of Azure's public cloud, got ${JSON.stringify(name)} of ${cloud}, which this product does not deploy to`,
    );
  });

  it("can be one that is newer than the list where somebody says so", () => {
    expect(knownRegion()("southeastus3")).toBeDefined();
    expect(knownRegion(["Southeast US 3"])("southeastus3")).toBeUndefined();
    expect(knownRegion(["southeastus3"])("Southeast US 3")).toBeUndefined();
    expect(knownRegion(["southeastus3"])("southeastus4")).toBe(
      'must be a region of Azure, got "southeastus4"; the nearest name is southeastus3',
    );
  });

  it("suggests within a moment, whatever is typed", () => {
    const started = Date.now();
    knownRegion()("x".repeat(100_000));
    expect(Date.now() - started).toBeLessThan(500);
  });

  it("is written without blanks and capital letters", () => {
    expect(regionName("South Africa North")).toBe("southafricanorth");
    expect(regionName(TOKEN)).toBe(TOKEN);
  });
});

describe("availability zones", () => {
  it.each(["uksouth", "UK South", "westus2", "japanwest", "austriaeast", "jioindiawest", "newregion1", TOKEN])(
    "can be had in %s",
    (region) => {
      expect(zonesProblem(region)).toBeUndefined();
    },
  );

  it.each(["ukwest", "westus", "northcentralus", "westcentralus", "canadaeast", "australiasoutheast"])(
    "are refused in %s",
    (region) => {
      expect(zonesProblem(region)).toBe(`must be left out in ${region}: the region has no availability zones`);
    },
  );

  it("are refused however the region is written", () => {
    expect(zonesProblem("UK West")).toBe("must be left out in ukwest: the region has no availability zones");
  });
});
