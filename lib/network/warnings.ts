import { TerraformDataSource, TerraformStack } from "cdktf";
import { escapeTemplate } from "../azure/terraform-text";
import { Expectation } from "./postconditions";

/**
 * Has Terraform warn, in every plan and apply, while something that was read is not as it should be; nothing stops for it.
 *
 * @param source what is read; the check has its name
 */
export function warnUnless(source: TerraformDataSource, { condition, remedy }: Expectation): void {
  // cdktf has no checks of its own: https://developer.hashicorp.com/terraform/language/checks
  TerraformStack.of(source).addOverride(`check.${source.friendlyUniqueId}`, {
    assert: [{ condition: `\${${condition}}`, error_message: escapeTemplate(remedy) }],
  });
}
