import { DataAzurermVirtualNetwork } from "@cdktf/provider-azurerm/lib/data-azurerm-virtual-network";
import { VirtualNetwork } from "@cdktf/provider-azurerm/lib/virtual-network";
import { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { NetworkHead } from "./network-settings";
import { postconditions } from "./postconditions";
import { IResourceGroup } from "./resource-group";

/** A virtual network as subnets and DNS links need it. */
export interface IVirtualNetwork extends ITerraformDependable {
  /** The resource id. */
  readonly id: string;
  /** The network's name. */
  readonly name: string;
  /** The group that subnets of the network belong to. */
  readonly resourceGroupName: string;
}

/** Makes a virtual network, or reads one that exists, as the child `VirtualNetwork` of a construct. */
export function virtualNetworkFor(
  scope: Construct,
  network: NetworkHead,
  group: IResourceGroup,
  location: string,
): IVirtualNetwork {
  const { name } = network;
  if (network.kind === "new") {
    return new VirtualNetwork(scope, "VirtualNetwork", {
      name,
      resourceGroupName: group.name,
      location: group.location,
      addressSpace: network.addressSpace,
    });
  }
  return new DataAzurermVirtualNetwork(scope, "VirtualNetwork", {
    name,
    resourceGroupName: network.resourceGroup,
    lifecycle: postconditions([
      {
        condition: `self.location == "${location}"`,
        remedy: `The network ${name} must be in ${location}, the region of this deployment; change location in the deployment file.`,
      },
    ]),
  });
}
