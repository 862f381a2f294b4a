import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, extname, join, relative } from "node:path";
import { DeploymentError } from "../lib/deployment/deployment-error";
import { Environment } from "../lib/deployment/environment";
import { stacksIn } from "../review/read/stacks";
import { STAND_IN } from "./stand-in";
import { shippedDeployments, synthesizeInto, teamDeployments } from "./synthesized";

// `npm run snapshots`: writes what every deployment becomes, the shipped ones and a team's own, for people to review as a
// diff. `npm run snapshots -- --check` compares only.

const ROOT = join(__dirname, "..");

/** The folder of the shipped deployments' Terraform, one folder a deployment, one file a stack. */
export const SNAPSHOTS = join(ROOT, "__tests__", "snapshots");

/** A deployment and where its committed Terraform is. */
export interface Committed {
  readonly deployment: string;
  /** The folder that holds `<stack>.json`; a team's stands beside its file. */
  readonly folder: string;
  readonly environment: Environment;
}

/** Every deployment whose Terraform is committed. */
export function committed(): Committed[] {
  return [...shippedDeployments(), ...teamDeployments()].map(committedOf);
}

/** Where the committed Terraform of a deployment is, whether or not there is any yet. */
export function committedOf(deployment: string): Committed {
  const name = basename(deployment, extname(deployment));
  const shipped = shippedDeployments().includes(deployment);
  const folder = shipped ? join(SNAPSHOTS, name) : join(dirname(deployment), `${name}.terraform`);
  return { deployment, folder, environment: STAND_IN };
}

/** The Terraform of a deployment as it should be committed: text by the name of the stack. */
export function currentTerraform({ deployment, environment }: Committed): Map<string, string> {
  const outdir = mkdtempSync(join(tmpdir(), "apim-private-link-snapshots-"));
  try {
    synthesizeInto(outdir, deployment, environment);
    return new Map([...stacksIn(outdir).values()].map(({ name, text }) => [name, text]));
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** What is wrong with the committed Terraform of a deployment, a line a file. */
export function staleness(one: Committed): string[] {
  const current = currentTerraform(one);
  const there = existsSync(one.folder) ? readdirSync(one.folder).filter((file) => file.endsWith(".json")) : [];
  const path = (file: string): string => relative(ROOT, join(one.folder, file));
  return [
    ...[...current].flatMap(([stack, text]) => {
      const file = join(one.folder, `${stack}.json`);
      if (!existsSync(file)) return [`${path(`${stack}.json`)} is missing`];
      return readFileSync(file, "utf8") === text ? [] : [`${path(`${stack}.json`)} is not what the file becomes`];
    }),
    ...there.filter((file) => !current.has(basename(file, ".json"))).map((file) => `${path(file)} belongs to no stack`),
  ];
}

/** Folders of committed Terraform whose deployment is gone. */
export function leftovers(): string[] {
  const known = committed().map(({ folder }) => folder);
  const shipped = existsSync(SNAPSHOTS) ? readdirSync(SNAPSHOTS).map((name) => join(SNAPSHOTS, name)) : [];
  return shipped.filter((folder) => !known.includes(folder));
}

function write(one: Committed): number {
  const current = currentTerraform(one);
  rmSync(one.folder, { recursive: true, force: true });
  mkdirSync(one.folder, { recursive: true });
  for (const [stack, text] of current) writeFileSync(join(one.folder, `${stack}.json`), text);
  return current.size;
}

function main(words: readonly string[]): number {
  if (words.includes("--check")) {
    const stale = [
      ...committed().flatMap(staleness),
      ...leftovers().map((folder) => `${relative(ROOT, folder)} belongs to no deployment`),
    ];
    for (const line of stale) console.error(line);
    if (stale.length > 0) console.error("\nnpm run snapshots writes them; review the diff");
    else console.log("the committed Terraform is what the deployments become");
    return stale.length > 0 ? 1 : 0;
  }
  for (const folder of leftovers()) rmSync(folder, { recursive: true });
  const files = committed().reduce((sum, one) => sum + write(one), 0);
  console.log(`wrote ${files} snapshots; review them with git diff`);
  return 0;
}

if (require.main === module) {
  try {
    process.exitCode = main(process.argv.slice(2));
  } catch (error) {
    if (!(error instanceof DeploymentError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
