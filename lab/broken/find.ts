import { FOLDER, furnish } from "../build/sandbox";
import { Lab } from "../lab";
import { proveUntilBroken } from "../prove/proofs";
import { Report } from "../prove/report";
import { runScripts } from "../prove/scripts";
import { deploy } from "../read/azure";
import { designOf } from "../read/design";
import { StackSource } from "../read/evaluate";
import { Design } from "../read/model";
import { Breakage } from "./breakage";

/**
 * Breaks a design that works in one way after another, within the lab's namespaces, and returns how many are not found
 * where they are. All take place in one lab: machines stay unless their data is broken in a way that only a boot brings.
 */
export async function findBroken(healthy: readonly StackSource[], breakages: Iterable<Breakage>): Promise<number> {
  let lab: Lab | undefined;
  let missed = 0;
  for (const breakage of breakages) {
    lab ??= await built(healthy);
    const started = Date.now();
    const said = await complaint(lab, breakage, healthy).catch((error: Error) => error.message);
    if (said !== undefined) missed += 1;
    const seconds = Math.round((Date.now() - started) / 1000);
    console.log(`${said === undefined ? "found " : "MISSED"}  ${breakage.name}: ${said ?? breakage.hop}, ${seconds} s`);
  }
  await lab?.stop();
  return missed;
}

/** A lab of the design that works, but for its machines. */
async function built(healthy: readonly StackSource[]): Promise<Lab> {
  furnish();
  const lab = new Lab(FOLDER, await design(healthy), { approveAll: false });
  await lab.build();
  return lab;
}

/** What is wrong with the lab's answer to one broken design, if anything. */
async function complaint(
  lab: Lab,
  { apply, hop, why, whileRunning = false }: Breakage,
  healthy: readonly StackSource[],
): Promise<string | undefined> {
  const stacks = structuredClone([...healthy]);
  apply(Object.fromEntries(stacks.map(({ name, json }) => [name, json])));
  await lab.become(await design(stacks), whileRunning);
  if (whileRunning) await Promise.all(lab.machines.map(runScripts));
  const report = new Report("", true);
  await proveUntilBroken(lab, report);
  const { broken } = report;
  if (broken?.hop === hop && why.test(broken.why)) return undefined;
  return `is at ${hop} (${why.source}), the lab says ${broken?.hop} (${broken?.why})`;
}

async function design(stacks: readonly StackSource[]): Promise<Design> {
  return designOf(await deploy(`${FOLDER}/terraform`, stacks));
}
