import { FOLDER, furnish, ownProcess } from "./build/sandbox";
import { Lab } from "./lab";
import { LabOptions } from "./options";
import { proveAll } from "./prove/proofs";
import { Report } from "./prove/report";
import { deploy } from "./read/azure";
import { designOf } from "./read/design";
import { StackSource } from "./read/evaluate";

/**
 * Boots a design and proves that it carries traffic, within the lab's namespaces, and returns the exit code.
 *
 * @param stacksInto synthesizes the stacks into a folder
 */
export async function runLab(
  options: LabOptions,
  stacksInto: (folder: string) => readonly StackSource[],
): Promise<number> {
  const started = Date.now();
  furnish();
  const design = designOf(await deploy(`${FOLDER}/terraform`, stacksInto(`${FOLDER}/stacks`)), options.hosts);
  const report = new Report(options.deployment, options.json);
  const lab = new Lab(FOLDER, design, { approveAll: options.approve });
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
