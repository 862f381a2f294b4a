import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { obstacleToRun } from "../lab/build/sandbox";
import { ensureTree } from "../lab/guest/tree";
import { run, typescript } from "../lab/shell";
import { endWithNpm } from "../lab/with-npm";
import { allDeployments, synthesizeInto } from "./synthesized";

// `npm run lab:all`: the lab for every shipped deployment. One that makes a Linux forwarder has to work; any other has to
// be refused, so that none is left out by mistake.

const FORWARDER = /"azurerm_(linux|orchestrated)_virtual_machine(_scale_set)?"/;

const work = mkdtempSync(join(tmpdir(), "apim-private-link-lab-"));
process.on("exit", () => rmSync(work, { recursive: true, force: true }));
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => process.exit(130));

/** Whether a deployment makes a Linux machine beside a Private Link Service. */
function makesForwarders(deployment: string): boolean {
  const stacks = synthesizeInto(join(work, basename(deployment)), deployment, process.env);
  return stacks
    .map(({ folder }) => readFileSync(join(folder, "cdk.tf.json"), "utf8"))
    .some((text) => FORWARDER.test(text) && text.includes('"azurerm_private_link_service"'));
}

interface Verdict {
  readonly ok: boolean;
  readonly detail: string;
}

async function lab(
  deployment: string,
  ...options: string[]
): Promise<{ code: number; stdout: string; stderr: string }> {
  // whoever ends this command ends its labs.
  const program = ["setpriv", "--pdeathsig", "TERM", "--", ...typescript(join(__dirname, "lab.ts"))];
  return run([...program, deployment, "--json", ...options], { timeout: 480_000 });
}

async function verdict(deployment: string): Promise<Verdict> {
  const first = await lab(deployment);
  if (!makesForwarders(deployment)) return { ok: first.code === 2, detail: `refused: ${first.stderr.trim()}` };
  if (first.code === 2) return { ok: false, detail: first.stderr.trim() };
  const { ok, brokenHop, why, seconds } = JSON.parse(first.stdout) as Record<string, unknown>;
  // a consumer whose request the owner has to look at: nothing passes before, everything after.
  const waits = brokenHop === "connection approval" && /waits until the owner/.test(String(why));
  if (!waits)
    return {
      ok: ok === true,
      detail: ok === true ? `works, ${String(seconds)} s` : `${String(brokenHop)}: ${String(why)}`,
    };
  const approved = await lab(deployment, "--approve");
  return { ok: approved.code === 0, detail: approved.code === 0 ? "works once the owner approves" : approved.stdout };
}

async function main(): Promise<number> {
  const obstacle = obstacleToRun();
  if (obstacle !== undefined) throw new Error(obstacle);
  endWithNpm();
  await ensureTree();
  const waiting = allDeployments();
  const verdicts: Verdict[] = [];
  const worker = async (): Promise<void> => {
    for (let deployment = waiting.shift(); deployment !== undefined; deployment = waiting.shift()) {
      const found = await verdict(deployment);
      verdicts.push(found);
      console.log(`${found.ok ? "ok    " : "BROKEN"}  ${basename(deployment)}: ${found.detail}`);
    }
  };
  await Promise.all([worker(), worker()]);
  const works = verdicts.some(({ ok, detail }) => ok && detail.startsWith("works"));
  return works && verdicts.every(({ ok }) => ok) ? 0 : 1;
}

main().then(
  (code) => process.exit(code),
  (error: Error) => {
    console.error(error.message);
    process.exit(1);
  },
);
