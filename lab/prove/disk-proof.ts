import { GuestMachine } from "../guest/guest-machine";
import { Lab } from "../lab";
import { Break } from "../read/chain";
import { memberBreak } from "./diagnose";
import { allUp, memberships, persistent } from "./members";
import { Outcome } from "./report";
import { runScripts } from "./scripts";

/**
 * Whether a machine whose disk is full carries on, whether the scripts that bring it another state fail there and leave
 * every file as it was, and whether they can bring it once there is room.
 */
export async function diskFull(lab: Lab): Promise<Outcome> {
  const machine = lab.machines[0];
  if (!machine) return { hop: "forwarder", why: "there is none" };
  await machine.disk.fill();
  const broken = (await failing(machine)) ?? (await carriesOn(lab, machine, "while its disk is full"));
  await machine.disk.free();
  if (broken) return broken;
  const failed = (await runScripts(machine)).find(({ ok }) => !ok);
  if (failed) return { hop: "forwarder", why: `after its disk was full, ${failed.told}` };
  const { scripts, name } = machine.forwarder;
  const told =
    scripts.length > 0 ? "; the extension's script fails, changes no file, and ends well once there is room" : "";
  return (await carriesOn(lab, machine, "after its disk was full")) ?? `${name} forwards and answers the probe${told}`;
}

/** Whether every script fails, and changes nothing. */
async function failing(machine: GuestMachine): Promise<Break | undefined> {
  const before = machine.disk.written();
  const ended = (await runScripts(machine)).find(({ ok }) => ok);
  if (ended) return by(machine, `although its disk is full, ${ended.told}`);
  const after = machine.disk.written();
  const all = [...new Set([...before.keys(), ...after.keys()])];
  const changed = all.filter((file) => before.get(file) !== after.get(file));
  if (changed.length === 0) return undefined;
  return by(machine, `the extension's script fails where the disk is full, and yet changes ${changed.join(", ")}`);
}

/** Whether a machine forwards, and the probe has it. */
async function carriesOn(lab: Lab, machine: GuestMachine, when: string): Promise<Break | undefined> {
  await allUp(lab);
  for (const { rule, service } of memberships(lab).filter((one) => one.machine === machine)) {
    const look = (): Promise<Break | undefined> => memberBreak(lab, machine, rule, service);
    // an agent that a busy machine has held up is down for a moment.
    const broken = (await persistent(look)) && (await allUp(lab), await look());
    if (broken) return { ...broken, why: `${when}, ${broken.why}` };
  }
  return undefined;
}

function by({ forwarder }: GuestMachine, what: string): Break {
  return { hop: "forwarder", why: `${forwarder.name}: ${what}` };
}
