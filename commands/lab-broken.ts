import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
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

/** Runs one lab more than the machine has cores, each with its share, and counts those with something missed. */
async function shared(pattern: string): Promise<number> {
  const healthy = mkdtempSync(join(tmpdir(), "apim-private-link-broken-"));
  process.on("exit", () => rmSync(healthy, { recursive: true, force: true }));
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.on(signal, () => {
      interrupted = true;
      setTimeout(() => process.exit(130), 1_500);
    });
  synthesizeInto(healthy, join(DEPLOYMENTS, "quickstart.yaml"), process.env);
  const labs = availableParallelism() + 1;
  const codes = await Promise.all(
    Array.from({ length: labs }, (_, share) => runInside(__filename, [healthy, pattern, String(share), String(labs)])),
  );
  return codes.filter((code) => code !== 0).length;
}

async function main(): Promise<number> {
  const started = Date.now();
  const words = process.argv.slice(2);
  if (isInside()) {
    const [healthy = "", pattern = "", share = "", labs = ""] = words;
    const chosen = BREAKAGES.filter(({ name }) => new RegExp(pattern).test(name));
    const own = chosen.filter((_, index) => index % Number(labs) === Number(share));
    return own.length > 0 && (await findBroken(stacksIn(healthy), own)) > 0 ? 1 : 0;
  }
  const obstacle = obstacleToRun();
  if (obstacle !== undefined) throw new Error(obstacle);
  endWithNpm();
  await ensureTree();
  const [pattern = ""] = words;
  const chosen = BREAKAGES.filter(({ name }) => new RegExp(pattern).test(name)).length;
  const bad = await shared(pattern);
  if (interrupted) {
    console.error("interrupted: not every broken design has been tried");
    return 130;
  }
  const seconds = Math.round((Date.now() - started) / 1000);
  const verdict = bad === 0 ? "each is found at its hop" : "not each is found at its hop";
  console.log(`${chosen} broken designs, ${verdict}, ${seconds} s`);
  return chosen > 0 && bad === 0 ? 0 : 1;
}

main().then(
  (code) => process.exit(code),
  (error: Error) => {
    console.error(error.message);
    process.exit(1);
  },
);
