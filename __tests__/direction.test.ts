import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const ROOT = join(__dirname, "..");
const CRUISE = join(ROOT, "node_modules/dependency-cruiser/bin/dependency-cruise.mjs");

// one tree in which each file does one wrong thing, so that one run judges them all.
const WRONG: Record<string, readonly [content: string, rule: string]> = {
  "lib/azure/up.ts": ['import { fine } from "../network/fine";', "azure-imports-downward-only"],
  "lib/azure/types-count.ts": ['import type { Fine } from "../network/fine";', "azure-imports-downward-only"],
  "lib/network/up.ts": ['import { fine } from "../dns/fine";', "network-imports-downward-only"],
  "lib/machine/beside.ts": ['import { fine } from "../guest/fine";', "machine-imports-downward-only"],
  "lib/guest/beside.ts": ['import { fine } from "../machine/fine";', "guest-imports-downward-only"],
  "lib/dns/up.ts": ['import { fine } from "../consumer/fine";', "dns-imports-downward-only"],
  "lib/provider/beside.ts": ['import { fine } from "../consumer/fine";', "provider-imports-downward-only"],
  "lib/consumer/beside.ts": ['import { fine } from "../provider/fine";', "consumer-imports-downward-only"],
  "lib/deployment/up.ts": ['import { fine } from "../stacks/fine";', "deployment-imports-downward-only"],
  "lib/stacks/up.ts": ['import { fine } from "../app";', "stacks-imports-downward-only"],
  "lib/elsewhere/new.ts": ['import { fine } from "../azure/fine";', "every-folder-has-a-floor"],
  "lib/azure/one.ts": ['import { two } from "./two";', "no-circle"],
  "lib/provider/calls.ts": ['import { fine } from "../../commands/fine";', "lib-stands-alone"],
  "lib/provider/boots.ts": ['import { fine } from "../../lab/fine";', "lib-stands-alone"],
  "lib/provider/dev.ts": ['import jest from "jest";', "lib-needs-no-dev-dependency"],
  "lab/peeks.ts": ['import { fine } from "../lib/azure/fine";', "lab-reads-terraform-only"],
  "lib/provider/reviews.ts": ['import { fine } from "../../review/read/fine";', "lib-stands-alone"],
  "review/plan/peeks.ts": ['import { fine } from "../../lib/azure/fine";', "review-reads-terraform-only"],
  "review/plan/boots.ts": ['import { fine } from "../../lab/fine";', "review-reads-terraform-only"],
  "review/read/ahead.ts": ['import { fine } from "../plan/fine";', "review-read-imports-earlier-rooms-only"],
  "review/facts/ahead.ts": ['import { fine } from "../plan/fine";', "review-facts-imports-earlier-rooms-only"],
  "review/plan/ahead.ts": ['import { fine } from "../findings/fine";', "review-plan-imports-earlier-rooms-only"],
  "review/findings/ahead.ts": ['import { fine } from "../report/fine";', "review-findings-imports-earlier-rooms-only"],
  "review/report/ahead.ts": ['import "../picture/back";', "review-report-imports-earlier-rooms-only"],
  "review/picture/ahead.ts": ['import { fine } from "../options";', "review-picture-imports-earlier-rooms-only"],
  "review/plan/judges.ts": ['import { fine } from "../../policies/judge/fine";', "review-reads-terraform-only"],
  "policies/peeks.ts": ['import { fine } from "../lib/azure/fine";', "policies-read-terraform-only"],
  "policies/runs.ts": ['import { fine } from "../commands/fine";', "policies-read-terraform-only"],
  "policies/together.ts": ['import { fine } from "./fine";', "policies-stand-alone"],
  "policies/judge/knows.ts": ['import { fine } from "../fine";', "policies-stand-alone"],
  "lib/provider/judges.ts": ['import { fine } from "../../policies/judge/fine";', "lib-stands-alone"],
  "lab/judges.ts": ['import { fine } from "../policies/judge/fine";', "lab-reads-terraform-only"],
  "commands/tests.ts": ['import { fine } from "../__tests__/fine";', "commands-need-no-tests"],
  "lib/provider/barrel.ts": ['import { lb } from "@cdktf/provider-azurerm";', "three-shapes-of-specifiers"],
  "lib/provider/deep.ts": ['import { Fn } from "cdktf/lib/terraform-functions";', "three-shapes-of-specifiers"],
};

const RIGHT: Record<string, string> = {
  ...Object.fromEntries(
    ["azure", "network", "machine", "guest", "dns", "provider", "consumer", "deployment", "stacks"].map((folder) => [
      `lib/${folder}/fine.ts`,
      "export const fine = 1;\nexport type Fine = 1;",
    ]),
  ),
  "lib/app.ts": 'export { fine } from "./stacks/fine";',
  "lib/azure/two.ts": 'export type { one as two } from "./one";',
  "lib/stacks/down.ts": ["azure", "dns", "provider", "consumer", "deployment"]
    .map((folder) => `import "../${folder}/fine";`)
    .concat('import "cdktf";', 'import "constructs";', 'import "@cdktf/provider-azurerm/lib/lb";')
    .join("\n"),
  "lab/fine.ts": "export const fine = 1;",
  "review/options.ts": "export const fine = 1;",
  ...Object.fromEntries(
    ["read", "facts", "plan", "findings", "report"].map((room) => [`review/${room}/fine.ts`, "export const fine = 1;"]),
  ),
  "review/picture/back.ts": ["read", "facts", "plan", "findings", "report"]
    .map((room) => `import "../${room}/fine";`)
    .join("\n"),
  "policies/judge/fine.ts": 'import "../../review/findings/fine";\nexport const fine = 1;',
  "policies/fine.ts": 'import "./judge/fine";\nexport const fine = 1;',
  "commands/fine.ts": 'import "../lib/app";\nimport "../lab/fine";\nexport const fine = 1;',
  "__tests__/fine.ts": 'import "../commands/fine";\nexport const fine = 1;',
};

/** The files of a tree that break a rule, each with the rule. */
function violations(files: Record<string, string>): Record<string, string> {
  const folder = mkdtempSync(join(tmpdir(), "apim-private-link-direction-"));
  try {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(join(folder, dirname(path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    for (const name of ["node_modules", "package.json"]) symlinkSync(join(ROOT, name), join(folder, name));
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [
        CRUISE,
        ...["--config", join(ROOT, ".dependency-cruiser.mjs"), "--output-type", "json"],
        ...["lib", "lab", "review", "policies", "commands", "__tests__"],
      ],
      { cwd: folder, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 },
    );
    if (stdout === "") throw new Error(stderr);
    const { summary } = JSON.parse(stdout) as { summary: { violations: { from: string; rule: { name: string } }[] } };
    return Object.fromEntries(summary.violations.map(({ from, rule }) => [from, rule.name]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe("the direction of imports", () => {
  // outside of a hook, which has five seconds only, however busy the machine is.
  const found = violations({
    ...RIGHT,
    ...Object.fromEntries(Object.entries(WRONG).map(([path, [content]]) => [path, content])),
  });

  it.each(Object.entries(WRONG))("%s is found", (path, [, rule]) => {
    expect(found[path]).toBe(rule);
  });

  it("nothing else is", () => {
    // a circle is found at each of its files.
    const expected = [...Object.keys(WRONG), "lib/azure/two.ts"];
    expect(Object.keys(found).filter((path) => !expected.includes(path))).toEqual([]);
  });
});
