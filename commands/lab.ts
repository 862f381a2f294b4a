import { isInside, obstacleToRun, runInside } from "../lab/build/sandbox";
import { ensureTree } from "../lab/guest/tree";
import { USAGE, labOptions } from "../lab/options";
import { Announcement } from "../lab/prove/report";
import { NotForTheLab } from "../lab/read/model";
import { runLab } from "../lab/run";
import { endWithNpm } from "../lab/with-npm";
import { DeploymentError } from "../lib/deployment/deployment-error";
import { reviewed } from "../review/report/review";
import { pairCompared } from "./review-sides";
import { stacksOf } from "./stacks";

// `npm run lab -- [deployment]`: boots a design on this machine and proves that it carries traffic. Exit code 0: it
// does; 1: a hop is broken; 2: nothing was proved.

async function main(): Promise<number> {
  const words = process.argv.slice(2);
  if (words.includes("--help")) {
    console.log(USAGE);
    return 0;
  }
  const options = labOptions(words);
  if (isInside()) return runLab(options, stacksOf, announced);
  const obstacle = obstacleToRun();
  if (obstacle !== undefined) throw new NotForTheLab(obstacle);
  endWithNpm();
  await ensureTree();
  return runInside(__filename, words);
}

/** What the review says consumers notice of a change; docs/changes.md is made of the same. */
function announced(before: string, after: string): Announcement[] {
  const { findings } = reviewed(pairCompared(before, after));
  return findings
    .filter(({ kind }) => kind === "cut" || kind === "reboot")
    .map(({ kind, why }) => ({ cut: kind === "cut", why }));
}

// whoever reads the output may go away; that says nothing about the design.
process.stdout.on("error", () => process.exit(2));
main().then(
  (code) => process.exit(code),
  (error: Error) => {
    const expected = error instanceof NotForTheLab || error instanceof DeploymentError;
    console.error(expected ? error.message : error);
    process.exit(2);
  },
);
