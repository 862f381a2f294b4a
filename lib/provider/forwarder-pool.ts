import { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

/** What a load balancer offers the forwarders behind it. */
export interface IForwarderPool extends Construct {
  /** The load balancer itself; its frontend has its address once this exists. */
  readonly loadBalancer: ITerraformDependable;
  /** The pool that forwarders join. */
  readonly backendAddressPoolId: string;
  /** The probe that tells which forwarders carry traffic. */
  readonly probeId: string;
  /** The rules; a scale set may use the probe only when they do. */
  readonly rules: readonly ITerraformDependable[];
}

/** Something that carries traffic behind the load balancer. */
export interface IForwarder {
  /** Puts this forwarder into the pool; returns all that carries connections there from then on. */
  attachTo(pool: IForwarderPool): ITerraformDependable[];
}
