import { TerraformStack } from "cdktf";
import { ServiceLocator } from "../azure/approval-command";
import { PlannedConnection } from "../deployment/connections";
import { HostNames } from "../dns/host-names";
import { ServiceConnection } from "../consumer/service-connection";
import { Expectation } from "../network/postconditions";
import { ServiceState } from "./service-state";

/** A Private Link Service as a consumer's stack sees it. */
export interface IConsumedService {
  /** The host names that the service answers to. */
  readonly hostNames: HostNames;
  /** The service as its owner's command line names it; undefined where only its alias is known. */
  readonly locator?: ServiceLocator;
  /** The connection that was planned, within a consumer's stack. */
  connection(stack: TerraformStack, plan: PlannedConnection): ServiceConnection;
  /** What must have been deployed before the endpoint can be planned; left out where nothing must. */
  expectation?(stack: TerraformStack, plan: PlannedConnection): Expectation;
}

/** A service of the same deployment, whose id and alias are read from a state. */
export class OwnService implements IConsumedService {
  constructor(
    readonly hostNames: HostNames,
    readonly locator: ServiceLocator,
    private readonly state: ServiceState,
  ) {}

  connection(stack: TerraformStack, plan: PlannedConnection): ServiceConnection {
    const named = this.state.connectedToBy(stack, OUTPUTS[plan.by]);
    if (plan.by === "alias") return ServiceConnection.byAlias(named, plan.message);
    const alias = this.state.readBy(stack, OUTPUTS.alias);
    return plan.message === undefined
      ? ServiceConnection.byResourceId(named, alias)
      : ServiceConnection.requestedByResourceId(named, plan.message, alias);
  }

  expectation(stack: TerraformStack, plan: PlannedConnection): Expectation {
    return this.state.expectedBy(stack, OUTPUTS[plan.by]);
  }
}

const OUTPUTS = { alias: "private_link_service_alias", resourceId: "private_link_service_id" } as const;

/** Somebody else's service, of which the alias is known. */
export class AliasedService implements IConsumedService {
  constructor(
    readonly hostNames: HostNames,
    private readonly alias: string,
    readonly locator?: ServiceLocator,
  ) {}

  connection(_stack: TerraformStack, plan: PlannedConnection): ServiceConnection {
    if (plan.by !== "alias") throw new Error("somebody else's service is connected to by its alias");
    return ServiceConnection.byAlias(this.alias, plan.message);
  }
}
