import { check, isToken, known, Problem, shown } from "./check";
import { nearestText } from "./nearest";
import { flag, text } from "./setting";

// The regions of Azure's public cloud by their programmatic names, and whether they have availability zones.
// https://learn.microsoft.com/azure/reliability/regions-list as of 2025-09-23. Beyond that page:
// - denmarkeast, "coming soon" there, is open: https://github.com/Azure/azure-sdk-for-net/issues/58810 (2026-04-29).
// - jioindiacentral, jioindiawest, swedensouth have prices: Azure's retail price list of 2026-06-18, as kept in
//   https://github.com/Azure/karpenter-provider-azure/blob/352646f599/pkg/providers/pricing/zz_generated.pricing.go
const WITH_ZONES =
  "australiaeast austriaeast belgiumcentral brazilsouth canadacentral centralindia centralus chilecentral denmarkeast " +
  "eastasia eastus eastus2 francecentral germanywestcentral indonesiacentral israelcentral italynorth japaneast " +
  "japanwest koreacentral malaysiawest mexicocentral newzealandnorth northeurope norwayeast polandcentral " +
  "qatarcentral southafricanorth southcentralus southeastasia spaincentral swedencentral switzerlandnorth uaenorth " +
  "uksouth westeurope westus2 westus3";
const WITHOUT_ZONES =
  "australiacentral australiacentral2 australiasoutheast brazilsoutheast canadaeast francesouth germanynorth " +
  "koreasouth northcentralus norwaywest southafricawest southindia switzerlandwest uaecentral ukwest westcentralus " +
  "westindia westus";
// unverified: whether these have zones.
const UNKNOWN_ZONES = "jioindiacentral jioindiawest swedensouth";

const ZONES: ReadonlyMap<string, boolean | undefined> = new Map([
  ...WITH_ZONES.split(" ").map((name) => [name, true] as const),
  ...WITHOUT_ZONES.split(" ").map((name) => [name, false] as const),
  ...UNKNOWN_ZONES.split(" ").map((name) => [name, undefined] as const),
]);

const KNOWN_REGIONS: readonly string[] = [...ZONES.keys()];

// the names of all clouds' regions: https://learn.microsoft.com/dotnet/api/microsoft.azure.cosmos.regions (2026-11); the
// first German cloud was closed on 2021-10-29. Bleu, Delos and Singapore: the mappings of regions in
// https://github.com/Azure/azure-cli, acs/addonconfiguration.py, and of Azure's SDKs (2026-11).
const OTHER_CLOUDS: readonly (readonly [cloud: string, names: RegExp])[] = [
  ["Azure Government", /^us(gov|dod)/],
  ["Azure China", /^china/],
  ["the closed German cloud", /^germany(central|northeast)$/],
  ["a secret cloud", /^us(nat|sec)/],
  ["the sovereign cloud Bleu", /^bleu/],
  ["the sovereign cloud Delos", /^delos/],
  ["Azure Singapore", /^singapore/],
];

/** A region's name as Azure's API says it: `UK South` is `uksouth`. azurerm normalizes in the same way. */
export function regionName(text: string): string {
  return isToken(text) ? text : text.toLowerCase().replaceAll(" ", "");
}

const publicRegion = known<string>(
  (value) => {
    const name = regionName(value);
    if (!/^[a-z][a-z\d]{2,39}$/.test(name))
      return `must be a region such as uksouth or 'UK South', got ${shown(value)}`;
    const cloud = OTHER_CLOUDS.find(([, names]) => names.test(name))?.[0];
    return cloud === undefined
      ? undefined
      : `must be a region of Azure's public cloud, got ${shown(value)} of ${cloud}, which this product does not deploy to`;
  },
  { pattern: "^ *[A-Za-z]( *[A-Za-z\\d]){2,39} *$", patternErrorMessage: "must be a region such as uksouth" },
);

/** An Azure region, as people or as Terraform write it; whether it is a known one, `unlistedRegionProblems` says. */
export const region = text(publicRegion).overwrite(regionName);

/** The key by which somebody says that a region exists although it is not known here. */
export const allowUnlistedRegion = flag().default(false);

/** Why a region is none that is known here, unless somebody says that it exists. */
export function unlistedRegionProblems(location: string, allowed: boolean): Problem[] {
  return check("location", location, (name) =>
    allowed || isToken(name) || ZONES.has(name)
      ? undefined
      : `must be a region of Azure, got ${shown(name)}${nearestText(name, KNOWN_REGIONS)}; set allowUnlistedRegion: true if it is newer than this product`,
  );
}

/** Why a region cannot have availability zones, as the complaint about zones; undefined where it has or may have them. */
export function zonesProblem(region: string): string | undefined {
  return ZONES.get(regionName(region)) === false
    ? `must be left out in ${regionName(region)}: the region has no availability zones`
    : undefined;
}
