import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { DEPLOYMENTS } from "../synthesized";

/** Values by their places in a deployment file, such as `consumers.0.name`; undefined takes a key out. */
export type Changes = Readonly<Record<string, unknown>>;

/** The content of a deployment file. */
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
  for (const [place, value] of Object.entries(changes)) {
    const keys = place.split(".");
    const last = keys.pop() ?? "";
    const section = keys.reduce<Content>((part, key) => (part[key] ??= {}) as Content, copy);
    if (value === undefined) delete section[last];
    else section[last] = structuredClone(value);
  }
  return copy;
}
