import { ITerraformDependable } from "cdktf";
import { Problem, Check, check, shown } from "../azure/check";
import { OS_DISK_TYPES } from "../azure/virtual-machine";
import { DEFAULT_SIZE, hasAcceleratedNetworking, takesPremiumDisks } from "../azure/vm-size";

/** The part of a forwarder's machine that does not depend on its operating system. */
export interface MachineSettings {
  /**
   * A size that can boot generation 2 images with Trusted Launch, for the image's processor.
   *
   * @default "Standard_B2s"
   */
  readonly size?: string;
  /**
   * The kind of the operating system's disk; premium ones need a size that takes them.
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
  /**
   * Whether the network interface bypasses the host's virtual switch; sizes with two or more vCPUs mostly can, small ones
   * of the first B series cannot.
   *
   * @default false
   */
  readonly acceleratedNetworkingEnabled?: boolean;
}

/** What is wrong with the settings of a machine. */
export function machineProblems(settings: MachineSettings, sizeRule: Check<string>): Problem[] {
  const { size = DEFAULT_SIZE, osDiskType } = settings;
  const malformed = [
    ...check("size", settings.size, sizeRule),
    ...check("osDiskType", osDiskType, (type) =>
      (OS_DISK_TYPES as readonly string[]).includes(type)
        ? undefined
        : `must be one of ${OS_DISK_TYPES.join(", ")}, got ${shown(type)}`,
    ),
  ];
  if (malformed.length > 0) return malformed;
  return [
    ...(osDiskType?.startsWith("Premium_") && !takesPremiumDisks(size)
      ? [{ path: ["osDiskType"], complaint: `must be a standard disk for ${size}, got ${shown(osDiskType)}` }]
      : []),
    ...(settings.acceleratedNetworkingEnabled && !hasAcceleratedNetworking(size)
      ? [
          {
            path: ["acceleratedNetworkingEnabled"],
            complaint: `must be false for ${size}, got true; of its series only Standard_B12ms, B16ms and B20ms can`,
          },
        ]
      : []),
  ];
}

/** What every machine has in common with the resources around it. */
interface PlacedMachine extends MachineSettings {
  readonly name: string;
  readonly resourceGroupName: string;
  readonly location: string;
  readonly dependsOn: readonly ITerraformDependable[];
}

/** One virtual machine that a guest is to run in. */
export interface VirtualMachineProps extends PlacedMachine {
  readonly networkInterfaceId: string;
  readonly zone?: string;
}

/** A scale set that a guest is to run in. */
export interface ScaleSetProps extends PlacedMachine {
  readonly instances: number;
  readonly zones?: readonly string[];
  readonly upgradeMode: string;
  /** The arguments that are not Terraform's to change once the scale set is made. */
  readonly ignoreChanges: readonly string[];
}

/** What a machine of either operating system is told: a disk, Trusted Launch, a console log that Azure keeps. */
export function trustedMachine(machine: MachineSettings) {
  return {
    osDisk: { caching: "ReadWrite", storageAccountType: machine.osDiskType ?? "StandardSSD_LRS" },
    secureBootEnabled: true,
    vtpmEnabled: true,
    encryptionAtHostEnabled: machine.encryptionAtHostEnabled,
    // an empty block means storage that Azure manages.
    bootDiagnostics: {},
  };
}

/** What a virtual machine of either operating system is told. */
export function trustedVirtualMachine(machine: VirtualMachineProps) {
  return {
    ...trustedMachine(machine),
    name: machine.name,
    resourceGroupName: machine.resourceGroupName,
    location: machine.location,
    zone: machine.zone,
    size: machine.size ?? DEFAULT_SIZE,
    networkInterfaceIds: [machine.networkInterfaceId],
    dependsOn: [...machine.dependsOn],
  };
}

/** What a scale set of either operating system is told. */
export function trustedScaleSet(scaleSet: ScaleSetProps) {
  const ignoreChanges = [...scaleSet.ignoreChanges];
  return {
    ...trustedMachine(scaleSet),
    name: scaleSet.name,
    resourceGroupName: scaleSet.resourceGroupName,
    location: scaleSet.location,
    sku: scaleSet.size ?? DEFAULT_SIZE,
    instances: scaleSet.instances,
    // spread as evenly as zones allow: with strict balance nothing could be added while one of them is down.
    zones: scaleSet.zones && [...scaleSet.zones],
    // machines beyond the wanted number would take connections and be deleted with them.
    overprovision: false,
    upgradeMode: scaleSet.upgradeMode,
    rollingUpgradePolicy: {
      maxBatchInstancePercent: 20,
      // a new address of APIM makes every machine unhealthy until it is rolled, which must not stop the roll.
      maxUnhealthyInstancePercent: 100,
      maxUnhealthyUpgradedInstancePercent: 20,
      pauseTimeBetweenBatches: "PT30S",
      prioritizeUnhealthyInstancesEnabled: true,
    },
    // Azure takes no shorter grace: https://learn.microsoft.com/azure/virtual-machine-scale-sets/virtual-machine-scale-sets-automatic-instance-repairs
    automaticInstanceRepair: { enabled: true, gracePeriod: "PT10M", action: "Replace" },
    // filled in by the pool that the scale set joins; azurerm wants the block.
    networkInterface: [],
    dependsOn: [...scaleSet.dependsOn],
    lifecycle: ignoreChanges.length > 0 ? { ignoreChanges } : undefined,
  };
}
