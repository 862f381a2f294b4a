import { DataResource, TerraformStack } from "cdktf";
import { flag } from "./setting";

/**
 * Whether Terraform refuses to destroy or replace something that others depend on. A plan that would is an error then, before
 * anything is touched.
 */
export const deletionProtection = flag().default(true);

/**
 * Has Terraform name the key that protects a stack when it refuses to destroy the stack: of what it must not destroy it says the
 * address and nothing else, so one more address is the sentence.
 */
export function sayWhatProtects(stack: TerraformStack): void {
  new DataResource(stack, "set_deletionProtection_to_false_in_the_deployment_file_first", {
    lifecycle: { preventDestroy: true },
  });
}
