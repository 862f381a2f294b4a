import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { shippedDeployments } from "../synthesized";
import { JsonNode } from "./json-schema";
import { SettingPath } from "./setting-texts";

const files = shippedDeployments().map((path) => parse(readFileSync(path, "utf8")) as unknown);

/** A value that a setting can have: one of a shipped file, else one that its schema names; empty for a section. */
export function exampleOf(path: SettingPath, node: JsonNode): string {
  for (const file of files) {
    const value = path.reduce<unknown>(step, file);
    if (value !== undefined) return typeof value === "object" && !simple(value) ? "" : text(value);
  }
  if (node.default !== undefined) return text(node.default);
  if (Array.isArray(node.enum)) return text(node.enum[0]);
  if (node.minimum !== undefined) return text(node.minimum);
  if (node.type === "boolean") return "true";
  const said = [node.description, node.patternErrorMessage, (node.items as JsonNode | undefined)?.patternErrorMessage];
  const named = /such as ([^\s,;]*[^\s,;.])/.exec(said.join(" "))?.[1] ?? "";
  return node.items && named !== "" ? `["${named}"]` : named;
}

function step(part: unknown, key: string): unknown {
  if (typeof part !== "object" || part === null) return undefined;
  return key === "[]" ? (part as unknown[])[0] : (part as Record<string, unknown>)[key];
}

/** Whether a value fits into one line of a table. */
function simple(value: object | null): boolean {
  return Array.isArray(value) && value.every((element) => typeof element !== "object");
}

function text(value: unknown): string {
  const written = typeof value === "string" ? value : JSON.stringify(value);
  return written.length > 60 ? `${written.slice(0, 57)}...` : written;
}
