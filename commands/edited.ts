import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { DEPLOYMENTS } from "./synthesized";

/** Values by their places, such as `consumers.0.name`; `*` is every key of a section, and undefined takes out what is there. */
export type Changes = Readonly<Record<string, unknown>>;

/** The content of a deployment file, or of another one of sections and lists. */
export interface Content {
  [key: string]: unknown;
}

/** The content of a shipped deployment file. */
export function shippedContent(name: string): Content {
  return parse(readFileSync(join(DEPLOYMENTS, `${name}.yaml`), "utf8")) as Content;
}

/** A content with some values changed. */
export function edited(content: Content, changes: Changes): Content {
  const copy = structuredClone(content);
  for (const [place, value] of Object.entries(changes)) put(copy, place.split("."), structuredClone(value));
  return copy;
}

function put(section: Content, [key = "", ...rest]: readonly string[], value: unknown): void {
  if (key === "*") return Object.keys(section).forEach((each) => put(section, [each, ...rest], value));
  if (rest.length > 0) return put((section[key] ??= {}) as Content, rest, value);
  if (value !== undefined) section[key] = value;
  else if (Array.isArray(section)) section.splice(Number(key), 1);
  else delete section[key];
}
