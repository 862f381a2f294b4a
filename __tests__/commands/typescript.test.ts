import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const HOOK = join(__dirname, "..", "..", "commands", "typescript.js");

describe("TypeScript that node runs itself", () => {
  const folder = mkdtempSync(join(tmpdir(), "typescript-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  function run(files: Record<string, string>): string[] {
    for (const [name, source] of Object.entries(files)) writeFileSync(join(folder, name), source);
    const { stdout, stderr } = spawnSync(process.execPath, ["-r", HOOK, join(folder, "main.ts")], { encoding: "utf8" });
    return (stdout + stderr).trimEnd().split("\n");
  }
  const speaking = (name: string): string => `console.log("loads ${name}"); export const ${name}: string = "${name}";`;

  it("loads a module when something of it is used first", () => {
    const main = [
      'import { used } from "./used";',
      'import { unused } from "./unused";',
      'console.log("main");',
      "console.log(used, used);",
      "export const later = () => unused;",
    ].join("\n");
    const lines = ["main", "loads used", "used used"];
    const files = { "main.ts": main, "used.ts": speaking("used"), "unused.ts": speaking("unused") };
    expect(run(files)).toEqual(lines);
    expect(run(files)).toEqual(lines);
  });

  it("takes modules as a whole, and those that only do something, at once", () => {
    const main = [
      'import * as path from "node:path";',
      'import assert from "node:assert";',
      'import "./doing";',
      'console.log("main", Object.keys(path).includes("join"), typeof assert.deepEqual);',
    ].join("\n");
    expect(run({ "main.ts": main, "doing.ts": speaking("doing") })).toEqual(["loads doing", "main true function"]);
  });
});
