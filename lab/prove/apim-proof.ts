import { GuestMachine } from "../guest/guest-machine";
import { Lab } from "../lab";
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
  const unseen = down ? undefined : await whyUnseen(lab, machine);
  // not before: an agent that is started again is down for a moment, whether or not it looks at APIM.
  const dead = down ? await upset(machine) : undefined;
  await machine.disk.fill();
  await machine.jump(1);
  await lab.apim.start();
  if (unseen !== undefined) return { hop: "health probe", why: unseen };
  if (found?.hop !== "apim") return { hop: "apim", why: `the broken hop was taken for ${found?.hop}: ${found?.why}` };
  if (dead) return dead;
  const back = await allUp(lab);
  const called = await callFrom(lab, place, host);
  if (!back || !called.ok) return { hop: "health probe", why: await whyDown(lab, machine, called.said) };
  await machine.disk.free();
  return (
    `the probe was down after ${after} s, and is up again; meanwhile the units were stopped, started and killed, ` +
    "the rules flushed, the disk was filled, the clock jumped"
  );
}

function seenGone(lab: Lab): Promise<boolean> {
  return until(() => lab.balancer.upCount().up === 0, lab.balancer.window + 15_000);
}

/** Why the probes do not follow APIM down: whoever sees it after a start, the clock as it is, was held up by the jump. */
async function whyUnseen(lab: Lab, machine: GuestMachine): Promise<string> {
  const said = `the probe does not see that APIM is gone: ${lab.balancer.upCount().up} are up`;
  await machine.inside(["systemctl", "kill", "--signal=KILL", ...(await machine.running())]);
  return (await seenGone(lab)) ? `${said} since the clock of ${machine.forwarder.name} went back by a day` : said;
}

/** Why the probes do not follow APIM up again. */
async function whyDown(lab: Lab, machine: GuestMachine, said: string): Promise<string> {
  const { name } = machine.forwarder;
  const down = `the probe stays down after APIM is back: ${said}`;
  await machine.disk.free();
  if (await allUp(lab)) return `${down}, as long as the disk of ${name} is full`;
  return `${down}; meanwhile ${name} had lost its rules`;
}
