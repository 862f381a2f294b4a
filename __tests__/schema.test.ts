import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { schemaFiles } from "../commands/schema";

describe("what follows from the schema (stale? run `npm run schema`)", () => {
  it.each([...schemaFiles()].map(([path, text]) => [basename(path), path, text]))("%s", (_, path, text) => {
    expect(readFileSync(path, "utf8")).toBe(text);
  });
});
