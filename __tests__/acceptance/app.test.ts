import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { edited } from "../deployment/edited";
import { withFile } from "../support/synthesized";

const ROOT = join(__dirname, "..", "..");

describe("the app that cdktf.json names", () => {
  const command = (JSON.parse(readFileSync(join(ROOT, "cdktf.json"), "utf8")) as { app: string }).app;

  function run(folder: string, deployment: string, environment: Record<string, string> = {}) {
    const outdir = mkdtempSync(join(tmpdir(), "apim-private-link-test-"));
    const env = { PATH: process.env.PATH ?? "", DEPLOYMENT: deployment, CDKTF_OUTDIR: outdir, ...environment };
    const result = spawnSync(command, { cwd: folder, env, encoding: "utf8", shell: true });
    const stacks = result.status === 0 ? ["provider", "consumer-external"] : [];
    const files = stacks.map((stack) => readFileSync(join(outdir, "stacks", stack, "cdk.tf.json"), "utf8"));
    rmSync(outdir, { recursive: true });
    return { ...result, files };
  }

  // one run for the tests that compare another with it.
  let here: ReturnType<typeof run>;
  beforeAll(() => {
    here = run(ROOT, "deployments/quickstart.yaml");
  });

  it("gives the same bytes twice, from another folder, and at another time", () => {
    const elsewhere = mkdtempSync(join(tmpdir(), "apim-private-link-copy-"));
    try {
      for (const part of ["main.ts", "lib", "commands", "deployments"]) {
        cpSync(join(ROOT, part), join(elsewhere, part), { recursive: true });
      }
      symlinkSync(join(ROOT, "node_modules"), join(elsewhere, "node_modules"));
      const there = run(elsewhere, "deployments/quickstart.yaml", {
        TZ: "Pacific/Auckland",
        LANG: "tr_TR.UTF-8",
        HOME: elsewhere,
      });
      expect(here.files).toHaveLength(2);
      expect(there.files).toEqual(here.files);
    } finally {
      rmSync(elsewhere, { recursive: true });
    }
  });

  it("ends with code 1 and one message without a stack trace for a mistake in the file", () => {
    const content = edited("quickstart", { "provider.apim.skuName": "Standard_1" });
    const result = withFile(content, (path) => run(ROOT, path));
    expect(result.status).toBe(1);
    expect(result.stdout).toBe("");
    expect(result.stderr).toMatch(
      /case\.yaml cannot be deployed:\n- provider\.apim\.skuName \(line \d+\) must be Developer_1 or Premium_1 to Premium_99, the only SKUs with internal VNet mode, got "Standard_1"\n$/,
    );
  });

  it.each([
    [
      "a file that is not there",
      "nowhere.yaml",
      "there is no deployment file nowhere.yaml; DEPLOYMENT=path chooses one\n",
    ],
    ["a folder", "deployments", "there is no deployment file deployments; DEPLOYMENT=path chooses one\n"],
  ])("ends with code 1 for %s", (_what, path, message) => {
    const result = run(ROOT, path);
    expect([result.status, result.stderr]).toEqual([1, message]);
  });

  it("takes the deployment of cdktf.json's context when none is named", () => {
    const context = JSON.stringify({ deployment: "deployments/quickstart.yaml" });
    const outdir = mkdtempSync(join(tmpdir(), "apim-private-link-test-"));
    const env = { PATH: process.env.PATH ?? "", CDKTF_CONTEXT_JSON: context, CDKTF_OUTDIR: outdir };
    expect(spawnSync(command, { cwd: ROOT, env, shell: true }).status).toBe(0);
    expect(readFileSync(join(outdir, "stacks/provider/cdk.tf.json"), "utf8")).toBe(here.files[0]);
    rmSync(outdir, { recursive: true });
  });
});
