import { z } from "zod";
import { Check, check, isToken, Problem } from "../azure/check";
import { choice, flag, text } from "../azure/setting";
import { OS_DISK_TYPES } from "../azure/virtual-machine";
import {
  acceleratedNetworkingProblem,
  allowUnlistedSize,
  DEFAULT_SIZE,
  sizeName,
  takesPremiumDisks,
  unlistedSizeProblems,
} from "../azure/vm-size";

/** The kind of a machine's disk. */
export const osDiskType = choice(...OS_DISK_TYPES);

/**
 * What every forwarder's machine is told, whatever runs in it.
 *
 * @param size the sizes that the operating system runs on
 */
export function machineSettings(size: Check<string>) {
  return {
    /** The machines' size; it must be able to boot a generation 2 image with Trusted Launch, for the image's processor. */
    size: machineSize(size).default(DEFAULT_SIZE),
    /** Says that the size exists and can boot with Trusted Launch although this product does not know it. */
    allowUnlistedSize,
    /** The kind of the operating system's disk; premium ones need a size that takes them. */
    osDiskType: osDiskType.default("StandardSSD_LRS"),
    /** Whether hosts encrypt disks and caches; the subscription must have the feature registered. */
    encryptionAtHostEnabled: flag().optional().meta({ default: false }),
    /** Whether network interfaces bypass the host's virtual switch; sizes with two or more vCPUs mostly can. */
    acceleratedNetworkingEnabled: flag().default(false),
    /** Whether network interfaces may pass on packets that are not their own: not needed here, and often denied by policies. */
    ipForwardingEnabled: flag().default(false),
  };
}

/** A machine's size, spelled as Azure does: azurerm compares letter by letter. */
export function machineSize(size: Check<string>) {
  return text(size).overwrite((name) => (isToken(name) ? name : sizeName(name)));
}

/** What every forwarder's machine is told, with its defaults. */
export type Machine = z.output<z.ZodObject<ReturnType<typeof machineSettings>>>;

/** What a machine's size does not take. */
export function machineProblems(machine: Machine): Problem[] {
  const { size } = machine;
  return [
    ...unlistedSizeProblems(size, machine.allowUnlistedSize),
    ...check("osDiskType", machine.osDiskType, (type) =>
      type.startsWith("Premium_") && !takesPremiumDisks(size)
        ? `must be a standard disk for ${size}, got "${type}"`
        : undefined,
    ),
    ...check("acceleratedNetworkingEnabled", machine.acceleratedNetworkingEnabled, (enabled) =>
      enabled ? acceleratedNetworkingProblem(size) : undefined,
    ),
  ];
}
