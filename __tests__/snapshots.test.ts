import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { currentSnapshots, SNAPSHOTS } from "../commands/snapshots";
import { schemaFiles } from "../commands/schema";

const current = currentSnapshots();

describe("the snapshots in __tests__/snapshots (stale? run `npm run snapshots` and review the diff)", () => {
  it.each([...current.keys()])("%s is what the deployment becomes", (file) => {
    const path = join(SNAPSHOTS, file);
    expect(existsSync(path) ? readFileSync(path, "utf8") : "missing: npm run snapshots").toBe(current.get(file));
  });

  it("are of the shipped deployments only", () => {
    const files = readdirSync(SNAPSHOTS, { recursive: true, encoding: "utf8" }).filter((file) =>
      file.endsWith(".json"),
    );
    expect(files.sort()).toEqual([...current.keys()].sort());
  });
});

describe("what follows from the schema (stale? run `npm run schema`)", () => {
  it.each([...schemaFiles()].map(([path, text]) => [basename(path), path, text]))("%s", (_, path, text) => {
    expect(readFileSync(path, "utf8")).toBe(text);
  });
});
