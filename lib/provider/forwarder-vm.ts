import { NetworkInterface } from "@cdktf/provider-azurerm/lib/network-interface";
import { NetworkInterfaceBackendAddressPoolAssociation } from "@cdktf/provider-azurerm/lib/network-interface-backend-address-pool-association";
import { VirtualMachineExtension } from "@cdktf/provider-azurerm/lib/virtual-machine-extension";
import { DataResource, dependable, ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { settled } from "../azure/settled";
import { IResourceGroup } from "../network/resource-group";
import { ISubnet, standingIn } from "../network/subnet";
import { IForwarder, IForwarderPool } from "./forwarder-pool";
import { forwarderVmProblems, ForwarderVmSettings, loneForwarderSettings } from "./forwarder-vm-settings";
import { IGuest, IVirtualMachine } from "./guest";

/** What a `ForwarderVm` is made of. */
export interface ForwarderVmProps extends ForwarderVmSettings {
  /** The resource group and region; the region is the network's. */
  readonly resourceGroup: IResourceGroup;
  /** The subnet of the network interface. */
  readonly subnet: ISubnet;
  /** What runs in the machine. */
  readonly guest: IGuest;
  /**
   * What Terraform is done with before it touches this machine, such as another machine of the pool.
   *
   * @default - nothing
   */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * Defines a virtual machine that forwards TCP connections to APIM from its first boot on, and its network interface,
 * which has no public address.
 */
export class ForwarderVm extends Construct implements IForwarder {
  /** The machine's name and host name. */
  public readonly name: string;
  /** The network interface, whose address the load balancer sends connections to. */
  public readonly networkInterface: NetworkInterface;
  /** The machine. */
  public readonly virtualMachine: IVirtualMachine;
  /** What sets the machine up, and again when what it is told changes or when it was stopped for another size. */
  public readonly extension: VirtualMachineExtension;
  /** The machine as it forwards. */
  public readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: ForwarderVmProps) {
    super(scope, id);
    const { guest, subnet, dependsOn = [] } = props;
    const settings = settled(this, loneForwarderSettings(guest.operatingSystem), props, (known) => [
      ...forwarderVmProblems(known, subnet.addressPrefix),
      ...guest.machineProblems(known),
    ]);

    const { name: resourceGroupName, location } = props.resourceGroup;
    const { privateIpAddress } = settings;
    this.name = settings.name;
    // a machine of another system has the same name under another address: it waits for the interface, which is made anew once
    // the former machine is gone.
    const system = new DataResource(this, "OperatingSystem", { input: { name: guest.operatingSystem.name } });
    this.networkInterface = new NetworkInterface(this, "NetworkInterface", {
      name: `${this.name}-nic`,
      resourceGroupName,
      location,
      ipForwardingEnabled: settings.ipForwardingEnabled,
      acceleratedNetworkingEnabled: settings.acceleratedNetworkingEnabled,
      ipConfiguration: [
        {
          name: "ipconfig1",
          subnetId: subnet.id,
          privateIpAddressAllocation: privateIpAddress === undefined ? "Dynamic" : "Static",
          privateIpAddress,
        },
      ],
      // an interface that moves to another subnet comes where it is let in.
      dependsOn: [...subnet.ready, ...dependsOn],
      lifecycle: { replaceTriggeredBy: [...standingIn(subnet), dependable(system)] },
    });
    this.virtualMachine = guest.virtualMachine(this, "Resource", {
      ...settings,
      resourceGroupName,
      location,
      networkInterfaceId: this.networkInterface.id,
      replaceTriggeredBy: [`${dependable(this.networkInterface)}.id`],
      dependsOn: [...subnet.ready, ...dependsOn],
    });
    this.extension = new VirtualMachineExtension(this, "Forwarding", {
      ...guest.extension,
      virtualMachineId: this.virtualMachine.id,
      // for another size the machine is stopped; called anew, the script ends once the machine forwards again.
      // https://learn.microsoft.com/azure/virtual-machines/extensions/custom-script-linux#property-timestamp
      settings: `\${jsonencode({ timestamp = parseint(substr(sha256(${dependable(this.virtualMachine)}.size), 0, 7), 16) })}`,
      dependsOn: dependsOn.length > 0 ? [...dependsOn] : undefined,
    });
    this.ready = [this.virtualMachine, this.extension];
  }

  attachTo(pool: IForwarderPool): ITerraformDependable[] {
    // the frontend's static address is taken before Azure hands out this one.
    this.networkInterface.dependsOn = [...(this.networkInterface.dependsOn ?? []), dependable(pool.loadBalancer)];
    const membership = new NetworkInterfaceBackendAddressPoolAssociation(this, "PoolAssociation", {
      networkInterfaceId: this.networkInterface.id,
      ipConfigurationName: "ipconfig1",
      backendAddressPoolId: pool.backendAddressPoolId,
    });
    return [...this.ready, membership];
  }
}
