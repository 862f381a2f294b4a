import { App, TerraformOutput, TerraformStack } from "cdktf";
import { StateSettings } from "../deployment/state-settings";
import { ServiceState } from "./service-state";
import { defineState, stateFile, StateIdentity } from "./state";

/** What a `HandoverStack` is made of. */
export interface HandoverStackProps {
  readonly state: StateSettings;
  readonly identity: StateIdentity;
  /** The provider's state. */
  readonly provider: ServiceState;
}

/**
 * What consumers may know of the provider, in a state of its own. Its output is the alias; Terraform keeps what it read, so
 * the state holds the provider's other outputs too, none of them secret, and none of its resources.
 */
export class HandoverStack extends TerraformStack {
  /** The state that consumers read. */
  public readonly serviceState: ServiceState;

  constructor(scope: App, id: string, { state, identity, provider }: HandoverStackProps) {
    super(scope, id);

    this.serviceState = new ServiceState(
      this,
      defineState(this, state, identity),
      stateFile(state, identity, id),
      provider,
    );
    const alias = new TerraformOutput(this, "private_link_service_alias", {
      value: provider.readBy(this, "private_link_service_alias"),
    });
    const { condition, remedy } = provider.expectedBy(this, "private_link_service_alias");
    // cdktf leaves the precondition of an output out.
    alias.addOverride("precondition", [{ condition: `\${${condition}}`, error_message: remedy }]);
  }
}
