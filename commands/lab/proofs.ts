import { callFrom } from "./calls";
import { Break } from "./chain";
import { apimBreak, diagnose, forwardingBreak, memberBreak, nameBreak } from "./diagnose";
import { PUBLIC, resolve } from "./dns";
import { GuestMachine } from "./guest-machine";
import type { Lab, Place } from "./lab";
import { LoadBalancerRule, Service } from "./model";
import { Outcome, Report } from "./report";
import { securityProof } from "./security-proof";
import { sleep, until } from "./shell";
import { killed } from "./traffic-proof";

/** A machine, a rule that sends connections to it, and the service in front. */
export interface Membership {
  readonly machine: GuestMachine;
  readonly rule: LoadBalancerRule;
  readonly service: Service;
}

/** Proves a design, one thing after another; what cannot hold any more is not asked. */
export async function proveAll(lab: Lab, report: Report): Promise<void> {
  const works =
    (await report.prove("each connection is granted and has a way", () => grantedWays(lab))) &&
    (await report.prove("each forwarder boots and forwards", () => forwarders(lab))) &&
    (await report.prove("each probe is answered by the forwarder itself", () => probes(lab))) &&
    (await report.prove("each client reaches each host name", () => calls(lab, report)));
  if (!works) return;
  await report.prove("without the private zones no name leads anywhere", () => withoutZones(lab));
  await report.prove("other hosts are not captured", () => others(lab));
  await report.prove("two consumers at once", () => together(lab));
  await report.prove("a missing security rule is found", () => securityProof(lab));
  await report.prove("a forwarder dies in mid-traffic", () => killed(lab, report));
  await report.prove("it boots again and forwards without help", () => rebooted(lab));
  await report.prove("APIM stops and comes back", () => apimStops(lab));
}

/** Every membership of a machine in a pool that a service leads to. */
export function memberships(lab: Lab): Membership[] {
  const found = new Map<string, Membership>();
  for (const { way } of lab.endpoints()) {
    for (const { rule, members } of way.rules) {
      for (const machine of lab.machines.filter(({ forwarder }) => members.includes(forwarder))) {
        if (way.service) found.set(`${machine.namespace} ${rule.name}`, { machine, rule, service: way.service });
      }
    }
  }
  return [...found.values()];
}

