import { both, Check, check, isToken, known, matching, Problem, shown } from "./check";
import { nearestText } from "./nearest";
import { flag } from "./setting";
import { VM_SIZES } from "./vm-sizes";

/** The size of a forwarder's machine where nobody says another. */
export const DEFAULT_SIZE = "Standard_B2s";

const wellFormed = matching(
  /^[Ss][Tt][Aa][Nn][Dd][Aa][Rr][Dd]_[A-Za-z\d][\w-]{0,60}$/,
  `a VM size such as ${DEFAULT_SIZE}`,
);

// one text with a blank around each, which is made in less time than a map of them.
const SIZES = ` ${VM_SIZES.join(" ")} `;
const IN_LOWER_CASE = SIZES.toLowerCase();

/** How Azure spells a size; undefined for one that is not known here. */
function spelling(size: string): string | undefined {
  const at = IN_LOWER_CASE.indexOf(` ${size.toLowerCase()} `);
  return at < 0 ? undefined : SIZES.slice(at + 1, at + 1 + size.length);
}

/**
 * A size as Azure spells it, whatever its capital letters; one that is not known here is left as it is.
 *
 * Azure takes either (https://github.com/Azure/azure-cli/issues/9238), but does not always answer as it was asked, and
 * azurerm 4.62 to 4.81 compares letter by letter: it neither normalizes nor suppresses such a difference of `size` and
 * `sku`, so it would plan a change for ever (https://github.com/hashicorp/terraform-provider-azurerm/issues/487).
 */
export function sizeName(size: string): string {
  return spelling(size) ?? size;
}

/** Series that cannot be had any more, with the day on which Azure stopped them. */
const RETIRED: readonly (readonly [series: string, sizes: RegExp, day: string])[] = [
  // https://github.com/azure-deprecation/dashboard/issues/35
  ["A8 to A11", /^A(8|9|10|11)$/, "2021-03-01"],
  // https://learn.microsoft.com/azure/cloud-services/cloud-services-sizes-specs#h-series by way of
  // https://github.com/terraform-linters/tflint-ruleset-azurerm/pull/270 (2023-06)
  ["H", /^H\d+m?r?(_Promo)?$/, "2022-08-31"],
  // https://learn.microsoft.com/azure/virtual-machines/sizes/retirement/retired-sizes-list (2026-04)
  ["NCv3", /^NC\d+r?s_v3$/, "2025-09-30"],
];

/**
 * Series that cannot boot a generation 2 image with Trusted Launch. Where no other source is named:
 * https://learn.microsoft.com/azure/virtual-machines/trusted-launch#virtual-machines-sizes (2025-04-21; its edition of
 * 2023-04-25 names the series one by one), https://learn.microsoft.com/azure/virtual-machines/generation-2 (2024-03-04).
 */
const WITHOUT_TRUSTED_LAUNCH: readonly (readonly [series: string, sizes: RegExp])[] = [
  ["A", /^A\d+\w*$/],
  ["D and DS", /^DS?\d+$/],
  // the page of Dsv2 says generation 1 (2024-07-29), the older one of Trusted Launch counts Dsv2 among those that can:
  // https://learn.microsoft.com/azure/virtual-machines/sizes/general-purpose/dsv2-series
  ["Dv2 and Dsv2", /^DS?\d+i?(-\d+)?_v2(_Promo)?$/],
  ["Dv3 and Ev3", /^[DE]\d+i?_v3$/],
  ["Dpsv5", /^D\d+pl?[ds]{0,2}_v5$/],
  ["confidential DC and EC", /^(DC|EC)\d+i?[ae][a-z]*(_cc)?_v\d+$/],
  // https://github.com/kubermatic/kubeone/pull/3885 (2025-11-10)
  ["F", /^F\d+$/],
  // on neither page, unlike GS.
  ["G", /^G\d+$/],
  ["M, Mv2, Msv2 and Mdsv2", /^M\d+(-\d+)?[a-z]*(_\d+)?(_v2)?$/],
  ["first NC", /^NC\d+r?(_Promo)?$/],
  ["ND A100", /^ND\d+am?sr?(_A100)?_v4$/],
  // generation 1 only: https://learn.microsoft.com/azure/virtual-machines/sizes/fpga-accelerated/np-series (2026-04-13)
  ["NP", /^NP\d+s$/],
  ["first NV", /^NV\d+(_Promo)?$/],
];

/** The part of a size's name behind `Standard_`, spelled as Azure does. */
function bareName(size: string): string {
  return sizeName(size).replace(/^Standard_/i, "");
}

