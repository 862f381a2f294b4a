import { App } from "cdktf";
import { existsSync, readdirSync } from "node:fs";
import { join, sep } from "node:path";
import { defineStacks } from "../lib/app";
import { Environment } from "../lib/deployment/environment";
import { loadDeployment } from "../lib/deployment/load";

/** The folder of the deployments that the product ships, each an example. */
export const DEPLOYMENTS = join(__dirname, "..", "deployments");

/** The folder of a team's own deployments, in folders as deep as it likes, each with its Terraform beside it. */
export const LIVE = join(__dirname, "..", "live");

// a team may have files beside these too, or take these away: the tests and prettier judge the product's, .prettierignore too.
const SHIPPED = [
  "any-service",
  "consumers-by-alias",
  "consumers-by-handover",
  "cross-tenant",
  "direct-connect",
  "existing-estate",
  "many-consumers",
  "production",
  "provider-only",
  "quickstart",
  "reachability-probe",
  "tutorial",
];

/** The paths of the deployment files that the product ships, as far as they are still there. */
export function shippedDeployments(): string[] {
  return SHIPPED.map((name) => join(DEPLOYMENTS, `${name}.yaml`)).filter((file) => existsSync(file));
}

/** The paths of a team's own deployment files, here or in another checkout; its policies stand beside them. */
export function teamDeployments(live = LIVE): string[] {
  const policies = join(live, "policies");
  return deploymentsBelow(live).filter((file) => file !== `${policies}.yaml` && !file.startsWith(`${policies}${sep}`));
}

/** The paths of all deployment files, a team's own among them. */
export function allDeployments(): string[] {
  return [...deploymentsBelow(DEPLOYMENTS), ...teamDeployments()];
}

/** The deployment files below a folder; what is called `_…` is no deployment, such as a part of several files. */
export function deploymentsBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.ya?ml$/.test(file) && !/(^|[/\\])_/.test(file))
    .sort()
    .map((file) => join(folder, file));
}

/** One stack as it was written. */
export interface SynthesizedStack {
  readonly name: string;
  /** The folder that holds `cdk.tf.json`, where Terraform runs. */
  readonly folder: string;
}

/** Synthesizes a deployment file into a folder, as `cdktf synth` does, and returns its stacks in deploy order. */
export function synthesizeInto(
  outdir: string,
  deployment: string,
  environment: Environment,
  /** What it is called, where that is not for its file to say. */
  name?: string,
): SynthesizedStack[] {
  const app = new App({ outdir, skipValidation: true });
  const loaded = loadDeployment(deployment, environment);
  defineStacks(app, { ...loaded, name: name ?? loaded.name });
  app.synth();
  return Object.values(app.manifest.stacks).map((stack) => ({
    name: stack.name,
    folder: join(outdir, stack.workingDirectory),
  }));
}
