import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { runApp } from "./run-app";

// `npm run synth`: what `cdktf synth` leaves, and where each stack is. cdktf 0.21 calls util.isArray, of which Node 22 and newer
// would warn each time: DEP0044.

function main(): void {
  const { outdir, stacks } = runApp();
  removeAllBut(
    stacks.map(({ name }) => name),
    join(outdir, "stacks"),
  );
  const width = Math.max(...stacks.map(({ name }) => name.length));
  console.log("Wrote Terraform for the stacks, in the order in which they are deployed:");
  for (const { name, synthesizedStackPath } of stacks) {
    console.log(`  ${name.padEnd(width)}  ${join(outdir, synthesizedStackPath)}`);
  }
}

/** Removes the stacks of an earlier deployment; what Terraform keeps in the folders of the others stays. */
function removeAllBut(kept: readonly string[], folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory() && !kept.includes(entry.name)) rmSync(join(folder, entry.name), { recursive: true });
  }
}

if (process.argv.length > 2) {
  console.error("npm run synth takes no arguments; DEPLOYMENT=path chooses the deployment file");
  process.exitCode = 1;
} else {
  main();
}
