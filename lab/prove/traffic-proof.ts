import { Lab } from "../lab";
import { sleep, until } from "../shell";
import { KEPT, startTraffic } from "./client-traffic";
import { diagnose } from "./diagnose";
import { allUp, memberships } from "./members";
import { Outcome, Report } from "./report";

/** Switches the first forwarder off while traffic runs: the others carry on, and the probe takes it out in time. */
export async function killed(lab: Lab, report: Report): Promise<Outcome> {
  const [victim, ...rest] = lab.machines;
  const place = lab.places[0];
  if (!victim || !place) return { hop: "forwarder", why: "there is none" };
  const host = place.consumer.hostNames[0] ?? "";
  await allUp(lab);
  const { calls, stop } = startTraffic(lab, place, host);
  const flows = await until(
    () => new Set(calls.filter(({ ok, kept }) => ok && kept !== undefined).map(({ kept }) => kept)).size === KEPT,
    10_000,
  );
  if (!flows) {
    await stop();
    return diagnose(lab, place, host);
  }
  const { address, subnet } = victim.forwarder.nic;
  const at = Date.now();
  await victim.kill();
  report.hop(
    `${victim.forwarder.name} ${address} of ${subnet.name} is switched off while ${calls.length} calls have been made`,
  );
  const probed = memberships(lab).flatMap(({ machine, rule }) => (machine === victim ? (rule.probe?.id ?? []) : []));
  const noticed = await until(
    () => probed.every((probe) => !lab.balancer.healthOf(address, probe).up),
    lab.balancer.window + 3_000,
  );
  const seconds = Math.round((Date.now() - at) / 100) / 10;
  await sleep(rest.length > 0 ? 3_000 : 500);
  const found = rest.length === 0 ? await diagnose(lab, place, host) : undefined;
  await stop();

  if (!noticed)
    return {
      hop: "health probe",
      why: `the probe did not notice within ${lab.balancer.window / 1000} s that ${victim.forwarder.name} is off`,
    };
  if (rest.length === 0) {
    return found?.hop === "forwarder"
      ? `it is the only one: the probe noticed after ${seconds} s (Azure's within ${lab.balancer.azureWindow} s), the broken hop is ${found.hop}`
      : { hop: "forwarder", why: `the ${found?.hop} was named instead` };
  }
  // a kept connection whose forwarder died is made anew, by another forwarder.
  const lastFrom = new Map(
    calls.flatMap((call) => (call.at < at && call.kept !== undefined ? [[call.kept, call.from] as const] : [])),
  );
  const survivors = new Set([...lastFrom].filter(([, from]) => from !== address).map(([kept]) => kept));
  const torn = calls.find((call) => call.at > at && !call.ok && call.kept !== undefined && survivors.has(call.kept));
  if (torn)
    return { hop: "forwarder", why: `a connection of another forwarder was torn when ${victim.forwarder.name} died` };
  const late = calls.filter((call) => call.at > at + seconds * 1000 + 1_000 && call.kept === undefined);
  const failed = late.filter(({ ok }) => !ok);
  if (failed.length > 0 || late.length === 0) {
    return {
      hop: "health probe",
      why: `${failed.length} of ${late.length} new connections failed after the probe had noticed`,
    };
  }
  return `taken out after ${seconds} s (Azure's probe: within ${lab.balancer.azureWindow} s), ${survivors.size} of ${KEPT} kept connections untouched, ${late.length} new ones after that succeeded`;
}
