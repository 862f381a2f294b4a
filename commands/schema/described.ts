import { JsonNode } from "./json-schema";
import { SettingPath } from "./setting-texts";

/** Puts the meaning of each setting into a JSON Schema, in place; a setting without one is a mistake. */
export function describe(node: JsonNode, textOf: (path: SettingPath) => string, path: SettingPath = []): void {
  for (const [key, child] of Object.entries((node.properties ?? {}) as Record<string, JsonNode>)) {
    const inner = [...path, key];
    const description = textOf(inner);
    if (description === "") throw new Error(`${inner.join(".")} has no comment before its key in the schema`);
    child.description = description;
    describe(child, textOf, inner);
  }
  if (node.items) describe(node.items as JsonNode, textOf, [...path, "[]"]);
  for (const branch of branches(node)) describe(branch, textOf, path);
}

/** The schemas that say something about the same value. */
export function branches(node: JsonNode): JsonNode[] {
  const all = [node.then, node.else, ...((node.allOf ?? []) as JsonNode[])];
  return all.filter((branch): branch is JsonNode => typeof branch === "object" && branch !== null);
}
