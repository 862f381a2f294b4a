import { Token } from "cdktf";
import { region, regionName, unlistedRegionProblems, zonesProblem } from "../../lib/azure/region";
import { judged } from "../../lib/azure/settled";
import { shown } from "../../lib/azure/check";

const TOKEN = Token.asString({ resolve: () => "later" });

describe("a region", () => {
  const complaint = (name: string) => judged(region, name).problems.map((problem) => problem.complaint)[0];

  it.each([
    ["uksouth", "uksouth"],
    ["UK South", "uksouth"],
    ["East US 2", "eastus2"],
    ["WestEurope", "westeurope"],
    ["newregion1", "newregion1"],
    [TOKEN, TOKEN],
  ])("can be %s, which is %s", (name, asAzure) => {
    expect(judged(region, name)).toEqual({ value: asAzure, problems: [] });
    expect(regionName(name)).toBe(asAzure);
  });

  it.each(["", "uk", "u k", "2us", "west-europe", "uksouth\n", "x".repeat(41), "x".repeat(100_000)])(
    "fails on %j by its shape, before anything is compared with it",
    (name) => {
      expect(complaint(name)).toBe(`must be a region such as uksouth or 'UK South', got ${shown(name)}`);
    },
  );

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
    expect(complaint(name)).toBe(
      `must be a region of Azure's public cloud, got ${shown(name)} of ${cloud}, which this product does not deploy to`,
    );
  });
});

describe("a region that is not known here", () => {
  it.each(["uksouth", "ukwest", "jioindiawest", TOKEN])("is not %s", (name) => {
    expect(unlistedRegionProblems(name, false)).toEqual([]);
  });

  it.each([
    ["uksoth", "uksouth"],
    ["europe", "westeurope"],
    ["uksuoth", "uksouth"],
    ["eastus9", "eastus"],
    ["southeastus3", "southeastasia"],
  ])("is %s, for which %s is suggested", (name, nearest) => {
    expect(unlistedRegionProblems(name, false)).toEqual([
      {
        path: ["location"],
        complaint: `must be a region of Azure, got "${name}"; the nearest name is ${nearest}; set allowUnlistedRegion: true if it is newer than this product`,
      },
    ]);
  });

  it.each(["global", "x".repeat(20)])("is %s, which nothing is near", (name) => {
    expect(unlistedRegionProblems(name, false)).toEqual([
      {
        path: ["location"],
        complaint: `must be a region of Azure, got "${name}"; set allowUnlistedRegion: true if it is newer than this product`,
      },
    ]);
  });

  it("can be newer than the list where somebody says so", () => {
    expect(unlistedRegionProblems("southeastus3", true)).toEqual([]);
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
