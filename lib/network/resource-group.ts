import { DataAzurermResourceGroup } from "@cdktf/provider-azurerm/lib/data-azurerm-resource-group";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { Construct } from "constructs";
import { z } from "zod";
import { azureName } from "../azure/names";
import { kinds, section, text } from "../azure/setting";

/** The name of a resource group to make, or of one that exists. */
export const resourceGroupSettings = kinds({
  existing: {
    when: { type: "object" },
    schema: section({
      /** The name of a resource group that exists in the same subscription and region, such as rg-hub. */
      existing: text(azureName.resourceGroup),
    }).transform(({ existing }) => ({ name: existing })),
  },
  new: { schema: text(azureName.resourceGroup).transform((name) => ({ name })) },
});

/** The name of a resource group to make, or `{ existing: name }`. */
export type ResourceGroupSettings = z.input<typeof resourceGroupSettings>;

/** Where resources are put. */
export interface IResourceGroup {
  /** The name. */
  readonly name: string;
  /** The region of what is put into it, not necessarily the group's own. */
  readonly location: string;
}

/** A resource group, made or read. */
export interface DefinedResourceGroup extends IResourceGroup {
  /** The resource id. */
  readonly id: string;
}

/** Makes a resource group, or reads one that exists, as the child `ResourceGroup` of a construct. */
export function resourceGroupFor(
  scope: Construct,
  { kind, name }: z.output<typeof resourceGroupSettings>,
  location: string,
): DefinedResourceGroup {
  if (kind === "existing") {
    const found = new DataAzurermResourceGroup(scope, "ResourceGroup", { name });
    return { id: found.id, name: found.name, location };
  }
  const group = new ResourceGroup(scope, "ResourceGroup", {
    name,
    location,
    // where its list of contents is kept, no more: what it holds can move to another region without it.
    lifecycle: { ignoreChanges: ["location"] },
  });
  return { id: group.id, name: group.name, location };
}
