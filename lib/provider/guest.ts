import { TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { Problem } from "../azure/check";
import { OperatingSystem } from "../machine/operating-system";
import { ScaleSetProps, VirtualMachineProps } from "./machine";

/** The network interface of a scale set's machines, as both operating systems take it. */
export interface ScaleSetNetworkInterface {
  readonly name: string;
  readonly primary: boolean;
  readonly enableIpForwarding: boolean;
  readonly enableAcceleratedNetworking: boolean;
  readonly ipConfiguration: {
    readonly name: string;
    readonly primary: boolean;
    readonly subnetId: string;
    readonly loadBalancerBackendAddressPoolIds: string[];
  }[];
}

/** A scale set of either operating system, open for what it gets when it joins a pool. */
export interface IScaleSet extends TerraformResource {
  readonly id: string;
  healthProbeId: string;
  putNetworkInterface(networkInterfaces: ScaleSetNetworkInterface[]): void;
}

/** A virtual machine of either operating system. */
export interface IVirtualMachine extends TerraformResource {
  /** The resource id. */
  readonly id: string;
  /** The machine's size. */
  readonly size: string;
}

/** The extension that sets a machine up to forward, and again whenever what it is told changes. */
export interface GuestExtension {
  readonly name: string;
  readonly publisher: string;
  readonly type: string;
  readonly typeHandlerVersion: string;
  readonly autoUpgradeMinorVersion: boolean;
  readonly protectedSettings: string;
}

/** An operating system with the set-up that makes it forward, and the login that comes with it. */
export interface IGuest {
  /** What it asks of names, sizes and ports. */
  readonly operatingSystem: OperatingSystem;
  /** What is wrong between this guest and a machine that it is to run in. */
  machineProblems(machine: Pick<VirtualMachineProps, "size" | "image">): Problem[];
  /** What sets a machine up, and brings it up to date while it runs. */
  readonly extension: GuestExtension;
  /** Defines a virtual machine that runs this guest; the extension is put into it by whoever asks for one. */
  virtualMachine(scope: Construct, id: string, machine: VirtualMachineProps): IVirtualMachine;
  /** Defines a scale set of machines that run this guest, not yet in a network. */
  scaleSet(scope: Construct, id: string, scaleSet: ScaleSetProps): IScaleSet;
}
