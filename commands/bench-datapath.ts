import { benchDatapath, obstacleToBench } from "../lab/bench/datapath";
import { isInside, runInside } from "../lab/build/sandbox";
import { ensureTree } from "../lab/guest/tree";
import { endWithNpm } from "../lab/with-npm";
import { stacksOf } from "./stacks";

// `npm run bench:datapath [deployment]`: what a forwarder costs, as ratios to the way without one, in the lab. Every
// round measures one thing after another on every way, each time beside the direct one.

async function main(): Promise<number> {
  const words = process.argv.slice(2);
  const deployment = words[0] ?? "deployments/quickstart.yaml";
  if (isInside()) return benchDatapath(deployment, (folder) => stacksOf(deployment, folder));
  const obstacle = obstacleToBench();
  if (obstacle !== undefined) {
    console.error(obstacle);
    return 2;
  }
  endWithNpm();
  await ensureTree();
  return runInside(__filename, words);
}

main().then(
  (code) => process.exit(code),
  (error: Error) => {
    console.error(error);
    process.exit(1);
  },
);
