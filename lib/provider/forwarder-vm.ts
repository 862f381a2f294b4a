import { dependable } from "cdktf";
import { NetworkInterface } from "@cdktf/provider-azurerm/lib/network-interface";
import { NetworkInterfaceBackendAddressPoolAssociation } from "@cdktf/provider-azurerm/lib/network-interface-backend-address-pool-association";
import { Construct } from "constructs";
import { IResourceGroup } from "../network/resource-group";
import { addressProblems, ipv4Address } from "../azure/ip";
import { Problem, throwIfAny, check } from "../azure/check";
import { IGuest } from "./guest";
import { machineProblems, MachineSettings } from "./machine";
import { IForwarder, IForwarderPool } from "./pls-load-balancer";
import { ISubnet } from "../network/subnet";

/** The part of one forwarder that people decide. */
export interface ForwarderVmSettings extends MachineSettings {
  /** The machine's name and host name: at most 64 characters on Linux, 15 on Windows. */
  readonly name: string;
  /**
   * The availability zone; another zone is another machine.
   *
   * @default - Azure chooses
   */
  readonly zone?: string;
  /**
   * The machine's address in its subnet.
   *
   * @default - Azure chooses, after the load balancer has its own
   */
  readonly privateIpAddress?: string;
  /**
   * Whether the network interface may pass on packets that are not its own. Forwarding does not need it here, and
   * policies often deny it.
   *
   * @default false
   */
  readonly ipForwardingEnabled?: boolean;
}

/** What a `ForwarderVm` is made of. */
export interface ForwarderVmProps extends ForwarderVmSettings {
  /** The resource group and region; the region is the network's. */
  readonly resourceGroup: IResourceGroup;
  /** The subnet of the network interface. */
  readonly subnet: ISubnet;
  /** What runs in the machine. */
  readonly guest: IGuest;
}

/** What is wrong with the settings of one forwarder in a subnet. */
export function forwarderVmProblems(
  settings: ForwarderVmSettings,
  subnetPrefix: string,
  guest: Pick<IGuest, "virtualMachineName" | "size">,
): Problem[] {
  const malformed = check("privateIpAddress", settings.privateIpAddress, ipv4Address);
  const address = settings.privateIpAddress;
  return [
    ...check("name", settings.name, guest.virtualMachineName),
    ...machineProblems(settings, guest.size),
    ...malformed,
    ...(malformed.length > 0 || address === undefined
      ? []
      : addressProblems([{ path: ["privateIpAddress"], address }], subnetPrefix)),
  ];
}

/**
 * Defines a virtual machine that forwards TCP connections to APIM from its first boot on, and its network interface,
 * which has no public address.
 */
export class ForwarderVm extends Construct implements IForwarder {
  private readonly networkInterface: NetworkInterface;

  constructor(scope: Construct, id: string, props: ForwarderVmProps) {
    super(scope, id);
    throwIfAny(this, forwarderVmProblems(props, props.subnet.addressPrefix, props.guest));

    const { name: resourceGroupName, location } = props.resourceGroup;
    this.networkInterface = new NetworkInterface(this, "NetworkInterface", {
      name: `${props.name}-nic`,
      resourceGroupName,
      location,
      ipForwardingEnabled: props.ipForwardingEnabled ?? false,
      acceleratedNetworkingEnabled: props.acceleratedNetworkingEnabled ?? false,
      ipConfiguration: [
        {
          name: "ipconfig1",
          subnetId: props.subnet.id,
          privateIpAddressAllocation: props.privateIpAddress === undefined ? "Dynamic" : "Static",
          privateIpAddress: props.privateIpAddress,
        },
      ],
    });
    props.guest.virtualMachine(this, "Resource", {
      ...props,
      resourceGroupName,
      location,
      networkInterfaceId: this.networkInterface.id,
      dependsOn: [...props.subnet.ready],
    });
  }

  attachTo(pool: IForwarderPool): void {
    // the frontend's static address is taken before Azure hands out this one.
    this.networkInterface.dependsOn = [dependable(pool.loadBalancer)];
    new NetworkInterfaceBackendAddressPoolAssociation(this, "PoolAssociation", {
      networkInterfaceId: this.networkInterface.id,
      ipConfigurationName: "ipconfig1",
      backendAddressPoolId: pool.backendAddressPoolId,
    });
  }
}
