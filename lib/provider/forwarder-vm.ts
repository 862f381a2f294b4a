import { NetworkInterface } from "@cdktf/provider-azurerm/lib/network-interface";
import { NetworkInterfaceBackendAddressPoolAssociation } from "@cdktf/provider-azurerm/lib/network-interface-backend-address-pool-association";
import { dependable } from "cdktf";
import { Construct } from "constructs";
import { settled } from "../azure/settled";
import { IResourceGroup } from "../network/resource-group";
import { ISubnet } from "../network/subnet";
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

  constructor(scope: Construct, id: string, props: ForwarderVmProps) {
    super(scope, id);
    const { guest, subnet } = props;
    const settings = settled(this, loneForwarderSettings(guest.operatingSystem), props, (known) => [
      ...forwarderVmProblems(known, subnet.addressPrefix),
      ...guest.machineProblems(known),
    ]);

    const { name: resourceGroupName, location } = props.resourceGroup;
    const { privateIpAddress } = settings;
    this.name = settings.name;
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
    });
    this.virtualMachine = guest.virtualMachine(this, "Resource", {
      ...settings,
      resourceGroupName,
      location,
      networkInterfaceId: this.networkInterface.id,
      dependsOn: [...subnet.ready],
    });
  }

  attachTo(pool: IForwarderPool): void {
    // the frontend's static address is taken before Azure hands out this one.
    this.networkInterface.dependsOn = [...(this.networkInterface.dependsOn ?? []), dependable(pool.loadBalancer)];
    new NetworkInterfaceBackendAddressPoolAssociation(this, "PoolAssociation", {
      networkInterfaceId: this.networkInterface.id,
      ipConfigurationName: "ipconfig1",
      backendAddressPoolId: pool.backendAddressPoolId,
    });
  }
}
