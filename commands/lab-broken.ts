import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { BREAKAGES, Breakage } from "../lab/broken/breakages";
import { Json } from "../lab/read/json";
import { run, typescript } from "../lab/shell";
import { DEPLOYMENTS, SynthesizedStack, synthesizeInto } from "./synthesized";

// `npm run lab:broken [pattern]`: breaks the quickstart in every known way, and checks that the lab finds each breakage
// at its hop. Fails when one is missed, named otherwise, or cannot be applied any more.

const work = mkdtempSync(join(tmpdir(), "apim-private-link-broken-"));
process.on("exit", () => rmSync(work, { recursive: true, force: true }));
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => process.exit(130));

/** Breaks a copy of the design in one way and returns what is wrong with the lab's answer, if anything. */
async function complaint(
  breakage: Breakage,
  number: number,
  healthy: string,
  stacks: SynthesizedStack[],
): Promise<string | undefined> {
  const folder = join(work, String(number));
  cpSync(healthy, folder, { recursive: true });
  const files = stacks.map(({ name, folder: made }) => ({
    name,
    file: join(made.replace(healthy, folder), "cdk.tf.json"),
  }));
  const broken = Object.fromEntries(
    files.map(({ name, file }) => [name, JSON.parse(readFileSync(file, "utf8")) as Json]),
  );
  breakage.apply(broken);
  for (const { name, file } of files) writeFileSync(file, JSON.stringify(broken[name]));
  const lab = typescript(join(__dirname, "lab.ts"));
  const { code, stdout, stderr } = await run([...lab, "--json", folder], { timeout: 180_000 });
  if (code !== 1) return `ended with ${code}: ${stderr}${stdout.slice(0, 1000)}`;
  const { brokenHop, why } = JSON.parse(stdout) as { brokenHop?: string; why?: string };
  if (brokenHop === breakage.hop && breakage.why.test(why ?? "")) return undefined;
  return `is at ${breakage.hop} (${breakage.why.source}), the lab says ${brokenHop} (${why})`;
}

async function main(): Promise<number> {
  const started = Date.now();
  const healthy = join(work, "healthy");
  const stacks = synthesizeInto(healthy, join(DEPLOYMENTS, "quickstart.yaml"), process.env);
  const pattern = new RegExp(process.argv[2] ?? "");
  const chosen = BREAKAGES.filter(({ name }) => pattern.test(name));
  const waiting = chosen.map((breakage, number) => ({ breakage, number }));
  let missed = 0;
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { breakage, number } = next;
      const said = await complaint(breakage, number, healthy, stacks).catch((error: Error) => error.message);
      if (said !== undefined) missed += 1;
      console.log(`${said === undefined ? "found " : "MISSED"}  ${breakage.name}: ${said ?? breakage.hop}`);
    }
  };
  await Promise.all(Array.from({ length: Math.min(6, 2 * availableParallelism()) }, worker));
  const seconds = Math.round((Date.now() - started) / 1000);
  console.log(`${chosen.length - missed} of ${chosen.length} broken designs are found, ${seconds} s`);
  return chosen.length > 0 && missed === 0 ? 0 : 1;
}

main().then(
  (code) => process.exit(code),
  (error: Error) => {
    console.error(error.message);
    process.exit(1);
  },
);
