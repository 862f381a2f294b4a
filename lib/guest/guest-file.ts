import { readFileSync } from "node:fs";
import { join } from "node:path";
import { escapeTemplate } from "../azure/terraform-text";

/**
 * Reads a file that stands beside this one, as text that Terraform takes as it stands, with values put into it.
 *
 * A value is named by the beginning of its line, such as `define ports = `, and replaces the rest of that line. So the
 * file is a valid file of its language with or without the values. Values may be or hold tokens.
 */
export function guestFile(path: string, values: Readonly<Record<string, string>> = {}): string {
  const lines = escapeTemplate(readFileSync(join(__dirname, path), "utf8")).split("\n");
  for (const [start, value] of Object.entries(values)) {
    const found = lines.filter((line) => line.startsWith(start)).length;
    if (found !== 1) {
      throw new Error(`${path} must have one line that begins with ${JSON.stringify(start)}, got ${found}`);
    }
    lines[lines.findIndex((line) => line.startsWith(start))] = start + value;
  }
  return lines.join("\n");
}
