import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

// runs the app as `cdktf synth` does and leaves what that leaves, byte for byte, without the CLI, which takes longer to start
// than this takes as a whole.

/** What `cdktf synth` takes from `cdktf.json`, apart from the command that it runs. */
interface Project {
  readonly output?: string;
  readonly context?: Readonly<Record<string, unknown>>;
}

/** What an app leaves about one of its stacks. */
export interface WrittenStack {
  readonly name: string;
  readonly synthesizedStackPath: string;
  readonly workingDirectory: string;
  /** The names of the stacks that are deployed before. */
  readonly dependencies: readonly string[];
}

interface Manifest {
  readonly stacks: Readonly<Record<string, WrittenStack>>;
}

/** Runs the app on the chosen deployment; returns where it wrote, and its stacks in the order in which they are deployed. */
export function runApp(): { readonly outdir: string; readonly stacks: readonly WrittenStack[] } {
  const project = JSON.parse(readFileSync("cdktf.json", "utf8")) as Project;
  const outdir = process.env.CDKTF_OUTPUT || project.output || "cdktf.out";
  const given = JSON.parse(process.env.CDKTF_CONTEXT_JSON || "{}") as object;
  process.env.CDKTF_OUTDIR = outdir;
  process.env.CDKTF_CONTEXT_JSON = JSON.stringify({ ...given, ...project.context });
  withoutTerraformVariables(() => {
    createRequire(__filename)("../main");
  });
  return {
    outdir,
    stacks: inOrder((JSON.parse(readFileSync(join(outdir, "manifest.json"), "utf8")) as Manifest).stacks),
  };
}

/** The stacks in the order in which they are deployed. */
function inOrder(stacks: Manifest["stacks"]): WrittenStack[] {
  const depth = (name: string): number => 1 + Math.max(0, ...(stacks[name]?.dependencies ?? []).map(depth));
  return Object.values(stacks).sort((one, other) => depth(one.name) - depth(other.name));
}

/** cdktf hides Terraform's variables from the app; a file that needed one would synthesize here and not deploy. */
function withoutTerraformVariables(run: () => void): void {
  const variables = Object.entries(process.env).filter(([name]) => name.startsWith("TF_VAR_"));
  for (const [name] of variables) delete process.env[name];
  run();
  for (const [name, value] of variables) process.env[name] = value;
}
