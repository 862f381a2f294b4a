import { join } from "node:path";
import { runApp } from "./run-app";
import { terraform } from "./terraform";

/** What cannot be done, in a sentence for whoever asked for it. */
export class NotPossible extends Error {}

/** The folder of the provider's stack of the chosen deployment, where Terraform is ready to run. */
export function providerFolder(): string {
  const { outdir, stacks } = runApp();
  const provider = stacks.find(({ name }) => name === "provider");
  if (provider === undefined) throw new NotPossible("the deployment has no provider: its owner runs this command");
  const folder = join(outdir, provider.workingDirectory);
  run(folder, "init", "-input=false");
  return folder;
}

/** What Terraform says on standard output. */
export function run(folder: string, command: string, ...words: string[]): string {
  const { code, stdout, stderr } = terraform(folder, command, ...words);
  if (code !== 0) throw new NotPossible(`terraform ${command} failed:\n${stdout}${stderr}`);
  return stdout;
}

/** Ends a command with the code that it returns, and with code 1 and a message alone for what cannot be done. */
export function ended(command: () => number): number {
  try {
    return command();
  } catch (error) {
    if (!(error instanceof NotPossible)) throw error;
    console.error(error.message);
    return 1;
  }
}
