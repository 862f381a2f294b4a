import { Lazy, TerraformBackend, TerraformRemoteState, TerraformStack } from "cdktf";
import { Expectation } from "../network/postconditions";

/** An output by which a service is connected to. */
export type ServiceOutput = "private_link_service_id" | "private_link_service_alias";

const NO_SERVICE: Readonly<Record<ServiceOutput, string>> = {
  private_link_service_id:
    "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/none/providers/Microsoft.Network/privateLinkServices/none",
  private_link_service_alias: "none.00000000-0000-0000-0000-000000000000.none.azure.privatelinkservice",
};

/** The state of a stack whose outputs name a Private Link Service, for the stacks that read them. */
export class ServiceState {
  /**
   * @param backend where the state is kept
   * @param file the file of a local state, as other stacks see it; undefined elsewhere
   * @param before the state from which the stack has what it puts out
   */
  constructor(
    private readonly stack: TerraformStack,
    private readonly backend: TerraformBackend,
    private readonly file: string | undefined,
    private readonly before?: ServiceState,
  ) {}

  /**
   * The value of an output within another stack, which is deployed after this one; null where it is not there.
   *
   * The outputs are named ones, because cdktf's automatic ones are sensitive, so that plans would hide them, and called
   * after the paths of constructs.
   */
  readBy(reader: TerraformStack, output: ServiceOutput): string {
    const value = this.valueIn(reader, output);
    return Lazy.stringValue({ produce: () => `\${${value}}` });
  }

  /**
   * The same for an endpoint, with the name of no service where it is not there: azurerm judges arguments even as it destroys,
   * and refuses null. `expectedBy` keeps it out of every plan.
   */
  connectedToBy(reader: TerraformStack, output: ServiceOutput): string {
    const value = this.valueIn(reader, output);
    return Lazy.stringValue({ produce: () => `\${coalesce(${value}, "${NO_SERVICE[output]}")}` });
  }

  /** That the output is there, for the reader's resource that needs it. */
  expectedBy(reader: TerraformStack, output: ServiceOutput): Expectation {
    const stacks = [...this.stacks, reader.node.id].join(" ");
    return {
      condition: `${this.valueIn(reader, output)} != null`,
      remedy: `The stack ${this.stack.node.id} has no ${output} yet: deploy it before ${reader.node.id}, with npx cdktf deploy ${stacks}.`,
    };
  }

  /** The stacks that have to be deployed before a reader, in order. */
  private get stacks(): string[] {
    return [...(this.before?.stacks ?? []), this.stack.node.id];
  }

  private valueIn(reader: TerraformStack, output: ServiceOutput): string {
    // there are none or one where a file is read, one elsewhere.
    const source = this.sourceIn(reader);
    // an output that is not there, or no more, is null, so that a stack which reads it can be destroyed all the same.
    source.addOverride(`defaults.${output}`, null);
    return `one(data.${TerraformRemoteState.tfResourceType}.${source.friendlyUniqueId}[*].outputs.${output})`;
  }

  private sourceIn(reader: TerraformStack): TerraformRemoteState {
    const present = reader.node.tryFindChild("ServiceState");
    if (present instanceof TerraformRemoteState) return present;
    reader.addDependency(this.stack);
    const source = this.backend.getRemoteStateDataSource(reader, "ServiceState", this.stack.node.id);
    // Terraform fails to read a file that is not there, even to destroy what has nothing to do with it.
    if (this.file !== undefined) source.addOverride("count", `\${fileexists("${this.file}") ? 1 : 0}`);
    return source;
  }
}
