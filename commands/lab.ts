import { isInside, obstacleToRun, runInside } from "../lab/build/sandbox";
import { ensureTree } from "../lab/guest/tree";
import { USAGE, labOptions } from "../lab/options";
import { NotForTheLab } from "../lab/read/model";
import { runLab } from "../lab/run";
import { DeploymentError } from "../lib/deployment/deployment-error";
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
  if (isInside()) return runLab(options, stacksOf);
  const obstacle = obstacleToRun();
  if (obstacle !== undefined) throw new NotForTheLab(obstacle);
  await ensureTree();
  return runInside(__filename, words);
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
