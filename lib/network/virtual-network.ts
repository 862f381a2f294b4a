import { DataAzurermVirtualNetwork } from "@cdktf/provider-azurerm/lib/data-azurerm-virtual-network";
import { VirtualNetwork } from "@cdktf/provider-azurerm/lib/virtual-network";
import { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { azureName } from "../azure/names";
import { Problem, check, prefixed } from "../azure/check";
import { postconditions } from "./postconditions";
import { IResourceGroup } from "./resource-group";

/** A virtual network that exists already. */
export interface ExistingNetworkSettings {
  readonly existing: { readonly name: string; readonly resourceGroup: string };
}

/** A virtual network that is made. */
export interface NewNetworkSettings {
  /** The network's name. */
  readonly name: string;
  /** The IPv4 prefixes; they may overlap those of the other side. */
  readonly addressSpace: string[];
}

/** A virtual network as subnets and DNS links need it. */
export interface IVirtualNetwork extends ITerraformDependable {
  readonly id: string;
  readonly name: string;
  /** The group that subnets of the network belong to. */
  readonly resourceGroupName: string;
}

/** What is wrong with the names of a network, made or existing. */
export function networkNameProblems(network: NewNetworkSettings | ExistingNetworkSettings): Problem[] {
  return "existing" in network
    ? prefixed("existing", [
        ...check("name", network.existing.name, azureName.virtualNetwork),
        ...check("resourceGroup", network.existing.resourceGroup, azureName.resourceGroup),
      ])
    : check("name", network.name, azureName.virtualNetwork);
}

/** Makes a virtual network, or reads one that exists, as the child `VirtualNetwork` of a construct. */
export function virtualNetworkFor(
  scope: Construct,
  settings: NewNetworkSettings | ExistingNetworkSettings,
  group: IResourceGroup,
  location: string,
): IVirtualNetwork {
  if (!("existing" in settings)) {
    return new VirtualNetwork(scope, "VirtualNetwork", {
      name: settings.name,
      resourceGroupName: group.name,
      location: group.location,
      addressSpace: settings.addressSpace,
    });
  }
  const { name, resourceGroup } = settings.existing;
  return new DataAzurermVirtualNetwork(scope, "VirtualNetwork", {
    name,
    resourceGroupName: resourceGroup,
    lifecycle: postconditions([
      {
        condition: `self.location == "${location}"`,
        remedy: `The network ${name} must be in ${location}, the region of this deployment; change location in the deployment file.`,
      },
    ]),
  });
}
