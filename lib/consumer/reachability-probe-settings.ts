import { z } from "zod";
import { Problem } from "../azure/check";
import { azureName } from "../azure/names";
import { section, text } from "../azure/setting";
import { allowUnlistedSize, unlistedSizeProblems, x64Size } from "../azure/vm-size";
import { linuxLoginSettings } from "../machine/linux-login";
import { machineSize } from "../machine/machine-settings";

/** A small machine that calls the service through the endpoint. */
export const reachabilityProbeSettings = section({
  ...linuxLoginSettings,
  /** The machine's name. */
  name: text(azureName.linuxVirtualMachine).default("vm-probe"),
  /** The machine's size. */
  size: machineSize(x64Size).default("Standard_B1s"),
  /** Says that the size exists and can boot with Trusted Launch although this product does not know it. */
  allowUnlistedSize,
});

/** A small machine that calls the service through the endpoint, as somebody writes it. */
export type ReachabilityProbeSettings = z.input<typeof reachabilityProbeSettings>;

/** What is wrong between the settings of a reachability probe. */
export function reachabilityProbeProblems({
  size,
  allowUnlistedSize,
}: z.output<typeof reachabilityProbeSettings>): Problem[] {
  return unlistedSizeProblems(size, allowUnlistedSize);
}
