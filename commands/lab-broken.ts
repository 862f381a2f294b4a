import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { Breakage } from "../lab/broken/breakage";
import { BREAKAGES } from "../lab/broken/breakages";
import { findBroken } from "../lab/broken/find";
import { isInside, obstacleToRun, runInside } from "../lab/build/sandbox";
import { ensureTree } from "../lab/guest/tree";
import { stacksIn } from "../lab/read/stacks";
import { endWithNpm } from "../lab/with-npm";
import { DEPLOYMENTS, synthesizeInto } from "./synthesized";

// `npm run lab:broken [pattern]`: breaks the quickstart in every known way, and checks that the lab finds each breakage
// at its hop. Fails when one is missed, named otherwise, or cannot be applied any more.

// whoever ends this command wants no verdict: what has not been tried is not missed.
let interrupted = false;

/**
 * The designs that no other lab has taken, one at a time: who takes one leaves a folder of its number. Half of the labs
 * begin at the end, with those that take long and need a machine of their own: they wait while others work.
 */
function* untaken(folder: string, pattern: string, fromEnd: boolean): Generator<Breakage> {
  const all = [...chosen(pattern).entries()];
  for (const [index, breakage] of fromEnd ? all.reverse() : all) {
    try {
      mkdirSync(join(folder, `taken-${index}`));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      continue;
    }
    yield breakage;
  }
}

function chosen(pattern: string): readonly Breakage[] {
  return BREAKAGES.filter(({ name }) => new RegExp(pattern).test(name));
}

/** Runs two labs more than the machine has cores, which share the designs, and counts those with something missed. */
async function shared(pattern: string): Promise<number> {
  const healthy = mkdtempSync(join(tmpdir(), "apim-private-link-broken-"));
  process.on("exit", () => rmSync(healthy, { recursive: true, force: true }));
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.on(signal, () => {
      interrupted = true;
      setTimeout(() => process.exit(130), 1_500);
    });
  synthesizeInto(healthy, join(DEPLOYMENTS, "quickstart.yaml"), process.env);
  const labs = availableParallelism() + 2;
  const ends = Array.from({ length: labs }, (_, index) => (index % 2 === 0 ? "first" : "last"));
  const codes = await Promise.all(ends.map((end) => runInside(__filename, [healthy, pattern, end])));
  return codes.filter((code) => code !== 0).length;
}

async function main(): Promise<number> {
  const started = Date.now();
  const words = process.argv.slice(2);
  if (isInside()) {
    const [healthy = "", pattern = "", end = ""] = words;
    return (await findBroken(stacksIn(healthy), untaken(healthy, pattern, end === "last"))) > 0 ? 1 : 0;
  }
  const obstacle = obstacleToRun();
  if (obstacle !== undefined) throw new Error(obstacle);
  endWithNpm();
  await ensureTree();
  const [pattern = ""] = words;
  const { length } = chosen(pattern);
  const bad = await shared(pattern);
  if (interrupted) {
    console.error("interrupted: not every broken design has been tried");
    return 130;
  }
  const seconds = Math.round((Date.now() - started) / 1000);
  const verdict = bad === 0 ? "each is found at its hop" : "not each is found at its hop";
  console.log(`${length} broken designs, ${verdict}, ${seconds} s`);
  return length > 0 && bad === 0 ? 0 : 1;
}

main().then(
  (code) => process.exit(code),
  (error: Error) => {
    console.error(error.message);
    process.exit(1);
  },
);
