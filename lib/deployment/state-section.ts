import { z } from "zod";
import { subscriptionId, tenantId, textMatching } from "./values";

/** Where Terraform keeps its state. */
export const stateSection = z.discriminatedUnion("backend", [
  z.strictObject({ backend: z.literal("local").describe("Files in the folder state/ of this project.") }),
  z.strictObject({
    backend: z.literal("azurerm").describe("A container of an Azure storage account, with Entra authentication."),
    subscriptionId,
    tenantId: tenantId.optional(),
    resourceGroupName: textMatching(/^[-\w.()]{0,89}[-\w()]$/, "the name of a resource group").describe(
      "The name of the storage account's resource group.",
    ),
    storageAccountName: textMatching(/^[a-z\d]{3,24}$/, "3 to 24 lower-case letters and digits").describe(
      "The storage account's name.",
    ),
    containerName: textMatching(
      /^(?=.{3,63}$)[a-z\d]+(-[a-z\d]+)*$/,
      "3 to 63 lower-case letters, digits and single '-'",
    ).describe("The container's name."),
  }),
  z.strictObject({
    backend: z.literal("hcpTerraform").describe("Workspaces of HCP Terraform, one a stack."),
    organization: textMatching(/^[\w-]{3,40}$/, "3 to 40 letters, digits, '_' or '-'").describe(
      "The organization's name.",
    ),
    hostname: textMatching(/^[a-z\d.-]+$/, "a host name")
      .optional()
      .describe("Where HCP Terraform runs. Default: app.terraform.io."),
    project: textMatching(/^[\w -]{3,40}$/, "3 to 40 letters, digits, spaces, '_' or '-'")
      .optional()
      .describe("The project of the workspaces. Default: the organization's default project."),
  }),
]);

/** Where state is kept, read. */
export type StateSection = z.output<typeof stateSection>;
