import { copyFileSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { DeploymentError } from "../lib/deployment/deployment-error";
import { allDeployments, synthesizeInto } from "./synthesized";
import { terraformWith } from "./terraform";

// `npm run validate [deployment ...]`: terraform init and validate on every stack, with the real schema of azurerm.

const NO_PROVIDER = /Failed to query available provider packages|Failed to install provider|could not connect to/;

const work = mkdtempSync(join(tmpdir(), "apim-private-link-validate-"));
process.on("exit", () => rmSync(work, { recursive: true, force: true }));

// one data folder for all stacks, so that the provider is installed once.
const run = terraformWith({ TF_DATA_DIR: join(work, "data") });

/** Runs terraform and returns what it says when it fails. */
function failure(folder: string, command: string, ...words: string[]): string | undefined {
  const { code, stdout, stderr } = run(folder, command, ...words);
  return code === 0 ? undefined : `${stdout}${stderr}`.trim();
}

function initialize(folder: string): string | undefined {
  const lock = join(work, ".terraform.lock.hcl");
  if (existsSync(lock)) copyFileSync(lock, join(folder, ".terraform.lock.hcl"));
  const said = failure(folder, "init", "-backend=false", "-input=false");
  if (said === undefined) copyFileSync(join(folder, ".terraform.lock.hcl"), lock);
  return said;
}

function main(): number {
  const chosen = process.argv.slice(2);
  const deployments = chosen.length > 0 ? chosen : allDeployments();
  let failures = 0;
  let stacks = 0;
  for (const deployment of deployments) {
    for (const stack of synthesizeInto(join(work, basename(deployment)), deployment, process.env)) {
      const said = initialize(stack.folder) ?? failure(stack.folder, "validate");
      stacks += 1;
      console.log(`${said === undefined ? "valid" : "INVALID"}  ${basename(deployment)}  ${stack.name}`);
      if (said !== undefined && NO_PROVIDER.test(said)) {
        console.error(
          `${said}\n\nThe azurerm provider cannot be had: this command needs the Terraform registry, or a mirror of it that the ` +
            "file in TF_CLI_CONFIG_FILE names (provider_installation).",
        );
        return 1;
      }
      if (said !== undefined) {
        console.error(said);
        failures += 1;
      }
    }
  }
  console.log(`${stacks - failures} of ${stacks} stacks are valid`);
  return failures === 0 && stacks > 0 ? 0 : 1;
}

try {
  process.exitCode = main();
} catch (error) {
  if (!(error instanceof DeploymentError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
