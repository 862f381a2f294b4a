import { spawnSync } from "node:child_process";

/** What Terraform did. */
export interface TerraformRun {
  /** The exit code; 1 where Terraform cannot be run at all. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs Terraform in the folder of a stack, without questions and colours. */
export function terraform(folder: string, command: string, ...words: string[]): TerraformRun {
  const program = process.env.TERRAFORM_BINARY_NAME || "terraform";
  const env = { ...process.env, TF_IN_AUTOMATION: "1" };
  const { status, stdout, stderr, error } = spawnSync(program, [command, "-no-color", ...words], {
    cwd: folder,
    env,
    encoding: "utf8",
    maxBuffer: 1024 ** 3,
  });
  return error
    ? { code: 1, stdout: "", stderr: `${program} cannot be run: ${error.message}\n` }
    : { code: status ?? 1, stdout, stderr };
}
