import { z } from "zod";
import { azureName } from "../azure/names";
import { section, text } from "../azure/setting";
import { x64Size } from "../azure/vm-size";
import { linuxLoginSettings } from "../machine/linux-login";

/** A small machine that calls the service through the endpoint. */
export const reachabilityProbeSettings = section({
  ...linuxLoginSettings,
  /** The machine's name. */
  name: text(azureName.linuxVirtualMachine).default("vm-probe"),
  /** The machine's size. */
  size: text(x64Size).default("Standard_B1s"),
});

/** A small machine that calls the service through the endpoint, as somebody writes it. */
export type ReachabilityProbeSettings = z.input<typeof reachabilityProbeSettings>;
