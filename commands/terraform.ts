import { spawnSync } from "node:child_process";

/** What Terraform did. */
export interface TerraformRun {
  /** The exit code; 1 where Terraform cannot be run at all. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs Terraform in the folder of a stack, without questions and colours. */
export const terraform = terraformWith({});

/** Runs Terraform as `terraform` does, with more in its environment. A command may be of two words: `providers schema`. */
export function terraformWith(variables: Readonly<Record<string, string>>) {
  return (folder: string, command: string, ...words: string[]): TerraformRun => {
    const program = process.env.TERRAFORM_BINARY_NAME || "terraform";
    const env = { ...process.env, TF_IN_AUTOMATION: "1", ...variables };
    const { status, stdout, stderr, error } = spawnSync(program, [...command.split(" "), "-no-color", ...words], {
      cwd: folder,
      env,
      encoding: "utf8",
      maxBuffer: 1024 ** 3,
    });
    return error
      ? { code: 1, stdout: "", stderr: `${program} cannot be run: ${error.message}\n` }
      : { code: status ?? 1, stdout, stderr };
  };
}

/** What Terraform said when all was well; throws what it complained of. */
export function said(command: string, { code, stdout, stderr }: TerraformRun): string {
  if (code !== 0) throw new Error(`terraform ${command}: ${stderr.trim() || stdout.trim()}`);
  return stdout;
}

/** What applies to nothing that exists: no questions to HashiCorp, and a password for machines that nobody logs in to. */
export const UNREAL: Readonly<Record<string, string>> = {
  CHECKPOINT_DISABLE: "1",
  TF_VAR_forwarder_admin_password: "Only-for-the-stand-in-1",
};
