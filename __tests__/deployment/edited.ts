import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { refusals, shipped, Terraform } from "../support/synthesized";

/** Values by their places in a deployment file, such as `consumers.0.name`; undefined takes a key out. */
export type Changes = Readonly<Record<string, unknown>>;

/** The content of a shipped deployment file with some values changed. */
export function edited(deployment: string, changes: Changes = {}): Terraform {
  const content: Terraform = parse(readFileSync(shipped(deployment), "utf8"));
  for (const [place, value] of Object.entries(changes)) {
    const keys = place.split(".");
    const last = keys.pop() ?? "";
    const section = keys.reduce<Terraform>((part, key) => (part[key] ??= {}), content);
    if (value === undefined) delete section[last];
    else section[last] = structuredClone(value);
  }
  return content;
}

/** What a deployment file is refused for, without the lines, which depend on how it is written down. */
export function complaints(content: unknown, environment: Record<string, string> = {}): string[] {
  return refusals(content, environment).map((complaint) => complaint.replace(/ \(line \d+\)/, ""));
}

/** A subscription's id that nothing else in the shipped files has. */
export function subscription(number: number): string {
  return `00000000-0000-0000-0000-${String(number).padStart(12, "0")}`;
}
