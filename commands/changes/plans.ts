import { Changes } from "../edited";
import { Applied } from "./terraform";

/** A change of a deployment, and what Terraform must mean to do, or say, before anybody agrees. */
export interface PlannedChange {
  readonly what: string;
  readonly deployment: string;
  readonly before?: Changes;
  readonly after?: Changes;
  readonly stack: string;
  /** What Azure answers differently meanwhile. */
  readonly meanwhile?: (applied: Applied) => void;
  /** What is planned for which resources, by the beginnings of their addresses; nothing else is. */
  readonly planned?: readonly (readonly [action: string, part: string])[];
  /** What Terraform says instead of a plan. */
  readonly refused?: RegExp;
}

const PROTECTED = { "provider.deletionProtection": undefined };

/** The changes that are judged by their plans. */
export const PLANS: readonly PlannedChange[] = [
  {
    what: "another name of the load balancer before a protected service: refused before anything is touched",
    deployment: "quickstart",
    before: PROTECTED,
    after: { "provider.loadBalancer.name": "lbi-other" },
    stack: "provider",
    refused: /Instance cannot be destroyed[^]*azurerm_private_link_service\.PrivateLinkService_/,
  },
  {
    what: "another region of a protected APIM instance: refused as well",
    deployment: "quickstart",
    before: PROTECTED,
    after: { "provider.location": "westeurope" },
    stack: "provider",
    refused: /Instance cannot be destroyed[^]*azurerm_api_management\.ApimVnet_Apim_/,
  },
  {
    what: "another tier of APIM, which can change its address: the machines wait for it in the same apply",
    deployment: "quickstart",
    after: { "provider.apim.skuName": "Premium_1" },
    stack: "provider",
    planned: [
      ["update", "azurerm_api_management."],
      ["update", "azurerm_virtual_machine_extension."],
      ["update", "terraform_data.ApimVnet_Apim_Placement_"],
    ],
  },
  {
    what: "APIM's publisher, which leaves its address alone",
    deployment: "quickstart",
    after: { "provider.apim.publisherName": "Other" },
    stack: "provider",
    planned: [["update", "azurerm_api_management."]],
  },
  {
    what: "a service that was made anew under the same id: the consumer's endpoint is, too",
    deployment: "quickstart",
    stack: "consumer-external",
    meanwhile: (applied) =>
      applied.answer(
        "provider",
        /[\w-]+(\.[\w-]+)+\.azure\.privatelinkservice/g,
        "pls.0000.uksouth.azure.privatelinkservice",
      ),
    planned: [
      ["update", "azurerm_private_dns_a_record."],
      ["delete then create", "azurerm_private_endpoint."],
      ["update", "terraform_data.ConsumerEndpoint_Service_"],
    ],
  },
];
