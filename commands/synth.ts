import { App, Manifest } from "cdktf";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { synthesize } from "../lib/app";

// `npm run synth`: leaves what `cdktf synth` leaves, byte for byte, without the CLI, which takes longer to start than this
// takes as a whole. cdktf 0.21 calls util.isArray, of which Node 22 and newer would warn each time: DEP0044.

/** What `cdktf synth` takes from `cdktf.json`, apart from the command that it runs. */
interface Project {
  readonly output?: string;
  readonly context?: Readonly<Record<string, unknown>>;
}

function main(): void {
  const project = JSON.parse(readFileSync("cdktf.json", "utf8")) as Project;
  const app = new App({ outdir: process.env.CDKTF_OUTPUT || project.output });
  for (const [key, value] of Object.entries(project.context ?? {})) app.node.setContext(key, value);
  synthesize(app, withoutTerraformVariables(process.env));

  const stacks = Object.values(app.manifest.stacks);
  removeAllBut(
    stacks.map((stack) => stack.name),
    join(app.outdir, Manifest.stacksFolder),
  );
  const width = Math.max(...stacks.map((stack) => stack.name.length));
  console.log("Wrote Terraform for the stacks, in the order in which they are deployed:");
  for (const { name, synthesizedStackPath } of stacks) {
    console.log(`  ${name.padEnd(width)}  ${join(app.outdir, synthesizedStackPath)}`);
  }
}

/** cdktf hides Terraform's variables from the app; a file that needed one would synthesize here and not deploy. */
function withoutTerraformVariables(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith("TF_VAR_")));
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
