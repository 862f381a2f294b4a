import { Place } from "../build/place";
import { GuestMachine } from "../guest/guest-machine";
import { Lab } from "../lab";
import { Break } from "../read/chain";
import { until } from "../shell";
import { callFrom } from "./calls";
import { apimBreak, diagnose } from "./diagnose";
import { allUp } from "./members";
import { Outcome } from "./report";
import { upset } from "./unit-proof";

/**
 * Whether the probes follow APIM down and up again, although the first machine has a bad time: its clock jumps back by a
 * day and then ahead by two, its units are upset in every way, its disk is full as APIM comes back.
 */
export async function apimStops(lab: Lab): Promise<Outcome> {
  const place = lab.places[0];
  const machine = lab.machines[0];
  if (!place) return { hop: "private endpoint", why: "there is none" };
  if (!machine) return { hop: "forwarder", why: "there is none" };
  const host = place.consumer.hostNames[0] ?? "";
  await machine.jump(-1);
  const started = Date.now();
  await lab.apim.stop();
  const down = await seenGone(lab);
  const after = Math.round((Date.now() - started) / 1000);
  const found = (await apimBreak(lab)) && (await diagnose(lab, place, host));
  const unseen = down ? undefined : await unseenBreak(lab, machine);
  // not before: an agent that is started again is down for a moment, whether or not it looks at APIM.
  const dead = down ? await upset(machine) : undefined;
  await machine.disk.fill();
  await machine.jump(1);
  await lab.apim.start();
  const broken = unseen ?? wrongHop(found) ?? dead ?? (await stayingDown(lab, machine, place));
  await machine.disk.free();
  return (
    broken ??
    `the probe was down after ${after} s, and is up again; meanwhile the units were stopped, started and killed, ` +
      "the rules flushed, the disk was filled, the clock jumped"
  );
}

function wrongHop(found: Break | false | undefined): Break | undefined {
  if (found && found.hop === "apim") return undefined;
  return { hop: "apim", why: `the broken hop was taken for ${found ? `${found.hop}: ${found.why}` : "none"}` };
}

function seenGone(lab: Lab): Promise<boolean> {
  return until(() => lab.balancer.upCount().up === 0, lab.balancer.window + 15_000);
}

/** Why the probes do not follow APIM down: whoever sees it after a start, the clock as it is, was held up by the jump. */
async function unseenBreak(lab: Lab, machine: GuestMachine): Promise<Break> {
  const said = `the probe does not see that APIM is gone: ${lab.balancer.upCount().up} are up`;
  await machine.inside(["systemctl", "kill", "--signal=KILL", ...(await machine.running())]);
  const late = (await seenGone(lab)) ? ` since the clock of ${machine.forwarder.name} went back by a day` : "";
  return { hop: "health probe", why: `${said}${late}` };
}

/** Whether the probes do not follow APIM up again, and why; the machine's disk is full. */
async function stayingDown(lab: Lab, machine: GuestMachine, place: Place): Promise<Break | undefined> {
  const back = await allUp(lab);
  const { ok, said } = await callFrom(lab, place, place.consumer.hostNames[0] ?? "");
  if (back && ok) return undefined;
  const { name } = machine.forwarder;
  const down = `the probe stays down after APIM is back: ${said}`;
  await machine.disk.free();
  const meanwhile = (await allUp(lab))
    ? `, as long as the disk of ${name} is full`
    : `; meanwhile ${name} had lost its rules`;
  return { hop: "health probe", why: `${down}${meanwhile}` };
}
