import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { changedKeys } from "../commands/changes-page";
import { schemaFiles, settingKeys } from "../commands/schema";

describe("what follows from the schema (stale? run `npm run schema`)", () => {
  it.each([...schemaFiles()].map(([path, text]) => [basename(path), path, text]))("%s", (_, path, text) => {
    expect(readFileSync(path, "utf8")).toBe(text);
  });
});

describe("review/prove/keys.yaml, from which docs/changes.md follows", () => {
  it("has a change of every key of the deployment file, each once", () => {
    expect([...changedKeys()].sort()).toEqual([...settingKeys()].sort());
  });
});
