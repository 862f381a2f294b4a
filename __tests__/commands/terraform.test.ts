import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { said, terraform, terraformWith } from "../../commands/terraform";

describe("Terraform", () => {
  const folder = mkdtempSync(join(tmpdir(), "terraform-"));
  const program = join(folder, "terraform");
  const former = process.env.TERRAFORM_BINARY_NAME;

  beforeAll(() => {
    process.env.TERRAFORM_BINARY_NAME = program;
    // says its words and one of its variables, and fails when it is told to.
    writeFileSync(
      program,
      '#!/bin/sh\necho "$* as $TF_VAR_who"\n[ "$TF_VAR_who" != nobody ] || { echo "no such user" >&2; exit 3; }\n',
      {
        mode: 0o755,
      },
    );
  });

  afterAll(() => {
    rmSync(folder, { recursive: true });
    if (former === undefined) delete process.env.TERRAFORM_BINARY_NAME;
    else process.env.TERRAFORM_BINARY_NAME = former;
  });

  it.each([
    ["plan", ["-out=plan"], "plan -no-color -out=plan"],
    // what the command works on comes last, after every option.
    ["apply", ["-input=false", "plan"], "apply -no-color -input=false plan"],
    ["providers schema", ["-json"], "providers schema -no-color -json"],
  ])("%s has no colours", (command, words, line) => {
    const run = terraformWith({ TF_VAR_who: "somebody" });
    expect(said(command, run(folder, command, ...words))).toBe(`${line} as somebody\n`);
  });

  it("says what was wrong", () => {
    const run = terraformWith({ TF_VAR_who: "nobody" });
    expect(run(folder, "providers schema").code).toBe(3);
    expect(() => said("providers schema", run(folder, "providers schema"))).toThrow(
      "terraform providers schema: no such user",
    );
  });

  it("that is not there cannot be run", () => {
    process.env.TERRAFORM_BINARY_NAME = join(folder, "none");
    const { code, stderr } = terraform(folder, "plan");
    process.env.TERRAFORM_BINARY_NAME = program;
    expect(code).toBe(1);
    expect(stderr).toMatch(/^.*none cannot be run: spawnSync .* ENOENT\n$/);
  });
});
