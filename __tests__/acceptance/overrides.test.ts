import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { resource, shipped, synthesized, Terraform } from "../support/synthesized";

const ROOT = join(__dirname, "..", "..");
const EXAMPLE = join(ROOT, "docs/examples/overrides.ts");

/** The stacks that the example writes for a deployment file. */
function written(deployment: string): Record<string, Terraform> {
  const outdir = mkdtempSync(join(tmpdir(), "apim-private-link-test-"));
  try {
    const env = { ...process.env, DEPLOYMENT: shipped(deployment), CDKTF_OUTDIR: outdir };
    const { status, stderr } = spawnSync(process.execPath, ["-r", "./commands/typescript", EXAMPLE], {
      cwd: ROOT,
      env,
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(stderr);
    const stacks = Object.keys(synthesized(shipped(deployment)));
    return Object.fromEntries(
      stacks.map((name) => [name, JSON.parse(readFileSync(join(outdir, "stacks", name, "cdk.tf.json"), "utf8"))]),
    );
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

describe("the example of a team's own changes", () => {
  it("changes what it says and nothing else", () => {
    const changed = synthesized(shipped("quickstart"));
    const provider = changed.provider as Terraform;
    resource(provider, "azurerm_api_management").identity = { type: "SystemAssigned" };
    resource(provider, "azurerm_private_link_service").timeouts = { create: "90m" };
    // cdktf notes what was overridden.
    provider["//"].metadata.overrides.azurerm_private_link_service = ["timeouts"];
    expect(written("quickstart")).toEqual(changed);
  });

  it("leaves a file alone that has no provider", () => {
    expect(written("consumers-by-alias")).toEqual(synthesized(shipped("consumers-by-alias")));
  });

  it("is what docs/overrides.md shows, from where main.ts is", () => {
    const shown = /```ts\n(.*?)```/s.exec(readFileSync(join(ROOT, "docs/overrides.md"), "utf8"))?.[1];
    expect(shown).toBe(readFileSync(EXAMPLE, "utf8").replaceAll('"../../lib/', '"./lib/'));
  });
});
