import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { policies } from "../../commands/policies";

const ROOT = join(__dirname, "..", "..");
const work = mkdtempSync(join(tmpdir(), "apim-private-link-policies-"));
afterAll(() => rmSync(work, { recursive: true, force: true }));

const QUICKSTART = readFileSync(join(ROOT, "deployments/quickstart.yaml"), "utf8");
const DEFINE = JSON.stringify(join(ROOT, "policies/judge/policy"));
let folders = 0;

/** A `live` folder of these files. */
function live(files: Record<string, string>): string {
  const folder = join(work, String((folders += 1)), "live");
  mkdirSync(folder, { recursive: true });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

const PROTECTION = { "policies.yaml": "deletionProtection: true\n" };

describe("npm run policies", () => {
  it("says each violation in a line, what is not judged, and exits with 1", () => {
    const { out, code } = policies([], live({ "quickstart.yaml": QUICKSTART, ...PROTECTION }));
    expect(code).toBe(1);
    expect(out.split("\n")).toEqual([
      "quickstart  provider  azurerm_api_management.ApimVnet_Apim_056A03CD  deletion-protection: has no prevent_destroy. " +
        "Without it, one renamed thing replaces the service and cuts off every consumer.",
      "quickstart  provider  azurerm_private_link_service.PrivateLinkService_8003C028  deletion-protection: has no prevent_destroy. " +
        "Without it, one renamed thing replaces the service and cuts off every consumer.",
      "not judged: regions, which needs regions in live/policies.yaml",
      "not judged: remote-state, which needs remoteState in live/policies.yaml",
      "not judged: tags, which needs requiredTags in live/policies.yaml",
      "1 deployment, 2 stacks, 3 policies: 2 violations",
    ]);
  });

  it("lets pass what a file accepts in so many words, and repeats why", () => {
    const text = `# policy: accept deletion-protection because it is a rehearsal\n${QUICKSTART}`;
    const { out, code } = policies([], live({ "a/b/quickstart.yaml": text, ...PROTECTION }));
    expect(code).toBe(0);
    expect(out).toContain("accepted, because it is a rehearsal: quickstart  provider  azurerm_api_management.");
    expect(out).toContain("1 deployment, 2 stacks, 3 policies: nothing violates them, 2 accepted");
  });

  it.each([
    ["public-address", "quickstart: accepts public-address, and nothing is wrong there; take the comment out"],
    [
      "tgas",
      "quickstart: accepts tgas, and there is no such policy; there are deletion-protection, open-to-internet, ",
    ],
  ])("says that an exception from %s answers to nothing", (name, expected) => {
    const text = `# policy: accept ${name} because of nothing\n${QUICKSTART}`;
    expect(policies([], live({ "quickstart.yaml": text })).out).toContain(expected);
  });

  it("takes words for an exception only in a comment, and with a reason", () => {
    const words = ["policy: accept deletion-protection because x", "# policy: accept deletion-protection because "];
    const text = `tags:\n  note: "${words[0]}"\n${words[1]}\n${QUICKSTART}`;
    expect(policies([], live({ "quickstart.yaml": text, ...PROTECTION })).code).toBe(1);
  });

  it("judges by a team's own policies, with parameters of their own", () => {
    const own = `
      import { z } from ${JSON.stringify(join(ROOT, "node_modules/zod"))};
      import { policy } from ${DEFINE};
      export default policy({
        name: "few-stacks",
        why: "Each stack takes somebody's time.",
        parameters: { consumers: z.boolean() },
        judge: ({ name }, { consumers }) =>
          !consumers && name.startsWith("consumer-") ? [{ address: "terraform", said: "is a consumer's\\nstack" }] : [],
      });`;
    const files = {
      "quickstart.yaml": QUICKSTART,
      "policies/few-stacks.ts": own,
      "policies.yaml": "consumers: false\n",
    };
    const { out, code } = policies([], live(files));
    expect(code).toBe(1);
    expect(out).toContain(
      "quickstart  consumer-external  terraform  few-stacks: is a consumer's stack. Each stack takes somebody's time.\n",
    );
  });

  it.each([
    ["export const nothing = 1;", /has no policy: its default export must be policy\(/],
    ["export default {", /cannot be loaded: /],
    [
      `export default { name: "tags", why: "x", judge: () => [] };`,
      /policies\/own\.ts is called tags, as policies\/tags\.ts is/,
    ],
    [
      `export default { name: "own", why: "x", judge: () => { throw new Error("no luck"); } };`,
      /the policy own cannot judge provider: no luck/,
    ],
  ])("does not pass over a policy that cannot judge: %s", (own, message) => {
    const folder = live({ "quickstart.yaml": QUICKSTART, "policies/own.ts": own });
    expect(() => policies([], folder)).toThrow(message);
  });

  it("says everything that is wrong with the parameters at once", () => {
    const text = "requiredTags: owner\nregions: []\nremotState: true\ndeletionProtection: [1]\n";
    expect(() => policies([], live({ "policies.yaml": text }))).toThrow(
      [
        "- deletionProtection must be true or false, got [1]",
        "- regions must have at least 1 element, got []",
        '- requiredTags must be a list, got "owner"',
        "- remotState is not a key here; did you mean remoteState?",
      ].join("\n"),
    );
    expect(() => policies([], live({ "policies.yaml": 'regions: [" "]\n' }))).toThrow(
      "- regions[0] must be the name of",
    );
    expect(() => policies([], live({ "policies.yaml": "regions: [\n" }))).toThrow("policies.yaml is not valid:\n- ");
  });

  it("gives variables that a file names the values of a review", () => {
    const text = QUICKSTART.replace("00000000-0000-0000-0000-000000000001", "env:NOBODY_HAS_SET_IT");
    expect(policies([], live({ "quickstart.yaml": text })).code).toBe(0);
  });

  it("says in one line that there is nothing to judge", () => {
    const { out, code } = policies([], live(PROTECTION));
    expect([out, code]).toEqual([
      expect.stringMatching(/^there are no deployments in \S+; others are judged by name$/),
      0,
    ]);
  });

  it("prints JSON for programs", () => {
    const { out, code } = policies(["--json", "deployments/production.yaml"], live({}));
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      version: 1,
      deployments: ["deployments/production.yaml"],
      violations: [{ policy: "public-address", stack: "provider", deployment: "deployments/production.yaml" }, {}],
    });
  });

  it("runs as a command, and exits with 2 where it cannot judge", () => {
    const { status, stderr } = spawnSync(
      process.execPath,
      ["-r", "./commands/typescript", "commands/policies.ts", "nothing.yaml", "--fast"],
      { cwd: ROOT, encoding: "utf8" },
    );
    expect([status, stderr]).toEqual([2, expect.stringContaining("--fast: no such option")]);
  });
});
