import { ownPrefix } from "../azure/target";
import { azureName } from "../azure/names";
import { list, section, text } from "../azure/setting";

/** A virtual network, made or existing, whatever its subnets. */
export type NetworkHead =
  | { readonly kind: "existing"; readonly name: string; readonly resourceGroup: string }
  | { readonly kind: "new"; readonly name: string; readonly addressSpace: string[] };

/** The keys of a network that exists already; its subnets come beside them. */
export const existingNetwork = {
  /** A network that exists. */
  existing: section({
    /** The name of the virtual network. */
    name: text(azureName.virtualNetwork),
    /** The name of the virtual network's resource group. */
    resourceGroup: text(azureName.resourceGroup),
  }),
};

/**
 * The keys of a network that is made; its subnets come beside them.
 *
 * @param defaultName its name, where nobody gives another
 */
export function newNetwork(defaultName: string) {
  return {
    /** The virtual network's name. */
    name: text(azureName.virtualNetwork).default(defaultName),
    /** The IPv4 prefixes of the virtual network; they may overlap those of the other side. */
    addressSpace: list(text(ownPrefix)).min(1),
  };
}
