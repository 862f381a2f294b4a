import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runApp } from "./run-app";
import { importBlocks } from "./import-ids";

// `npm run imports [-- stack ...]`: writes imports.tf beside each stack's Terraform, a block for each resource that may exist
// already under the name that the deployment file has. What does not exist is taken out by hand; the next deploy imports the rest.

const names = process.argv.slice(2);
const { outdir, stacks } = runApp();
const chosen = stacks.filter(({ name }) => names.length === 0 || names.includes(name));
if (chosen.length < names.length) {
  console.error(`The deployment has ${stacks.map(({ name }) => name).join(", ")}; asked for ${names.join(", ")}`);
  process.exitCode = 1;
} else {
  for (const { synthesizedStackPath, workingDirectory } of chosen) {
    const { blocks, left } = importBlocks(readFileSync(join(outdir, synthesizedStackPath), "utf8"));
    const file = join(outdir, workingDirectory, "imports.tf");
    writeFileSync(file, blocks.join("\n"));
    console.log(`wrote ${file}: ${blocks.length} resources; take out those that do not exist`);
    for (const address of left) console.log(`  not among them: ${address}`);
  }
}
