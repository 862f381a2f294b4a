import { DAY, GuestMachine } from "../guest/guest-machine";
import { Lab } from "../lab";
import { Break, linkedTwice } from "../read/chain";
import { forwardingBreak, memberBreak } from "./diagnose";
import { allUp, memberships, persistent } from "./members";
import { Outcome } from "./report";

/** Whether each endpoint is connected, and each forwarder in a pool that something leads to. */
export function grantedWays(lab: Lab): Promise<Outcome> {
  for (const { way } of lab.endpoints()) if (way.broken) return Promise.resolve(way.broken);
  for (const { consumer } of lab.places) {
    const twice = linkedTwice(consumer);
    if (twice) return Promise.resolve(twice);
  }
  const carrying = memberships(lab).map(({ machine }) => machine);
  const idle = lab.machines.find((machine) => !carrying.includes(machine));
  if (idle) {
    const why = `${idle.forwarder.name} is in no pool that a service leads to, so it gets no connections`;
    return Promise.resolve({ hop: "load balancer pool", why });
  }
  return Promise.resolve(
    `${lab.endpoints().length} endpoints, ${carrying.length} ways to ${lab.machines.length} forwarders`,
  );
}

/** Whether each forwarder takes a call of the NAT address to APIM. */
export async function forwarders(lab: Lab): Promise<Outcome> {
  for (const { machine, rule, service } of memberships(lab)) {
    const broken = await persistent(() => forwardingBreak(lab, machine, rule, service));
    if (broken) return broken;
  }
  return lab.machines.map(({ forwarder }) => `${forwarder.name} ${forwarder.nic.address}`).join(", ");
}

/** Whether each machine's boot went as its data says, in the eyes of its own systemd and cloud-init. */
export async function boots(lab: Lab): Promise<Outcome> {
  const troubled = (await Promise.all(lab.machines.map(bootBreak))).find((one) => one !== undefined);
  return troubled ?? "cloud-init is done, no unit failed, the data and its units are valid";
}

/** What went wrong while a machine booted, although it may forward. */
async function bootBreak(machine: GuestMachine): Promise<Break | undefined> {
  const problems = await machine.problems;
  if (problems.length === 0) return undefined;
  return { hop: "forwarder", why: `boot of ${machine.forwarder.name}: ${problems.join("; ")}` };
}

/** Whether each probe is up, and answered by the machine that it asks. */
export async function probes(lab: Lab): Promise<Outcome> {
  await allUp(lab);
  for (const { machine, rule, service } of memberships(lab)) {
    const broken = await memberBreak(lab, machine, rule, service);
    if (broken) return broken;
  }
  const { up, of } = lab.balancer.upCount();
  return up === of && of > 0 ? `${up} of ${of} up` : { hop: "health probe", why: `${up} of ${of} are up` };
}

/** Whether a machine that boots from its disk while APIM is away forwards as soon as APIM is back. */
export async function rebooted(lab: Lab): Promise<Outcome> {
  const machine = lab.machines[0];
  if (!machine) return { hop: "forwarder", why: "there is none" };
  await machine.kill();
  await lab.balancer.takeOut(machine.forwarder.nic.address);
  // for what comes after this.
  machine.giveClock();
  await lab.apim.stop();
  // what comes after this is not about a machine that has just been started.
  await machine.boot(DAY);
  const troubled = await bootBreak(machine);
  await lab.apim.start();
  const when = "after a reboot without APIM";
  const broken = (await carries(lab, machine)) ?? troubled;
  if (broken) return { ...broken, why: `${when}, ${broken.why}` };
  await allUp(lab);
  const { up, of } = lab.balancer.upCount();
  if (up < of) return { hop: "health probe", why: `${when}, ${up} of ${of} are up` };
  return `${machine.forwarder.name}, without APIM; the probe has it back`;
}

/** Whether a machine forwards that boots from a disk which is full; cloud-init itself fails there. */
export async function rebootedFull(lab: Lab): Promise<Outcome> {
  const machine = lab.machines[0];
  if (!machine) return { hop: "forwarder", why: "there is none" };
  if (machine.on) await machine.kill();
  await machine.disk.fill();
  await machine.boot();
  const broken = await carries(lab, machine);
  await machine.disk.free();
  if (broken) return { ...broken, why: `after a reboot with a full disk, ${broken.why}` };
  return machine.forwarder.name;
}

/** Whether a machine forwards what comes by each rule. */
async function carries(lab: Lab, machine: GuestMachine): Promise<Break | undefined> {
  for (const { rule, service } of memberships(lab).filter((one) => one.machine === machine)) {
    const broken = await persistent(() => forwardingBreak(lab, machine, rule, service));
    if (broken) return broken;
  }
  return undefined;
}
