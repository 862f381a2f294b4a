import { resolve } from "../build/dns";
import { Obstacle } from "../build/filters";
import { Place } from "../build/place";
import { APIM, FABRIC, PLATFORM, PROVIDER, counters } from "../build/topology";
import { GuestMachine } from "../guest/guest-machine";
import { Lab } from "../lab";
import { Break } from "../read/chain";
import { LoadBalancerRule, Service } from "../read/model";
import { call, mainPort } from "./calls";

/** Goes the way of a call from the client on, hop by hop, and names the first one that does not do its part. */
export async function diagnose(lab: Lab, place: Place, hostName: string, port = mainPort(lab, place)): Promise<Break> {
  const name = await nameBreak(place, hostName);
  if (name) return name;
  const { addresses } = await resolve(place.client, hostName);
  const way = place.endpoints.find(({ endpoint }) => addresses.includes(endpoint.address))?.way;
  if (way?.broken) return way.broken;
  const entry = way?.rules.find(({ rule }) => rule.frontendPort === port || rule.frontendPort === 0);
  if (!way?.service || !entry) return { hop: "load balancer rule", why: `no rule takes port ${port}` };
  for (const { nic, name: member } of entry.members) {
    const machine = lab.machines.find(({ forwarder }) => forwarder.name === member && forwarder.nic === nic);
    const found = machine && (await memberBreak(lab, machine, entry.rule, way.service));
    if (found) return found;
  }
  return (
    (await apimBreak(lab)) ?? {
      hop: "load balancer rule",
      why: `each hop works, the way through rule ${entry.rule.name} does not`,
    }
  );
}

/** Whether a host name leads to an endpoint of its network. */
export async function nameBreak(place: Place, hostName: string): Promise<Break | undefined> {
  const { addresses } = await resolve(place.client, hostName);
  const own = place.endpoints.map(({ endpoint }) => endpoint.address);
  const strange = addresses.find((address) => !own.includes(address));
  if (addresses.length === 0) {
    const { name, dnsServers } = place.consumer.network;
    const others = dnsServers.length > 0 ? `: network ${name} asks ${dnsServers.join(", ")} instead of Azure` : "";
    return { hop: "dns", why: `${hostName} does not resolve in ${place.consumer.name}${others}` };
  }
  if (strange === undefined) return undefined;
  return { hop: "dns", why: `${hostName} leads to ${strange}, the endpoint is ${own.join(", ")}` };
}

/** What is wrong with one machine behind a rule: its filters, what it does with connections, its probe. */
export async function memberBreak(
  lab: Lab,
  machine: GuestMachine,
  rule: LoadBalancerRule,
  service: Service,
): Promise<Break | undefined> {
  const { name } = machine.forwarder;
  if (!machine.on) return { hop: "forwarder", why: `${name} is off` };
  return (await forwardingBreak(lab, machine, rule, service)) ?? (await probeBreak(lab, machine, rule));
}

/** Sends one call from the NAT address straight to the machine. */
export async function forwardingBreak(
  lab: Lab,
  machine: GuestMachine,
  rule: LoadBalancerRule,
  service: Service,
): Promise<Break | undefined> {
  const { name, nic } = machine.forwarder;
  const hostName = lab.design.apim.hostNames[0] ?? "";
  const port = rule.backendPort || 443;
  const before = await counters(PROVIDER, "network");
  const source = service.nat[0]?.address;
  const called = await call(lab, hostName, { namespace: FABRIC, source, to: nic.address, port, patience: 2 });
  if (called.ok && called.from === nic.address) return undefined;
  if (called.ok)
    return { hop: "forwarder", why: `${name} keeps the address ${called.from} of the caller, so answers pass it by` };
  return (await obstacleBreak(lab, name, before)) ?? (await apimBreak(lab)) ?? guestBreak(machine, called.said);
}

/** Asks what the load balancer's probe asks, and who it is that answers. */
async function probeBreak(lab: Lab, machine: GuestMachine, rule: LoadBalancerRule): Promise<Break | undefined> {
  const { name, nic } = machine.forwarder;
  const { probe } = rule;
  if (!probe) return { hop: "load balancer rule", why: `rule ${rule.name} has no probe` };
  const before = await counters(PROVIDER, "network");
  const hostName = lab.design.apim.hostNames[0] ?? "";
  const asked = await call(lab, hostName, {
    namespace: FABRIC,
    source: PLATFORM,
    to: nic.address,
    port: probe.port,
    patience: 2,
  });
  if (asked.ok) {
    return { hop: "health probe", why: `${name} passes the probe on to APIM instead of answering for itself` };
  }
  const { up, said } = lab.balancer.healthOf(nic.address, probe.id);
  if (up) return undefined;
  const filtered = await obstacleBreak(lab, name, before);
  if (filtered) return filtered;
  const units = (await machine.restarted()).map((one) => `; ${one}`).join("");
  const why = `probe ${probe.name} of ${name} on port ${probe.port}: ${said}${units}${await bootOf(machine)}`;
  return { hop: "health probe", why };
}

/** Which filter has counted something since. */
async function obstacleBreak(
  lab: Lab,
  machine: string,
  before: ReadonlyMap<string, number>,
): Promise<Break | undefined> {
  const after = await counters(PROVIDER, "network");
  const hit = lab.obstacles.filter(({ counter }) => (after.get(counter) ?? 0) > (before.get(counter) ?? 0));
  const found = hit.find(({ at }) => at === machine) ?? hit.find(({ at }) => at === "APIM");
  return found && { hop: hopOf(found), why: explained(found) };
}

function hopOf(obstacle: Obstacle): Break["hop"] {
  if (obstacle.route) return obstacle.at === "APIM" ? "apim route" : "forwarder route";
  if (obstacle.at === "APIM") return "apim network security group";
  return obstacle.group === undefined ? "forwarder" : "forwarder network security group";
}

function explained({ at, inbound, group, route, text }: Obstacle): string {
  if (group === undefined) return `${at}${route ? ":" : ""} ${text}`;
  return `${group}: ${text} what goes ${inbound ? `to ${at}` : `out of ${at}`}`;
}

/** Whether APIM answers where it stands. */
export async function apimBreak(lab: Lab): Promise<Break | undefined> {
  const { hostNames, nic } = lab.design.apim;
  const { ok, said } = await call(lab, hostNames[0] ?? "", { namespace: APIM, to: nic.address, patience: 2 });
  return ok ? undefined : { hop: "apim", why: `APIM does not answer: ${said}` };
}

async function guestBreak(machine: GuestMachine, said: string): Promise<Break> {
  return { hop: "forwarder", why: `${machine.forwarder.name} does not forward: ${said}${await bootOf(machine)}` };
}

async function bootOf(machine: GuestMachine): Promise<string> {
  const problems = await machine.problems;
  return problems.length > 0 ? `; its boot: ${problems.join("; ")}` : "";
}
