import { GuestMachine } from "../guest/guest-machine";
import { Lab, sameData } from "../lab";
import { Design, Forwarder } from "../read/model";
import { sleep } from "../shell";
import { startTraffic } from "./client-traffic";
import { allUp } from "./members";
import { ChangeFigures, Outcome, Report } from "./report";
import { TrafficCall } from "./traffic-client";

/**
 * Has a running lab become another design under traffic, in Azure's order: first what the networks and the load balancer
 * know, then machines that go, machines that are replaced, scripts in machines that stay, and machines that come.
 */
export async function changeUnderTraffic(lab: Lab, next: Design, report: Report): Promise<Outcome> {
  const [place] = lab.places;
  if (!place) return { hop: "private endpoint", why: "there is none" };
  const traffic = startTraffic(lab, place, place.consumer.hostNames[0] ?? "");
  await sleep(2_000);
  const changed = Date.now();
  await change(lab, next, report);
  const back = await allUp(lab);
  await sleep(2_000);
  await traffic.stop();
  const figures = sum(traffic.calls, changed);
  report.change = figures;
  const { requests, failed, longestGap, kept, torn } = figures;
  const told =
    `${requests} new connections, ${failed} failed, the longest gap ${longestGap} s; ` +
    `${kept} requests over kept connections, ${torn} failed`;
  return back ? told : { hop: "health probe", why: `after the change not each probe is up; ${told}` };
}

async function change(lab: Lab, next: Design, report: Report): Promise<void> {
  const before = new Map(lab.machines.map((machine) => [machine, machine.forwarder]));
  await lab.rewire(next);
  report.hop("the networks, the load balancer and the endpoints are changed");

  const gone = lab.machines.filter(({ forwarder }) => !next.forwarders.includes(forwarder));
  await lab.remove(gone);
  if (gone.length > 0) report.hop(`deleted: ${names(gone)}`);

  const differs = (machine: GuestMachine): boolean => !sameData(machine.forwarder, before.get(machine)!);
  const replaced = lab.machines.filter(
    (machine) => differs(machine) && machine.forwarder.upgrade === undefined && scriptStays(machine, before),
  );
  const data = replaced.map(({ forwarder }) => forwarder);
  // Terraform replaces them side by side.
  await lab.remove(replaced);
  await lab.add(data);
  if (data.length > 0) report.hop(`replaced: ${data.map(({ name }) => name).join(", ")}`);

  for (const batch of batches(lab.machines.filter((machine) => before.has(machine) && !scriptStays(machine, before)))) {
    await Promise.all(batch.map((machine) => refresh(machine, report)));
    // a pause as in the policy of the scale set, only shorter: the agent that was started again has to be seen.
    await sleep(5_000);
    await allUp(lab);
  }
  const come = next.forwarders.filter((one) => !lab.machines.some(({ forwarder }) => forwarder === one));
  await lab.add(come);
  if (come.length > 0) report.hop(`made: ${come.map(({ name }) => name).join(", ")}`);
}

function scriptStays(machine: GuestMachine, before: ReadonlyMap<GuestMachine, Forwarder>): boolean {
  return JSON.stringify(machine.forwarder.scripts) === JSON.stringify(before.get(machine)?.scripts);
}

/** As many at a time as the scale set's policy says; virtual machines one after the other, as Terraform changes them. */
function batches(machines: readonly GuestMachine[]): GuestMachine[][] {
  const { percent } = machines[0]?.forwarder.upgrade ?? {};
  if (percent === 0) return [];
  const size = percent === undefined ? 1 : Math.max(1, Math.floor((machines.length * percent) / 100));
  return machines.flatMap((_, index) => (index % size === 0 ? [machines.slice(index, index + size)] : []));
}

async function refresh(machine: GuestMachine, report: Report): Promise<void> {
  for (const script of machine.forwarder.scripts) {
    const { code, stderr } = await machine.inside(["sh", "-s"], script);
    report.hop(
      `the extension's script ended with ${code} in ${machine.forwarder.name}${code === 0 ? "" : `: ${stderr}`}`,
    );
  }
}

function names(machines: readonly GuestMachine[]): string {
  return machines.map(({ forwarder }) => forwarder.name).join(", ");
}

function sum(calls: readonly TrafficCall[], from: number): ChangeFigures {
  const since = calls.filter(({ at }) => at >= from);
  const fresh = since.filter(({ kept }) => kept === undefined);
  const kept = since.filter((call) => call.kept !== undefined);
  const answered = [from, ...fresh.filter(({ ok }) => ok).map(({ ended }) => ended)].sort((a, b) => a - b);
  const gaps = answered.map((time, index) => time - (answered[index - 1] ?? time));
  return {
    requests: fresh.length,
    failed: fresh.filter(({ ok }) => !ok).length,
    longestGap: Math.round(Math.max(0, ...gaps) / 100) / 10,
    kept: kept.length,
    torn: kept.filter(({ ok }) => !ok).length,
  };
}
