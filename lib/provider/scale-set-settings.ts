import { AzurermProviderFeatures } from "@cdktf/provider-azurerm/lib/provider";
import { z } from "zod";
import { check, isToken, Problem } from "../azure/check";
import { choice, section, text, whole } from "../azure/setting";
import { zones } from "../azure/zone";
import { machineProblems, machineSettings } from "../machine/machine-settings";
import { OperatingSystem } from "../machine/operating-system";

// one placement group holds so many, https://learn.microsoft.com/azure/virtual-machine-scale-sets/virtual-machine-scale-sets-placement-groups
const machines = whole(1, 100, "machines");

const DEFAULT_INSTANCES = 2;

const autoscale = section({
  /** The fewest machines. */
  minimum: machines,
  /** The most machines, more than minimum: a step that could never be taken is refused by Azure. */
  maximum: machines,
});

/** What a scale set is told beside what all machines are. */
export function scaleSetSettings(operatingSystem: OperatingSystem) {
  return {
    /** The name of the scale set, which begins its machines' host names: at most 58 characters on Linux, 9 on Windows. */
    name: text(operatingSystem.scaleSetName),
    /** How many machines; with autoscale, how many at first. */
    instances: machines.optional().meta({ default: DEFAULT_INSTANCES }),
    /** The zones that the machines are spread over, as evenly as they allow. */
    zones: zones.optional(),
    /** How machines come to a changed model: in batches of a fifth that must become healthy, or all at once. */
    upgradeMode: choice("Rolling", "Automatic").default("Rolling"),
    /** The fewest and the most machines, when CPU load and the number of flows decide; where it is left out, the number is fixed. */
    autoscale: autoscale.optional(),
  };
}

/** All that a scale set is told. */
export function loneScaleSetSettings(operatingSystem: OperatingSystem) {
  return section({ ...scaleSetSettings(operatingSystem), ...machineSettings(operatingSystem.size) });
}

/** All that a scale set is told, as somebody writes it. */
export type ForwarderScaleSetSettings = z.input<ReturnType<typeof loneScaleSetSettings>>;

/** What a scale set is told beside what all machines are, with its defaults. */
export type ScaleSet = z.output<z.ZodObject<ReturnType<typeof scaleSetSettings>>>;

/** What is wrong between the numbers of a scale set. */
export function scaleSetProblems({ instances, autoscale }: ScaleSet): Problem[] {
  if (autoscale === undefined) return [];
  const { minimum, maximum } = autoscale;
  if (isToken(minimum) || isToken(maximum)) return [];
  if (maximum <= minimum) {
    return [{ path: ["autoscale", "maximum"], complaint: `must be more than minimum, ${minimum}, got ${maximum}` }];
  }
  return check("instances", instances, (count) =>
    !isToken(count) && (count < minimum || count > maximum)
      ? `must be between autoscale's ${minimum} and ${maximum}, got ${count}`
      : undefined,
  );
}

/** What is wrong between the settings of a scale set. */
export function loneScaleSetProblems(settings: z.output<ReturnType<typeof loneScaleSetSettings>>): Problem[] {
  return [...machineProblems(settings), ...scaleSetProblems(settings)];
}

/** How many machines a scale set has at first: within the bounds of autoscaling, if there is any. */
export function firstInstances({ instances, autoscale }: ScaleSet): number {
  if (instances !== undefined || autoscale === undefined) return instances ?? DEFAULT_INSTANCES;
  return Math.min(Math.max(autoscale.minimum, DEFAULT_INSTANCES), autoscale.maximum);
}

/** The most machines that a scale set comes to have. */
export function mostInstances(settings: ScaleSet): number {
  return settings.autoscale?.maximum ?? firstInstances(settings);
}

/**
 * How azurerm must behave for a scale set with these settings. Azure itself brings machines to a changed model in automatic
 * mode; azurerm would start an upgrade of the operating system as well, and wait for it, where the image's version is "latest":
 * https://github.com/hashicorp/terraform-provider-azurerm/blob/v4.81.0/internal/services/compute/virtual_machine_scale_set_update.go
 */
export function scaleSetFeatures(settings: Pick<ScaleSet, "upgradeMode"> | undefined): AzurermProviderFeatures {
  if (settings?.upgradeMode !== "Automatic") return {};
  // the second is the default only while nothing is said about scale sets.
  return { virtualMachineScaleSet: [{ rollInstancesWhenRequired: false, scaleToZeroBeforeDeletion: true }] };
}
