import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BREAKAGES } from "../../lab/broken/breakages";
import { HOPS } from "../../lab/read/chain";
import { DEPLOYMENTS, synthesizeInto } from "../../commands/synthesized";

describe("the broken designs", () => {
  const work = mkdtempSync(join(tmpdir(), "apim-private-link-breakages-"));
  const stacks = synthesizeInto(work, join(DEPLOYMENTS, "quickstart.yaml"), {}).map(({ name, folder }) => ({
    name,
    text: readFileSync(join(folder, "cdk.tf.json"), "utf8"),
  }));
  afterAll(() => rmSync(work, { recursive: true, force: true }));

  test.each(BREAKAGES)("$name: changes the Terraform of the quickstart", ({ apply }) => {
    const broken = Object.fromEntries(stacks.map(({ name, text }) => [name, JSON.parse(text)]));
    apply(broken);
    expect(broken).not.toEqual(Object.fromEntries(stacks.map(({ name, text }) => [name, JSON.parse(text)])));
  });

  it("are at every hop but APIM itself, which the lab stops on its own", () => {
    expect([...new Set(BREAKAGES.map(({ hop }) => hop))].sort()).toEqual(HOPS.filter((hop) => hop !== "apim").sort());
  });
});
