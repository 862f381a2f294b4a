import { readdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

// `npm run synth`: runs the app as `cdktf synth` does and leaves what that leaves, byte for byte, without the CLI, which takes
// longer to start than this takes as a whole. cdktf 0.21 calls util.isArray, of which Node 22 and newer would warn each
// time: DEP0044.

/** What `cdktf synth` takes from `cdktf.json`, apart from the command that it runs. */
interface Project {
  readonly output?: string;
  readonly context?: Readonly<Record<string, unknown>>;
}

/** What an app leaves about one of its stacks. */
interface Stack {
  readonly name: string;
  readonly synthesizedStackPath: string;
  /** The names of the stacks that are deployed before. */
  readonly dependencies: readonly string[];
}

interface Manifest {
  readonly stacks: Readonly<Record<string, Stack>>;
}

function main(): void {
  const project = JSON.parse(readFileSync("cdktf.json", "utf8")) as Project;
  const outdir = process.env.CDKTF_OUTPUT || project.output || "cdktf.out";
  const given = JSON.parse(process.env.CDKTF_CONTEXT_JSON || "{}") as object;
  process.env.CDKTF_OUTDIR = outdir;
  process.env.CDKTF_CONTEXT_JSON = JSON.stringify({ ...given, ...project.context });
  hideTerraformVariables();
  createRequire(__filename)("../main");

  const stacks = inOrder((JSON.parse(readFileSync(join(outdir, "manifest.json"), "utf8")) as Manifest).stacks);
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

/** The stacks in the order in which they are deployed. */
function inOrder(stacks: Manifest["stacks"]): Stack[] {
  const depth = (name: string): number => 1 + Math.max(0, ...(stacks[name]?.dependencies ?? []).map(depth));
  return Object.values(stacks).sort((one, other) => depth(one.name) - depth(other.name));
}

/** cdktf hides Terraform's variables from the app; a file that needed one would synthesize here and not deploy. */
function hideTerraformVariables(): void {
  for (const name of Object.keys(process.env)) if (name.startsWith("TF_VAR_")) delete process.env[name];
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
