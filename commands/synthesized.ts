import { App } from "cdktf";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { defineStacks } from "../lib/app";
import { Environment } from "../lib/deployment/environment";
import { loadDeployment } from "../lib/deployment/load";

/** The folder of the shipped deployments. */
export const DEPLOYMENTS = join(__dirname, "..", "deployments");

/** The paths of the shipped deployment files. */
export function shippedDeployments(): string[] {
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
  const app = new App({ outdir });
  defineStacks(app, loadDeployment(deployment, environment));
  app.synth();
  return Object.values(app.manifest.stacks).map((stack) => ({
    name: stack.name,
    folder: join(outdir, stack.workingDirectory),
  }));
}