// what a JSON Schema can say of them.
const SIZES_WITHOUT = [...RETIRED, ...WITHOUT_TRUSTED_LAUNCH].map(([, sizes]) => sizes.source.slice(1, -1)).join("|");

/** A size that Azure did not retire and that can boot a generation 2 image with Trusted Launch. */
export const trustedLaunchSize: Check<string> = both(
  wellFormed,
  known(
    (size) => {
      const name = bareName(size);
      const retired = RETIRED.find(([, sizes]) => sizes.test(name));
      if (retired !== undefined) {
        return `must be a size that Azure still has, which retired the ${retired[0]} series on ${retired[2]}, got ${shown(size)}`;
      }
      const unable = WITHOUT_TRUSTED_LAUNCH.find(([, sizes]) => sizes.test(name))?.[0];
      return (
        unable &&
        `must be a size with Trusted Launch, which the ${unable} series ${unable.includes(" and ") ? "lack" : "lacks"}, got ${shown(size)}; Standard_B2s and Standard_D2s_v5 have it`
      );
    },
    {
      pattern: `^(?!Standard_(${SIZES_WITHOUT})$)`,
      patternErrorMessage: "must be a size that Azure still has and that has Trusted Launch, such as Standard_D2s_v5",
    },
  ),
);

const ARM = /^[A-Z]+\d+(-\d+)?[a-z]*p/;

/**
 * A size that can boot an image for x64 processors; a `p` among the letters behind the number of vCPUs says Arm.
 * https://learn.microsoft.com/azure/virtual-machines/vm-naming-conventions
 */
export const x64Size: Check<string> = both(
  trustedLaunchSize,
  known(
    (size) =>
      ARM.test(bareName(size))
        ? `must be an x64 size, because the image is for x64, got the Arm size ${shown(size)}`
        : undefined,
    { pattern: "^(?!Standard_[A-Z]+\\d+(-\\d+)?[a-z]*p)", patternErrorMessage: "must be an x64 size" },
  ),
);

/** A size for Windows. https://learn.microsoft.com/azure/virtual-machines/sizes/general-purpose/bv1-series */
export const windowsSize: Check<string> = both(
  x64Size,
  known(
    (size) =>
      bareName(size) === "B1ls"
        ? `must be a size that Windows runs on, got ${shown(size)}, which is for Linux only`
        : undefined,
    { pattern: "^(?!Standard_B1ls$)", patternErrorMessage: "must be a size that Windows runs on" },
  ),
);

/** The key by which somebody says that a size exists although it is not known here. */
export const allowUnlistedSize = flag().default(false);

/** The sizes that could stand in the place of one: those that can boot, for Arm where it says Arm itself. */
function acceptedLike(size: string): string[] {
  const arm = ARM.test(bareName(size));
  return VM_SIZES.filter((other) => ARM.test(bareName(other)) === arm && trustedLaunchSize(other) === undefined);
}

/** Why a size is none that is known here, unless somebody says that it exists. */
export function unlistedSizeProblems(size: string, allowed: boolean): Problem[] {
  return check("size", size, (name) =>
    allowed || isToken(name) || spelling(name) !== undefined
      ? undefined
      : `must be a size that Azure has, got ${shown(name)}${nearestText(name, acceptedLike(name))}; set allowUnlistedSize: true if it is newer than this product`,
  );
}

/**
 * A size that takes premium disks: an `s` among the letters behind the number of vCPUs says so.
 * https://learn.microsoft.com/azure/virtual-machines/vm-naming-conventions
 */
export function takesPremiumDisks(size: string): boolean {
  return isToken(size) || /^([DGL]S\d|[A-Z]+\d+(-\d+)?[a-z]*s|DC8_v2$)/i.test(bareName(size));
}

/**
 * Of the first B series, only the largest have it: https://learn.microsoft.com/azure/virtual-machines/sizes/general-purpose/bv1-series
 * (2026-03-10); DCsv2 has none: https://learn.microsoft.com/azure/virtual-machines/sizes/general-purpose/dcsv2-series
 */
export function hasAcceleratedNetworking(size: string): boolean {
  return isToken(size) || !/^(B(\d+|\d+l?s|[1-8]ms)|DC\ds?_v2)$/i.test(bareName(size));
}

/** Why a size cannot have accelerated networking, as the complaint about the switch for it. */
export function acceleratedNetworkingProblem(size: string): string | undefined {
  if (hasAcceleratedNetworking(size)) return undefined;
  const others = bareName(size).startsWith("B") ? "; of its series only Standard_B12ms, B16ms and B20ms can" : "";
  return `must be false for ${sizeName(size)}, got true${others}`;
}
