import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { DEPLOYMENTS, synthesizeInto } from "../../commands/synthesized";
import { DeploymentError } from "../../lib/deployment/deployment-error";
import { loadDeployment } from "../../lib/deployment/load";

/** Terraform JSON as the tests read it. */
export type Terraform = Record<string, any>;

/** The stacks of a deployment file by name, synthesized as `cdktf synth` does. */
export function synthesized(deployment: string, environment: Record<string, string> = {}): Record<string, Terraform> {
  const outdir = mkdtempSync(join(tmpdir(), "apim-private-link-test-"));
  try {
    const stacks = synthesizeInto(outdir, deployment, environment);
    return Object.fromEntries(
      stacks.map((stack) => [stack.name, JSON.parse(readFileSync(join(stack.folder, "cdk.tf.json"), "utf8"))]),
    );
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** The path of a shipped deployment file. */
export function shipped(name: string): string {
  return join(DEPLOYMENTS, `${name}.yaml`);
}

/** Calls back with the path of a deployment file of this content, which is gone afterwards. */
export function withFile<T>(content: unknown, use: (path: string) => T, name = "case.yaml"): T {
  const folder = mkdtempSync(join(tmpdir(), "apim-private-link-test-"));
  try {
    const path = join(folder, name);
    writeFileSync(path, typeof content === "string" ? content : stringify(content));
    return use(path);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The message with which a file is refused, its path as FILE; empty where it is taken. */
export function refusalOf(content: string): string {
  return withFile(content, (path) => {
    try {
      loadDeployment(path, {});
      return "";
    } catch (error) {
      // whatever else is thrown is no refusal.
      if (!(error instanceof DeploymentError)) throw error;
      return error.message.replaceAll(path, "FILE");
    }
  });
}

/** What a deployment file is refused for, without its path; one element a problem. */
export function refusals(content: unknown, environment: Record<string, string> = {}): string[] {
  return withFile(content, (path) => {
    try {
      loadDeployment(path, environment);
      return [];
    } catch (error) {
      // whatever else is thrown is no refusal.
      if (!(error instanceof DeploymentError)) throw error;
      return error.message.split("\n- ").slice(1);
    }
  });
}

/** All resources of one type in a stack, in the order of their addresses. */
export function resources(stack: Terraform, type: string): Terraform[] {
  return Object.values((stack.resource?.[type] ?? {}) as Record<string, Terraform>);
}

/** The only resource of one type in a stack. */
export function resource(stack: Terraform, type: string): Terraform {
  const all = resources(stack, type);
  if (all.length !== 1) throw new Error(`expected one ${type}, got ${all.length}`);
  return all[0] as Terraform;
}

/** What a function gives, and the milliseconds of processor time that it took, however busy the machine is. */
export function timed<T>(act: () => T): { took: number; value: T } {
  const before = process.cpuUsage();
  const value = act();
  const { user, system } = process.cpuUsage(before);
  return { took: (user + system) / 1000, value };
}
