import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { shippedDeployments } from "../commands/synthesized";

const ROOT = join(__dirname, "..");
const SHIPPED = shippedDeployments().map((path) => relative(ROOT, path));

/** The parts of a file that match. */
function all(file: string, pattern: RegExp): string[] {
  return Array.from(readFileSync(join(ROOT, file), "utf8").matchAll(pattern), ([, found]) => String(found)).sort();
}

describe("the shipped deployments", () => {
  it("are those that prettier formats, and no team's own", () => {
    expect(all(".prettierignore", /^!(.*\.yaml)$/gm)).toEqual(SHIPPED);
  });

  it("are those that the README starts from", () => {
    expect(all("README.md", /^\|.*\]\((deployments\/.*\.yaml)\)/gm)).toEqual(SHIPPED);
  });
});
