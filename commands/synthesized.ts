import { App } from "cdktf";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { defineStacks } from "../lib/app";
import { Environment } from "../lib/deployment/environment";
import { loadDeployment } from "../lib/deployment/load";

/** The folder of the deployments. */
export const DEPLOYMENTS = join(__dirname, "..", "deployments");

// a team's own files may stand beside these: the tests, the snapshots and prettier judge the product's, .prettierignore too.
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

/** The paths of the deployment files that the product ships. */
export function shippedDeployments(): string[] {
  return SHIPPED.map((name) => join(DEPLOYMENTS, `${name}.yaml`));
}

/** The paths of all deployment files, a team's own among them. */
export function allDeployments(): string[] {
  return readdirSync(DEPLOYMENTS)
    .filter((file) => file.endsWith(".yaml"))
    .sort()
    .map((file) => join(DEPLOYMENTS, file));
}

/** One stack as it was written. */
export interface SynthesizedStack {
  readonly name: string;
  /** The folder that holds `cdk.tf.json`, where Terraform runs. */
  readonly folder: string;
}

/** Synthesizes a deployment file into a folder, as `cdktf synth` does, and returns its stacks in deploy order. */
export function synthesizeInto(outdir: string, deployment: string, environment: Environment): SynthesizedStack[] {
  const app = new App({ outdir, skipValidation: true });
  defineStacks(app, loadDeployment(deployment, environment));
  app.synth();
  return Object.values(app.manifest.stacks).map((stack) => ({
    name: stack.name,
    folder: join(outdir, stack.workingDirectory),
  }));
}