function grantedWays(lab: Lab): Promise<Outcome> {
  for (const { way } of lab.endpoints()) if (way.broken) return Promise.resolve(way.broken);
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

async function forwarders(lab: Lab): Promise<Outcome> {
  for (const { machine, rule, service } of memberships(lab)) {
    const broken = await persistent(() => forwardingBreak(lab, machine, rule, service));
    if (broken) return broken;
  }
  const troubled = lab.machines.find(({ problems }) => problems.length > 0);
  if (troubled) {
    return { hop: "forwarder", why: `boot of ${troubled.forwarder.name}: ${troubled.problems.join("; ")}` };
  }
  return lab.machines.map(({ forwarder }) => `${forwarder.name} ${forwarder.nic.address}`).join(", ");
}

async function probes(lab: Lab): Promise<Outcome> {
  await allUp(lab);
  for (const { machine, rule, service } of memberships(lab)) {
    const broken = await memberBreak(lab, machine, rule, service);
    if (broken) return broken;
  }
  const { up, of } = lab.upCount();
  return up === of && of > 0 ? `${up} of ${of} up` : { hop: "health probe", why: `${up} of ${of} are up` };
}

async function calls(lab: Lab, report: Report): Promise<Outcome> {
  let count = 0;
  for (const place of lab.places) {
    for (const hostName of place.consumer.hostNames) {
      const named = await nameBreak(place, hostName);
      if (named) return named;
      for (const port of portsOf(place)) {
        const called = await callFrom(lab, place, hostName, port);
        if (!called.ok) return diagnose(lab, place, hostName, port);
        await describe(lab, report, place, hostName, port, called.from ?? "");
        count += 1;
      }
    }
  }
  return `${count} calls, each answered with 200`;
}

/** The ports that a client calls: APIM's own, and whatever else the endpoints take. */
export function portsOf(place: Place): number[] {
  const ports = place.endpoints.flatMap(({ way }) => way.rules.map(({ rule }) => rule.frontendPort || 443));
  return [...new Set([443, ...ports])];
}

async function describe(
  lab: Lab,
  report: Report,
  place: Place,
  host: string,
  port: number,
  from: string,
): Promise<void> {
  const { addresses } = await resolve(place.client, host);
  const way = place.endpoints.find(({ endpoint }) => endpoint.address === addresses[0])?.way;
  const nat = way?.service?.nat.map(({ address }) => address).join("|");
  const rule = way?.rules.find((one) => (one.rule.frontendPort || 443) === port)?.rule;
  const frontend = lab.design.frontends.find(({ id }) => id === rule?.frontendId)?.address;
  const machine = lab.machines.find(({ forwarder }) => forwarder.nic.address === from)?.forwarder.name;
  const client = `${place.consumer.name} ${place.consumer.client.address}`;
  const inner = `private link ${nat} > load balancer ${frontend}:${port} > ${machine} ${from} > APIM ${lab.design.apim.nic.address}`;
  report.hop(`${client} > ${host} > endpoint ${addresses[0]} > ${inner} > 200`);
}

async function withoutZones(lab: Lab): Promise<Outcome> {
  await Promise.all(lab.places.map(({ resolver }) => resolver.start(false)));
  const reached = await Promise.all(
    lab.places.map(async (place) => {
      const host = place.consumer.hostNames[0] ?? "";
      return (await callFrom(lab, place, host)).ok
        ? `${place.consumer.name} reaches ${host} without its zones`
        : undefined;
    }),
  );
  await Promise.all(lab.places.map(({ resolver }) => resolver.start()));
  const wrong = reached.find((one) => one !== undefined);
  return wrong === undefined ? "no name resolves" : { hop: "dns", why: wrong };
}

async function others(lab: Lab): Promise<Outcome> {
  const names = [`not-${lab.design.apim.name}.azure-api.net`, "login.microsoftonline.com"];
  for (const place of lab.places) {
    for (const name of names) {
      const { addresses } = await resolve(place.client, name);
      if (addresses[0] === PUBLIC) continue;
      const why = `${name} leads to ${addresses[0] ?? "nothing"} in ${place.consumer.name} instead of its public address`;
      return { hop: "dns", why };
    }
  }
  return names.join(" and ");
}

async function together(lab: Lab): Promise<Outcome> {
  const done = await Promise.all(
    lab.places.flatMap((place) =>
      Array.from({ length: 8 }, async () => {
        const host = place.consumer.hostNames[0] ?? "";
        return { place, host, called: await callFrom(lab, place, host, 443, 6) };
      }),
    ),
  );
  const failed = done.find(({ called }) => !called.ok);
  if (failed) return diagnose(lab, failed.place, failed.host);
  return `${done.length} calls of ${lab.places.map(({ consumer }) => consumer.name).join(" and ")}`;
}

async function rebooted(lab: Lab): Promise<Outcome> {
  const machine = lab.machines[0];
  if (!machine) return { hop: "forwarder", why: "there is none" };
  if (machine.on) await machine.kill();
  await machine.boot();
  for (const { rule, service, machine: member } of memberships(lab)) {
    if (member !== machine) continue;
    const broken = await persistent(() => forwardingBreak(lab, machine, rule, service));
    if (broken) return { ...broken, why: `after a reboot, ${broken.why}` };
  }
  await allUp(lab);
  const { up, of } = lab.upCount();
  if (up < of) return { hop: "health probe", why: `after a reboot of ${machine.forwarder.name} ${up} of ${of} are up` };
  return `${machine.forwarder.name}, the probe has it back`;
}

async function apimStops(lab: Lab): Promise<Outcome> {
  const place = lab.places[0];
  if (!place) return { hop: "private endpoint", why: "there is none" };
  const host = place.consumer.hostNames[0] ?? "";
  const started = Date.now();
  await lab.apim.stop();
  const down = await until(() => lab.upCount().up === 0, lab.probeWindow() + 15_000);
  const after = Math.round((Date.now() - started) / 1000);
  const found = (await apimBreak(lab)) && (await diagnose(lab, place, host));
  await lab.apim.start();
  if (!down)
    return { hop: "health probe", why: `the probe does not see that APIM is gone: ${lab.upCount().up} are up` };
  if (found?.hop !== "apim") return { hop: "apim", why: `the broken hop was taken for ${found?.hop}: ${found?.why}` };
  const back = await allUp(lab);
  const called = await callFrom(lab, place, host);
  if (!back || !called.ok)
    return { hop: "health probe", why: `the probe stays down after APIM is back: ${called.said}` };
  return `the probe was down after ${after} s, and is up again`;
}

/** Waits until every probe is up, for as long as that may take. */
export function allUp(lab: Lab): Promise<boolean> {
  return until(() => lab.upCount().up === lab.upCount().of, lab.probeWindow() + 12_000);
}

/** A machine that has just booted may need a moment. */
async function persistent(look: () => Promise<Break | undefined>): Promise<Break | undefined> {
  const first = await look();
  if (!first) return undefined;
  await sleep(1_500);
  return look();
}
