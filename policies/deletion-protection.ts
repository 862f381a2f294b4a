import { z } from "zod";
import { object } from "../review/read/json";
import { policy } from "./judge/policy";

const PROTECTED = ["azurerm_api_management", "azurerm_private_link_service"];

export default policy({
  name: "deletion-protection",
  why: "Without it, one renamed thing replaces the service and cuts off every consumer.",
  parameters: {
    deletionProtection: z.boolean(),
  },
  judge: ({ resources }, { deletionProtection }) =>
    resources
      .filter(({ type }) => deletionProtection && PROTECTED.includes(type))
      .filter(({ body }) => object(body.lifecycle).prevent_destroy !== true)
      .map(({ address }) => ({ address, said: "has no prevent_destroy" })),
});
