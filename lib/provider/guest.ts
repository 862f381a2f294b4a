import { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

/** An image in Azure's marketplace. */
export interface ImageSettings {
  readonly publisher: string;
  readonly offer: string;
  readonly sku: string;
  /** @default "latest" */
  readonly version?: string;
}

/** The part of a forwarder's machine that does not depend on its operating system. */
export interface MachineSettings {
  /**
   * A size that can boot generation 2 images with Trusted Launch.
   *
   * @default "Standard_B2s"
   */
  readonly size?: string;
  /**
   * The kind of the operating system's disk.
   *
   * @default "StandardSSD_LRS"
   */
  readonly osDiskType?: string;
  /**
   * Whether the host encrypts disks and caches; the subscription must have the feature registered.
   *
   * @default false
   */
  readonly encryptionAtHostEnabled?: boolean;
}

/** One virtual machine that a guest is to run in. */
export interface VirtualMachineProps extends MachineSettings {
  readonly name: string;
  readonly resourceGroupName: string;
  readonly location: string;
  readonly networkInterfaceId: string;
  readonly zone?: string;
  readonly dependsOn: ITerraformDependable[];
}

/** An operating system with the set-up that makes it forward, and the login that comes with it. */
export interface IGuest {
  /** Defines a virtual machine that runs this guest. */
  virtualMachine(scope: Construct, id: string, machine: VirtualMachineProps): void;
}

/** What a machine has whose settings say nothing. */
export const MACHINE_DEFAULTS = { size: "Standard_B2s", osDiskType: "StandardSSD_LRS" } as const;
