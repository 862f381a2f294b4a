import { TerraformStack } from "cdktf";
import { ServiceLocator } from "../azure/approval-command";
import { PlannedConnection } from "../deployment/connections";
import { HostNames } from "../dns/host-names";
import { ServiceConnection } from "../consumer/service-connection";
import { ServiceState } from "./service-state";

/** A Private Link Service as a consumer's stack sees it. */
export interface IConsumedService {
  /** The host names that the service answers to. */
  readonly hostNames: HostNames;
  /** The service as its owner's command line names it; undefined for somebody else's. */
  readonly locator?: ServiceLocator;
  /** The connection that was planned, within a consumer's stack. */
  connection(stack: TerraformStack, plan: PlannedConnection): ServiceConnection;
}

/** A service of the same deployment, whose id and alias are read from a state. */
export class OwnService implements IConsumedService {
  constructor(
    readonly hostNames: HostNames,
    readonly locator: ServiceLocator,
    private readonly state: ServiceState,
  ) {}

  connection(stack: TerraformStack, plan: PlannedConnection): ServiceConnection {
    if (plan.by === "alias") {
      return ServiceConnection.byAlias(this.state.readBy(stack, "private_link_service_alias"), plan.message);
    }
    const resourceId = this.state.readBy(stack, "private_link_service_id");
    const alias = this.state.readBy(stack, "private_link_service_alias");
    return plan.message === undefined
      ? ServiceConnection.byResourceId(resourceId, alias)
      : ServiceConnection.requestedByResourceId(resourceId, plan.message, alias);
  }
}

/** Somebody else's service, of which the alias is known. */
export class AliasedService implements IConsumedService {
  constructor(
    readonly hostNames: HostNames,
    private readonly alias: string,
  ) {}

  connection(_stack: TerraformStack, plan: PlannedConnection): ServiceConnection {
    if (plan.by !== "alias") throw new Error("somebody else's service is connected to by its alias");
    return ServiceConnection.byAlias(this.alias, plan.message);
  }
}
