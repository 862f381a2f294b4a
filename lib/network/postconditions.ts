import { TerraformResourceLifecycle } from "cdktf";
import { escapeTemplate } from "../azure/terraform-text";

/** Something that must be true of a resource that exists already; checked by Terraform when it plans. */
export interface Expectation {
  /** The condition in Terraform's language, without `${}`; `self` is the data source. */
  readonly condition: string;
  /** One sentence that says what to do when it does not hold. */
  readonly remedy: string;
}

/** Expectations as the lifecycle of a data source. */
export function postconditions(expectations: readonly Expectation[]): TerraformResourceLifecycle | undefined {
  if (expectations.length === 0) return undefined;
  return { postcondition: expectations.map(asCondition) };
}

/** An expectation as one condition of a lifecycle. */
export function asCondition({ condition, remedy }: Expectation) {
  return { condition: `\${${condition}}`, errorMessage: escapeTemplate(remedy) };
}
