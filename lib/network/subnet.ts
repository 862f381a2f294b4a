import { ITerraformDependable } from "cdktf";
import { ownPrefix } from "../azure/target";
import { azureName } from "../azure/names";
import { section, text } from "../azure/setting";

/** A subnet as those who put something into it need it. */
export interface ISubnet {
  /** The resource id. */
  readonly id: string;
  /** The IPv4 prefix, such as `10.0.1.0/24`. */
  readonly addressPrefix: string;
  /** What must exist before anything is put into the subnet. */
  readonly ready: readonly ITerraformDependable[];
}

/** A subnet that exists already. */
export const existingSubnet = section({
  /** The name of a subnet of the existing network, such as snet-endpoints. */
  existing: text(azureName.subnet),
}).transform(({ existing }) => ({ name: existing }));

/**
 * What a subnet that is made is told.
 *
 * @param role what stands in it, a part of its name where nobody gives another
 */
export function newSubnet(role: string) {
  return {
    /** The subnet's name, unique in its network. */
    name: text(azureName.subnet).default(`snet-${role}`),
    /** The IPv4 prefix of the subnet, inside the network's address space, such as 10.0.1.0/24. */
    addressPrefix: text(ownPrefix),
  };
}
