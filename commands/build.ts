import { spawnSync } from "node:child_process";
import { cpSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { extname, join } from "node:path";

// `npm run build`: lib/ as the package has it, in dist/: JavaScript with its types, and beside it the files of the guests.

const ROOT = join(__dirname, "..");
const DIST = join(ROOT, "dist");

rmSync(DIST, { recursive: true, force: true });
const compiler = createRequire(__filename).resolve("typescript/bin/tsc");
const { status } = spawnSync(process.execPath, [compiler, "-p", join(ROOT, "tsconfig.build.json")], {
  stdio: "inherit",
});
if (status !== 0) process.exit(status ?? 1);
cpSync(join(ROOT, "lib"), DIST, { recursive: true, filter: (path) => extname(path) !== ".ts" });
