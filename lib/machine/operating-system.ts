import { Check } from "../azure/check";
import { azureName } from "../azure/names";
import { trustedLaunchSize, windowsSize } from "../azure/vm-size";

/** What an operating system asks of the machines that it runs in. */
export interface OperatingSystem {
  /** Its name in a deployment file. */
  readonly name: "linux" | "windows";
  /** The rule for the names of virtual machines. */
  readonly virtualMachineName: Check<string>;
  /** The rule for the names of scale sets. */
  readonly scaleSetName: Check<string>;
  /** The rule for the sizes of machines. */
  readonly size: Check<string>;
  /** The TCP ports that its own services listen on. */
  readonly takenPorts: readonly number[];
}

/** Linux. */
export const LINUX: OperatingSystem = {
  name: "linux",
  virtualMachineName: azureName.linuxVirtualMachine,
  scaleSetName: azureName.linuxScaleSet,
  size: trustedLaunchSize,
  takenPorts: [22, 53],
};

/** Windows Server. */
export const WINDOWS: OperatingSystem = {
  name: "windows",
  virtualMachineName: azureName.windowsVirtualMachine,
  scaleSetName: azureName.windowsScaleSet,
  size: windowsSize,
  takenPorts: [135, 139, 445, 3389, 5985, 5986, 47001],
};
