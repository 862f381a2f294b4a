import { ITerraformDependable } from "cdktf";
import { Image } from "../machine/image-settings";
import { Machine } from "../machine/machine-settings";
import { trustedMachine } from "../machine/trusted-machine";

/** What every machine has in common with the resources around it. */
interface PlacedMachine extends Machine {
  readonly name: string;
  readonly resourceGroupName: string;
  readonly location: string;
  readonly dependsOn: readonly ITerraformDependable[];
}

/** One virtual machine that a guest is to run in. */
export interface VirtualMachineProps extends PlacedMachine {
  readonly networkInterfaceId: string;
  readonly zone?: string;
  /** What replaces it when it changes: Azure deletes no network interface that a machine has. */
  readonly replaceTriggeredBy: readonly string[];
  /** Its image, where it is not the guest's. */
  readonly image?: Image;
  /** Its administrator's key, where it is not the guest's. */
  readonly sshPublicKey?: string;
}

/** A scale set that a guest is to run in. */
export interface ScaleSetProps extends PlacedMachine {
  readonly instances: number;
  readonly zones?: readonly string[];
  readonly upgradeMode: string;
  /** What replaces it when it changes. */
  readonly replaceTriggeredBy: readonly string[];
  /** The arguments that are not Terraform's to change once the scale set is made. */
  readonly ignoreChanges: readonly string[];
}

/** What a virtual machine of either operating system is told. */
export function trustedVirtualMachine(machine: VirtualMachineProps) {
  return {
    ...trustedMachine(machine),
    name: machine.name,
    resourceGroupName: machine.resourceGroupName,
    location: machine.location,
    zone: machine.zone,
    size: machine.size,
    networkInterfaceIds: [machine.networkInterfaceId],
    dependsOn: [...machine.dependsOn],
  };
}

/** What is not Terraform's to change, and what replaces a machine or a scale set. */
export function lifecycle(ignoreChanges: readonly string[], replaceTriggeredBy: readonly string[]) {
  return {
    ...(ignoreChanges.length > 0 ? { ignoreChanges: [...ignoreChanges] } : {}),
    ...(replaceTriggeredBy.length > 0 ? { replaceTriggeredBy: [...replaceTriggeredBy] } : {}),
  };
}

/** What a scale set of either operating system is told. */
export function trustedScaleSet(scaleSet: ScaleSetProps) {
  return {
    ...trustedMachine(scaleSet),
    name: scaleSet.name,
    resourceGroupName: scaleSet.resourceGroupName,
    location: scaleSet.location,
    sku: scaleSet.size,
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
    lifecycle: lifecycle(scaleSet.ignoreChanges, scaleSet.replaceTriggeredBy),
  };
}
