import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { synthesizeInto } from "../../commands/synthesized";
import { shipped, withFile } from "../support/synthesized";

const ROOT = join(__dirname, "..", "..");

// each case starts npm and the app once or twice.
jest.setTimeout(60_000);

let work: string;
let output: string;
beforeEach(() => {
  work = mkdtempSync(join(tmpdir(), "apim-private-link-synth-"));
  output = join(work, "out");
});
afterEach(() => rmSync(work, { recursive: true, force: true }));

/** What `npm run synth` does, called in a folder that is not the project's. */
function synth(environment: Record<string, string> = {}, ...words: string[]) {
  const env = { ...process.env, DEPLOYMENT: "", CDKTF_OUTPUT: output, ...environment };
  const { status, stdout, stderr } = spawnSync("npm", ["--prefix", ROOT, "run", "--silent", "synth", "--", ...words], {
    cwd: work,
    env,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

/** Every file below a folder, by its path. */
function files(folder: string): Record<string, string> {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    paths.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [path.slice(folder.length + 1), readFileSync(path, "utf8")];
    }),
  );
}

describe("npm run synth", () => {
  it("writes the deployment of cdktf.json's context, and says where each stack is", () => {
    expect(synth()).toEqual({
      status: 0,
      stderr: "",
      stdout: [
        "Wrote Terraform for the stacks, in the order in which they are deployed:",
        `  provider           ${output}/stacks/provider/cdk.tf.json`,
        `  consumer-external  ${output}/stacks/consumer-external/cdk.tf.json`,
        "",
      ].join("\n"),
    });
    synthesizeInto(join(work, "expected"), shipped("quickstart"), {});
    expect(files(output)).toEqual(files(join(work, "expected")));
  });

  it("writes the deployment that DEPLOYMENT names, with a path from the project's folder", () => {
    const { stdout } = synth({ DEPLOYMENT: "deployments/provider-only.yaml" });
    expect(stdout).toContain(`  provider  ${output}/stacks/provider/cdk.tf.json\n`);
    expect(readdirSync(join(output, "stacks"))).toEqual(["provider"]);
  });

  it("removes the stacks of an earlier deployment, and nothing of Terraform's in the others", () => {
    synth();
    const kept = join(output, "stacks", "provider", ".terraform", "providers");
    mkdirSync(kept, { recursive: true });
    writeFileSync(join(output, "stacks", "notes.txt"), "");
    synth({ DEPLOYMENT: "deployments/provider-only.yaml" });
    expect(readdirSync(join(output, "stacks"))).toEqual(["notes.txt", "provider"]);
    expect(existsSync(kept)).toBe(true);
  });

  it("ends with code 1 and a message alone for a mistake in the file, and leaves the earlier stacks", () => {
    synth();
    const before = files(output);
    withFile("name: broken\n", (DEPLOYMENT) => {
      const { status, stdout, stderr } = synth({ DEPLOYMENT });
      expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
      expect(stderr).toMatch(/^.*case\.yaml cannot be deployed:\n(- .*\n)+$/);
    });
    expect(files(output)).toEqual(before);
  });

  it("hides Terraform's variables from the file, as cdktf does", () => {
    const text = readFileSync(shipped("provider-only"), "utf8");
    const id = "00000000-0000-0000-0000-00000000000a";
    withFile(text.replace(/subscriptionId: .*/, "subscriptionId: env:TF_VAR_subscription"), (DEPLOYMENT) => {
      expect(synth({ DEPLOYMENT, TF_VAR_subscription: id }).stderr).toContain("TF_VAR_subscription");
    });
  });

  it("refuses arguments, which cdktf synth would have taken", () => {
    expect(synth({}, "deployments/provider-only.yaml")).toEqual({
      status: 1,
      stdout: "",
      stderr: "npm run synth takes no arguments; DEPLOYMENT=path chooses the deployment file\n",
    });
  });
});
