import { dependable, ITerraformDependable, TerraformResource, TerraformResourceLifecycle } from "cdktf";
import { ownPrefix } from "../azure/target";
import { azureName } from "../azure/names";
import { section, text } from "../azure/setting";
import { IVirtualNetwork } from "./virtual-network";

/** A subnet as those who put something into it need it. */
export interface ISubnet {
  /** The resource id; of a subnet that is made anew not known before it is there. */
  readonly id: string;
  /** The resource id as it is known all the time, for what depends on the subnet anyway and must not see it change. */
  readonly knownId: string;
  /** The IPv4 prefix, such as `10.0.1.0/24`. */
  readonly addressPrefix: string;
  /** What must exist before anything is put into the subnet. */
  readonly ready: readonly ITerraformDependable[];
  /** The subnet itself, if it is made: whoever is told its prefix is told a new one only once Azure has taken it. */
  readonly made: readonly ITerraformDependable[];
}

/** What a subnet that exists already is told by. */
export const existingSubnetKeys = {
  /** The name of a subnet of the existing network, such as snet-endpoints. */
  existing: text(azureName.subnet),
};

/** A subnet that exists already. */
export const existingSubnet = section(existingSubnetKeys).transform(({ existing }) => ({ name: existing }));

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

/**
 * What replaces all that stands in a subnet, in `replace_triggered_by`: Azure deletes no subnet that is in use, so whatever
 * could move to another one in place goes and comes with its own.
 */
export function standingIn({ made }: Pick<ISubnet, "made">): string[] {
  return made.map((subnet) => `${dependable(subnet)}.id`);
}

/** How Terraform treats a subnet of a network: Azure deletes it with the network, of which it knows the name only. */
export function subnetLifecycle(virtualNetwork: IVirtualNetwork): TerraformResourceLifecycle | undefined {
  return TerraformResource.isTerraformResource(virtualNetwork)
    ? { replaceTriggeredBy: [`${dependable(virtualNetwork)}.id`] }
    : undefined;
}
