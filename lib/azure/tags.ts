import { IAspect, TerraformResource } from "cdktf";
import { IConstruct } from "constructs";
import { z } from "zod";
import { Problem } from "./check";
import { escapeTemplate } from "./terraform-text";

/** Tags by name. */
export type Tags = Readonly<Record<string, string>>;

// the smallest limit of the resources built here: private DNS zones take 15,
// https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources#limitations
const MAX_TAGS = 15;
// private DNS zones drop blanks and parentheses and take no digit in front.
const TAG_NAME = /^(?!microsoft|azure|windows)[^\d\s()<>%&\\?/][^\s()<>%&\\?/]{0,511}$/i;

/** Tags that Azure would refuse. */
export function tagProblems(tags: Tags): Problem[] {
  const names = Object.keys(tags);
  const tooMany =
    names.length > MAX_TAGS ? [{ path: [], complaint: `must be at most ${MAX_TAGS} tags, got ${names.length}` }] : [];
  return names.reduce<Problem[]>((problems, name) => {
    if (!TAG_NAME.test(name)) {
      const complaint =
        "must have a name of 1 to 512 characters without blanks, parentheses, < > % & \\ ? or /, not beginning with a digit, microsoft, azure or windows";
      problems.push({ path: [name], complaint });
    }
    if (names.some((other) => other !== name && other.toLowerCase() === name.toLowerCase())) {
      problems.push({ path: [name], complaint: "must differ from the other names by more than capital letters" });
    }
    if ((tags[name] ?? "").length > 256) {
      problems.push({ path: [name], complaint: `must have at most 256 characters, got ${tags[name]?.length}` });
    }
    return problems;
  }, tooMany);
}

/** Tags by name. */
export const tags = z.record(z.string(), z.string()).superRefine((value, context) => {
  for (const { path, complaint } of tagProblems(value)) {
    context.addIssue({ code: "custom", path: [...path], message: complaint });
  }
});

interface Taggable {
  tagsInput?: Record<string, string>;
  tags: Record<string, string>;
}

/** Puts tags on every resource of a stack that can have them; a resource's own tags win. Add it to stacks, not to the app. */
export class TagsEverywhere implements IAspect {
  private readonly tags: Tags;

  constructor(tags: Tags) {
    this.tags = Object.fromEntries(
      Object.entries(tags).map(([name, value]) => [escapeTemplate(name), escapeTemplate(value)]),
    );
  }

  visit(node: IConstruct): void {
    if (Object.keys(this.tags).length > 0 && TerraformResource.isTerraformResource(node) && "tagsInput" in node) {
      const resource = node as unknown as Taggable;
      resource.tags = { ...this.tags, ...resource.tagsInput };
    }
  }
}
