import { Construct } from "constructs";
import { Problem, Check, check } from "../azure/check";
import { imageWord } from "../azure/virtual-machine";
import { ScaleSetProps, VirtualMachineProps } from "./machine";

/** An image in Azure's marketplace. */
export interface ImageSettings {
  /** Who publishes it, such as `Canonical`. */
  readonly publisher: string;
  /** The product. */
  readonly offer: string;
  /** The edition; it must be of generation 2. */
  readonly sku: string;
  /** @default "latest" */
  readonly version?: string;
}

/** What is wrong with an image's name. */
export function imageProblems(image: ImageSettings | undefined): Problem[] {
  return Object.entries(image ?? {}).flatMap(([key, word]: [string, string]) => check(["image", key], word, imageWord));
}

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
export interface IScaleSet {
  readonly id: string;
  healthProbeId: string;
  dependsOn?: string[];
  putNetworkInterface(networkInterfaces: ScaleSetNetworkInterface[]): void;
}

/** An operating system with the set-up that makes it forward, and the login that comes with it. */
export interface IGuest {
  /** The rule for the names of virtual machines. */
  readonly virtualMachineName: Check<string>;
  /** The rule for the names of scale sets. */
  readonly scaleSetName: Check<string>;
  /** The rule for the sizes of machines. */
  readonly size: Check<string>;
  /** Defines a virtual machine that runs this guest. */
  virtualMachine(scope: Construct, id: string, machine: VirtualMachineProps): void;
  /** Defines a scale set of machines that run this guest, not yet in a network. */
  scaleSet(scope: Construct, id: string, scaleSet: ScaleSetProps): IScaleSet;
}
