import { isToken, Problem, shown } from "./check";

/** An image in Azure's marketplace, as far as its name says something about it. */
export interface MarketplaceImage {
  readonly publisher: string;
  readonly offer: string;
  readonly sku: string;
}

/** An operating system that an image holds. */
export type ImageSystem = "Linux" | "Windows";

// azurerm's own list, the same from 4.62.0 to 4.81.0: internal/services/compute/shared_schema.go, in
// isValidHotPatchSourceImageReference. It compares letter by letter, so this does too.
const HOTPATCH_SKUS = new Set([
  "2022-datacenter-azure-edition-core",
  "2022-datacenter-azure-edition-core-smalldisk",
  "2022-datacenter-azure-edition-hotpatch",
  "2022-datacenter-azure-edition-hotpatch-smalldisk",
  "2025-datacenter-azure-edition",
  "2025-datacenter-azure-edition-smalldisk",
  "2025-datacenter-azure-edition-core",
  "2025-datacenter-azure-edition-core-smalldisk",
]);

/**
 * Whether azurerm takes a Windows machine of this image with `patch_mode = "AutomaticByPlatform"` only; it says so when
 * the machine is created, after everything else. A scale set has no such argument.
 */
export function needsPlatformPatching({ publisher, offer, sku }: MarketplaceImage): boolean {
  return publisher === "MicrosoftWindowsServer" && offer === "WindowsServer" && HOTPATCH_SKUS.has(sku);
}

/** What an image's words match, without regard to capital letters, in which Azure does not distinguish them. */
interface Family {
  readonly publisher: RegExp;
  readonly offer?: RegExp;
  readonly system: ImageSystem;
  /** The editions of generation 1. */
  readonly generation1?: RegExp;
}

// Publishers, offers and SKUs:
// - https://learn.microsoft.com/azure/virtual-machines/automatic-vm-guest-patching#supported-os-images (2024-07-31), which
//   has the editions of both generations side by side,
// - https://github.com/cyber-scot/terraform-azurerm-linux-virtual-machine-os-sku-calculator (2024), in pairs of them,
// - Windows: https://github.com/actions/runner-images/issues/13939 (2026-04-16: 2025-Datacenter is generation 1,
//   2025-Datacenter-g2 is 2, server-gen1 is 1, server is 2) and https://github.com/Azure/AzureStack-Tools/pull/711
//   (2026-05-18: azure-edition is never generation 1).
// What matches nothing here is let through: an image's name says little about it.
const FAMILIES: readonly Family[] = [
  {
    publisher: /^MicrosoftWindowsServer$/,
    offer: /^WindowsServer$/,
    system: "Windows",
    generation1: /^(2008-R2-SP1|20(12|12-R2|16|19|22|25)-datacenter(?!.*(-g2|-gen2|-gensecond|azure-edition)).*)$/,
  },
  { publisher: /^MicrosoftWindows(Server|Desktop)/, system: "Windows" },
  { publisher: /^MicrosoftSQLServer$/, offer: /-ws20\d\d/, system: "Windows" },
  { publisher: /^Center-for-Internet-Security-Inc$/, offer: /^cis-win/, system: "Windows" },
  { publisher: /^Center-for-Internet-Security-Inc$/, offer: /^cis-(rhel|ubuntu|debian|suse|oracle)/, system: "Linux" },
  {
    publisher: /^Canonical$/,
    system: "Linux",
    generation1: /^((minimal-|pro-)?(16|18|20|22)[._]04(\.0)?-lts)$/,
  },
  { publisher: /^RedHat$/, offer: /^RHEL$/, system: "Linux", generation1: /^([789]([._]\d+)?|[789]-(lvm|raw))$/ },
  { publisher: /^RedHat$/, system: "Linux" },
  { publisher: /^Debian$/, system: "Linux", generation1: /^1[012]$/ },
  { publisher: /^almalinux$/, system: "Linux", generation1: /^8_\d+$/ },
  { publisher: /^OpenLogic$/, offer: /^CentOS$/, system: "Linux", generation1: /^[678][._]\d$/ },
  { publisher: /^Oracle$/, offer: /^Oracle-Linux$/, system: "Linux", generation1: /^ol\d\d(-lvm)?$/ },
  { publisher: /^kinvolk$/, system: "Linux", generation1: /^(stable|beta|alpha|lts\d*)$/ },
  { publisher: /^(SUSE|credativ|CoreOS|MicrosoftCblMariner|resf)$/, system: "Linux" },
].map(({ publisher, offer, generation1, ...rest }) => ({
  ...(rest as { system: ImageSystem }),
  publisher: anyCase(publisher),
  offer: offer && anyCase(offer),
  generation1: generation1 && anyCase(generation1),
}));

function anyCase(pattern: RegExp): RegExp {
  return new RegExp(pattern.source, "i");
}

function familyOf({ publisher, offer }: MarketplaceImage): Family | undefined {
  return FAMILIES.find((family) => family.publisher.test(publisher) && (family.offer?.test(offer) ?? true));
}

/** The operating system of an image, where its name says it. */
export function operatingSystemOf(image: MarketplaceImage): ImageSystem | undefined {
  return familyOf(image)?.system;
}

/** Whether an image is of generation 1, as far as its name says it. */
export function isGeneration1(image: MarketplaceImage): boolean {
  return /(^|[-_])gen1$/i.test(image.sku) || (familyOf(image)?.generation1?.test(image.sku) ?? false);
}

/**
 * What is wrong with an image for a machine with Trusted Launch, as far as its name says it: generation 1, or another
 * operating system.
 */
export function imageKindProblems(image: MarketplaceImage, system: ImageSystem): Problem[] {
  if ([image.publisher, image.offer, image.sku].some((word) => isToken(word))) return [];
  const actual = operatingSystemOf(image);
  if (actual !== undefined && actual !== system) {
    return [
      {
        path: ["publisher"],
        complaint: `must be of an image of ${system}, got ${shown(image.publisher)}, whose offer ${shown(image.offer)} is ${actual}`,
      },
    ];
  }
  return isGeneration1(image)
    ? [
        {
          path: ["sku"],
          complaint: `must be of an image of generation 2, which Trusted Launch needs, got ${shown(image.sku)} of generation 1; most of generation 2 have g2, gen2 or gensecond in their names`,
        },
      ]
    : [];
}
