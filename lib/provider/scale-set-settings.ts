import { AzurermProviderFeatures } from "@cdktf/provider-azurerm/lib/provider";
import { Problem, check, wholeNumber } from "../azure/check";

/** The part of a scale set that people decide. */
export interface ForwarderScaleSetSettings {
  /** The scale set's name, which begins its machines' host names: at most 58 characters on Linux, 9 on Windows. */
  readonly name: string;
  /**
   * How many machines, 1 to 100; with autoscaling, how many at first.
   *
   * @default 2
   */
  readonly instances?: number;
  /**
   * The zones that the machines are spread over, as evenly as they allow.
   *
   * @default - none
   */
  readonly zones?: string[];
  /**
   * How machines come to a changed model: in batches of a fifth that must become healthy, or all at once.
   *
   * @default "Rolling"
   */
  readonly upgradeMode?: "Rolling" | "Automatic";
  /**
   * The fewest and the most machines, when their number follows the load.
   *
   * @default - the number is fixed
   */
  readonly autoscale?: AutoscaleSettings;
}

/** Between how many machines the load decides. */
export interface AutoscaleSettings {
  /** 1 to 100. */
  readonly minimum: number;
  /** More than `minimum`, to 100: a step that could never be taken is refused by Azure. */
  readonly maximum: number;
}

const DEFAULT_INSTANCES = 2;

// one placement group holds so many, https://learn.microsoft.com/azure/virtual-machine-scale-sets/virtual-machine-scale-sets-placement-groups
const machines = wholeNumber(1, 100, "machines");

/** What is wrong with the settings of a scale set. */
export function scaleSetProblems(settings: ForwarderScaleSetSettings): Problem[] {
  const { instances, autoscale } = settings;
  const malformed = [
    ...check("instances", instances, machines),
    ...check(["autoscale", "minimum"], autoscale?.minimum, machines),
    ...check(["autoscale", "maximum"], autoscale?.maximum, machines),
  ];
  if (malformed.length > 0 || autoscale === undefined) return malformed;
  const { minimum, maximum } = autoscale;
  return [
    ...(maximum <= minimum
      ? [{ path: ["autoscale", "maximum"], complaint: `must be more than minimum, ${minimum}, got ${maximum}` }]
      : []),
    ...(instances !== undefined && maximum > minimum && (instances < minimum || instances > maximum)
      ? [{ path: ["instances"], complaint: `must be between autoscale's ${minimum} and ${maximum}, got ${instances}` }]
      : []),
  ];
}

/** How many machines a scale set has at first: within the bounds of autoscaling, if there is any. */
export function firstInstances({ instances, autoscale }: ForwarderScaleSetSettings): number {
  if (instances !== undefined || autoscale === undefined) return instances ?? DEFAULT_INSTANCES;
  return Math.min(Math.max(autoscale.minimum, DEFAULT_INSTANCES), autoscale.maximum);
}

/** The most machines that a scale set comes to have. */
export function mostInstances(settings: ForwarderScaleSetSettings): number {
  return settings.autoscale?.maximum ?? settings.instances ?? DEFAULT_INSTANCES;
}

/**
 * How azurerm must behave for a scale set with these settings. Azure itself brings machines to a changed model in automatic
 * mode; azurerm would start an upgrade of the operating system as well, and wait for it, where the image's version is "latest":
 * https://github.com/hashicorp/terraform-provider-azurerm/blob/v4.81.0/internal/services/compute/virtual_machine_scale_set_update.go
 */
export function scaleSetFeatures(settings: ForwarderScaleSetSettings | undefined): AzurermProviderFeatures {
  if (settings?.upgradeMode !== "Automatic") return {};
  // the second is the default only while nothing is said about scale sets.
  return { virtualMachineScaleSet: [{ rollInstancesWhenRequired: false, scaleToZeroBeforeDeletion: true }] };
}
