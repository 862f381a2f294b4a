import { ITerraformDependable } from "cdktf";

/** A subnet as those who put something into it need it. */
export interface ISubnet {
  /** The resource id. */
  readonly id: string;
  /** The IPv4 prefix, such as `10.0.1.0/24`. */
  readonly addressPrefix: string;
  /** What must exist before anything is put into the subnet. */
  readonly ready: readonly ITerraformDependable[];
}

/** The name of a subnet that exists already. */
export interface ExistingSubnetSettings {
  readonly existing: string;
}
