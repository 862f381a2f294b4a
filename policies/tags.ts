import { z } from "zod";
import { factsOf } from "../review/facts/facts";
import { code } from "../review/findings/words";
import { isValueObject } from "../review/plan/value";
import { policy } from "./judge/policy";
import { JudgedResource } from "./judge/stack";

export default policy({
  name: "tags",
  why: "Who pays for a resource, and whom to call about it, is read from its tags.",
  parameters: {
    requiredTags: z.array(z.string().regex(/\S/, { error: "must be the name of a tag" })).min(1),
  },
  judge: ({ resources }, { requiredTags }) =>
    resources.filter(takesTags).flatMap((one) => {
      const { tags } = one.values;
      if (tags !== undefined && !isValueObject(tags)) {
        return [{ address: one.address, said: "has tags that nobody knows before Terraform runs" }];
      }
      // Azure makes no difference between capitals and small letters in names of tags.
      const has = new Map(Object.entries(tags ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
      return requiredTags
        .filter((name) => keeps(one, name) && (has.get(name.toLowerCase()) ?? "") === "")
        .map((name) => ({ address: one.address, said: `has no tag ${code(name)}` }));
    }),
});

/** By azurerm's schema; where that is not known, what has a location takes tags. */
function takesTags({ type, values }: JudgedResource): boolean {
  const facts = factsOf(type);
  return facts ? "tags" in facts.arguments : "tags" in values || "location" in values;
}

/**
 * Private DNS zones, their records and links drop a tag whose name has other characters:
 * https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources#limitations (2025-02-06)
 */
function keeps({ type }: JudgedResource, name: string): boolean {
  return !type.startsWith("azurerm_private_dns_") || /^(?!\d)[\w.-]*\w$/.test(name);
}
