import { IAspect, TerraformResource } from "cdktf";
import { IConstruct } from "constructs";
import { z } from "zod";
import { generalTagProblems, zoneTags } from "./tag-rules";
import { escapeTemplate } from "./terraform-text";

/** Tags by name. */
export type Tags = Readonly<Record<string, string>>;

/** Tags by name. */
export const tags = z.record(z.string(), z.string()).superRefine((value, context) => {
  for (const { path, complaint } of generalTagProblems(value)) {
    context.addIssue({ code: "custom", path: [...path], message: complaint });
  }
});

interface Taggable {
  tagsInput?: Record<string, string>;
  tags: Record<string, string>;
}

/**
 * Puts tags on every resource of a stack that can have them; a resource's own tags win. Private DNS zones, records and links
 * get only those that Azure keeps on them. Add it to stacks, not to the app.
 */
export class TagsEverywhere implements IAspect {
  private readonly tags: Tags;
  private readonly zoneTags: Tags;

  constructor(tags: Tags) {
    this.tags = escaped(tags);
    this.zoneTags = escaped(zoneTags(tags));
  }

  visit(node: IConstruct): void {
    if (!TerraformResource.isTerraformResource(node) || !("tagsInput" in node)) return;
    const tags = node.terraformResourceType.startsWith("azurerm_private_dns_") ? this.zoneTags : this.tags;
    if (Object.keys(tags).length === 0) return;
    const resource = node as unknown as Taggable;
    resource.tags = { ...tags, ...resource.tagsInput };
  }
}

function escaped(tags: Tags): Tags {
  return Object.fromEntries(Object.entries(tags).map(([name, value]) => [escapeTemplate(name), escapeTemplate(value)]));
}
