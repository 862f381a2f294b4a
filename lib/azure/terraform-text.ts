import { Token } from "cdktf";

/**
 * Text that Terraform takes as it stands: `${` and `%{` no longer begin a template.
 *
 * cdktf writes every string as a Terraform template, so text that a person typed goes through here.
 * Text that holds a token is left alone; it was made by code, which escapes its own parts.
 */
export function escapeTemplate(text: string): string {
  return Token.isUnresolved(text) ? text : text.replace(/([$%])\{/g, "$1$1{");
}
