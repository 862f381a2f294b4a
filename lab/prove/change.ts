import { GuestMachine } from "../guest/guest-machine";
import { Lab } from "../lab";
import { Design } from "../read/model";
import { sleep } from "../shell";
import { figuresOf, judged } from "./change-figures";
import { batches, isRemade, sameScripts } from "./change-order";
import { startTraffic } from "./client-traffic";
import { allUp } from "./members";
import { Announcement, Outcome, Report } from "./report";
import { runScripts } from "./scripts";

/**
 * Has a running lab become another design under traffic, in Azure's order: first what the networks and the load balancer
 * know, then machines that go, machines that are replaced, those that stay, and machines that come.
 *
 * @param announced what consumers are told to expect of the change; nothing where they notice nothing
 */
export async function changeUnderTraffic(
  lab: Lab,
  next: Design,
  announced: readonly Announcement[],
  report: Report,
): Promise<Outcome> {
  const [place] = lab.places;
  if (!place) return { hop: "private endpoint", why: "there is none" };
  const traffic = startTraffic(lab, place, place.consumer.hostNames[0] ?? "");
  await sleep(2_000);
  const changed = Date.now();
  const { gone, failed } = await change(lab, next, report);
  const back = await allUp(lab);
  await sleep(2_000);
  await traffic.stop();
  await lab.retire();
  const figures = figuresOf(traffic.calls, changed, gone);
  report.change = { ...figures, announced: announced.map(({ why }) => why) };
  if (failed.length > 0) return { hop: "forwarder", why: failed.join("; ") };
  const outcome = judged(figures, announced);
  if (back) return outcome;
  const told = typeof outcome === "string" ? outcome : outcome.why;
  return { hop: "health probe", why: `after the change not each probe is up; ${told}` };
}

/** What a change did. */
interface Done {
  /** The addresses of the machines that were deleted or switched off. */
  readonly gone: ReadonlySet<string>;
  /** What ends a deployment in Azure. */
  readonly failed: readonly string[];
}

async function change(lab: Lab, next: Design, report: Report): Promise<Done> {
  const before = new Map(lab.machines.map((machine) => [machine, machine.forwarder]));
  const off = new Set<string>();
  const failed: string[] = [];
  const takeAway = async (machines: readonly GuestMachine[]): Promise<void> => {
    for (const { forwarder } of machines) off.add(forwarder.nic.address);
    await lab.remove(machines);
  };
  await lab.rewire(next);
  report.hop("the networks, the load balancer and the endpoints are changed");

  const gone = lab.machines.filter(({ forwarder }) => !next.forwarders.includes(forwarder));
  await takeAway(gone);
  if (gone.length > 0) report.hop(`deleted: ${names(gone)}`);

  const replaced = lab.machines.filter((machine) => isRemade(machine.forwarder, before.get(machine)!));
  const data = replaced.map(({ forwarder }) => forwarder);
  // Terraform makes none before all are gone.
  await takeAway(replaced);
  await lab.add(data);
  if (data.length > 0) report.hop(`replaced: ${data.map(({ name }) => name).join(", ")}`);

  const resized = (machine: GuestMachine): boolean => machine.forwarder.size !== before.get(machine)?.size;
  const told = (machine: GuestMachine): boolean => !sameScripts(machine.forwarder, before.get(machine)!);
  const changed = lab.machines.filter(
    (machine) => before.has(machine) && !replaced.includes(machine) && (resized(machine) || told(machine)),
  );
  const turns = batches(changed, lab.machines.length);
  for (const [index, batch] of turns.entries()) {
    const { upgrade } = batch[0]!.forwarder;
    await Promise.all(
      batch.map(async (machine) => {
        if (resized(machine)) {
          off.add(machine.forwarder.nic.address);
          await machine.kill();
          await machine.boot();
          await lab.guard();
          report.hop(`${machine.forwarder.name} was switched off and is ${machine.forwarder.size} now`);
        }
        // a virtual machine's extension is called again once the machine has another size.
        const runs = told(machine) || upgrade === undefined ? await runScripts(machine) : [];
        for (const run of runs) report.hop(run.told);
        failed.push(...runs.flatMap((run) => (run.ok ? [] : [run.told])));
      }),
    );
    if (upgrade !== undefined && index < turns.length - 1) await sleep(upgrade.pause * 1_000);
  }
  const come = next.forwarders.filter((one) => !lab.machines.some(({ forwarder }) => forwarder === one));
  await lab.add(come);
  if (come.length > 0) report.hop(`made: ${come.map(({ name }) => name).join(", ")}`);
  return { gone: off, failed };
}

function names(machines: readonly GuestMachine[]): string {
  return machines.map(({ forwarder }) => forwarder.name).join(", ");
}
