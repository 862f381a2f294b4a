import { DeploymentError } from "../lib/deployment/load";
import { deploy } from "./lab/azure";
import { designOf } from "./lab/design";
import { Lab } from "./lab/lab";
import { NotForTheLab } from "./lab/model";
import { LabOptions, USAGE, labOptions } from "./lab/options";
import { proveAll } from "./lab/proofs";
import { Report } from "./lab/report";
import { FOLDER, furnish, isInside, obstacleToRun, ownProcess, runInside } from "./lab/sandbox";
import { stacksOf } from "./lab/stacks";

// `npm run lab -- [deployment]`: boots a design on this machine and proves that it carries traffic. Exit code 0: it
// does; 1: a hop is broken; 2: nothing was proved.

async function inside(options: LabOptions): Promise<number> {
  const started = Date.now();
  furnish();
  const design = designOf(
    await deploy(`${FOLDER}/terraform`, stacksOf(options.deployment, `${FOLDER}/stacks`)),
    options.hosts,
  );
  const report = new Report(options.deployment, options.json);
  const lab = new Lab(FOLDER, design, options.approve);
  report.print(`${options.deployment}: ${design.consumers.length} consumers, ${design.forwarders.length} forwarders`);
  await lab.start();
  await proveAll(lab, report);
  const code = report.finish(Math.round((Date.now() - started) / 1000));
  if (options.keep) await stayOpen(lab);
  await lab.stop();
  return code;
}

function stayOpen(lab: Lab): Promise<never> {
  const machines = lab.machines.map(({ namespace, forwarder }) => `${namespace} (${forwarder.name})`);
  const all = [
    "fabric",
    "provider",
    "apim",
    ...lab.places.flatMap(({ router, client }) => [router, client]),
    ...machines,
  ];
  console.error(`the lab stays until Ctrl-C; its network namespaces are ${all.join(", ")}`);
  console.error(
    `look around: nsenter --all --target ${ownProcess()}, and there: nsenter --net=/run/netns/client0 bash`,
  );
  return new Promise(() => undefined);
}

async function main(): Promise<number> {
  const words = process.argv.slice(2);
  if (words.includes("--help")) {
    console.log(USAGE);
    return 0;
  }
  const options = labOptions(words);
  if (isInside()) return inside(options);
  const obstacle = obstacleToRun();
  if (obstacle === undefined) return runInside(__filename, words);
  console.error(obstacle);
  return 2;
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
