import { FOLDER, furnish, ownProcess } from "./build/sandbox";
import { Lab } from "./lab";
import { LabOptions } from "./options";
import { proveAll, proveChange } from "./prove/proofs";
import { Announcement, Report } from "./prove/report";
import { deploy } from "./read/azure";
import { designOf } from "./read/design";
import { StackSource } from "./read/evaluate";

/** Synthesizes the stacks of a deployment into a folder. */
export type Synthesize = (deployment: string, folder: string) => readonly StackSource[];

/** What consumers are told to expect when a deployment becomes another one. */
export type Announce = (before: string, after: string) => readonly Announcement[];

/** Boots a design and proves that it carries traffic, within the lab's namespaces, and returns the exit code. */
export async function runLab(options: LabOptions, synthesize: Synthesize, announce: Announce): Promise<number> {
  const started = Date.now();
  furnish();
  const deployed = await deploy(`${FOLDER}/terraform`, synthesize(options.deployment, `${FOLDER}/stacks`));
  const design = designOf(deployed, options);
  const { approve: approveAll } = options;
  const report = new Report(options.deployment, options.json);
  report.print(`${options.deployment}: ${design.consumers.length} consumers, ${design.forwarders.length} forwarders`);
  let lab: Lab;
  if (options.then === undefined) {
    lab = new Lab(FOLDER, design, { approveAll });
    await lab.start();
    await proveAll(lab, report);
  } else {
    const after = await deploy(`${FOLDER}/terraform`, synthesize(options.then, `${FOLDER}/then`), deployed);
    const next = designOf(after, options);
    const announced = announce(options.deployment, options.then);
    lab = new Lab(FOLDER, design, { approveAll, later: [next], slowProbes: true });
    await lab.start();
    await proveChange(lab, next, announced, report);
  }
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
