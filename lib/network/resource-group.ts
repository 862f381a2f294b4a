import { DataAzurermResourceGroup } from "@cdktf/provider-azurerm/lib/data-azurerm-resource-group";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { Construct } from "constructs";

/** The name of a resource group to make, or of one that exists. */
export type ResourceGroupSettings = string | { readonly existing: string };

/** Where resources are put. */
export interface IResourceGroup {
  /** The name. */
  readonly name: string;
  /** The region of what is put into it, not necessarily the group's own. */
  readonly location: string;
}

/** The name in the settings, made or existing. */
export function resourceGroupName(settings: ResourceGroupSettings): string {
  return typeof settings === "string" ? settings : settings.existing;
}

/** Makes a resource group, or reads one that exists, as the child `ResourceGroup` of a construct. */
export function resourceGroupFor(scope: Construct, settings: ResourceGroupSettings, location: string): IResourceGroup {
  if (typeof settings !== "string") {
    return { name: new DataAzurermResourceGroup(scope, "ResourceGroup", { name: settings.existing }).name, location };
  }
  const group = new ResourceGroup(scope, "ResourceGroup", { name: settings, location });
  return { name: group.name, location: group.location };
}
