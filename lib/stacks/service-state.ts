import { TerraformBackend, TerraformRemoteState, TerraformStack } from "cdktf";

/** An output by which a service is connected to. */
export type ServiceOutput = "private_link_service_id" | "private_link_service_alias";

/** The state of a stack whose outputs name a Private Link Service, for the stacks that read them. */
export class ServiceState {
  constructor(
    private readonly stack: TerraformStack,
    private readonly backend: TerraformBackend,
  ) {}

  /**
   * The value of an output within another stack, which is deployed after this one.
   *
   * The outputs are named ones, because cdktf's automatic ones are sensitive, so that plans would hide them, and called
   * after the paths of constructs.
   */
  readBy(reader: TerraformStack, output: ServiceOutput): string {
    reader.addDependency(this.stack);
    const read = reader.node.tryFindChild("ServiceState");
    const state =
      read instanceof TerraformRemoteState
        ? read
        : this.backend.getRemoteStateDataSource(reader, "ServiceState", this.stack.node.id);
    return state.getString(output);
  }
}
