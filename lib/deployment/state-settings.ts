import { z } from "zod";
import { subscriptionId, tenantId } from "../azure/account";
import { matching } from "../azure/check";
import { hostName } from "../azure/host-name";
import { azureName } from "../azure/names";
import { section, text } from "../azure/setting";

/** Where Terraform keeps its state. */
export const stateSettings = z.discriminatedUnion("backend", [
  section({
    /** local: files in the folder state/ of this project. */
    backend: z.literal("local"),
  }),
  section({
    /** azurerm: a container of an Azure storage account, with Entra authentication. */
    backend: z.literal("azurerm"),
    /** The storage account's subscription, a UUID, or env:NAME to take it from the environment variable NAME. */
    subscriptionId,
    /** The Microsoft Entra tenant, or env:NAME; where it is left out, that of whoever deploys. */
    tenantId: tenantId.optional(),
    /** The name of the storage account's resource group. */
    resourceGroupName: text(azureName.resourceGroup),
    /** The storage account's name. */
    storageAccountName: text(matching(/^[a-z\d]{3,24}$/, "3 to 24 lower-case letters and digits")),
    /** The container's name. */
    containerName: text(
      matching(/^(?=.{3,63}$)[a-z\d]+(-[a-z\d]+)*$/, "3 to 63 lower-case letters, digits and single '-'"),
    ),
  }),
  section({
    /** hcpTerraform: workspaces of HCP Terraform, one a stack. */
    backend: z.literal("hcpTerraform"),
    /** The organization's name, such as example-org. */
    organization: text(matching(/^[\w-]{3,40}$/, "3 to 40 letters, digits, '_' or '-'")),
    /** Where HCP Terraform runs, such as tfe.example.com; where it is left out, app.terraform.io. */
    hostname: text(hostName).optional(),
    /** The project of the workspaces, such as networking; where it is left out, the organization's default project. */
    project: text(matching(/^[\w -]{3,40}$/, "3 to 40 letters, digits, spaces, '_' or '-'")).optional(),
  }),
]);

/** Where state is kept, read. */
export type StateSettings = z.output<typeof stateSettings>;
