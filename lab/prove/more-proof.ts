import { join } from "node:path";
import { PROVIDER, load } from "../build/topology";
import { GuestMachine } from "../guest/guest-machine";
import { Lab } from "../lab";
import { Break } from "../read/chain";
import { gatewayOf, within } from "../read/ip";
import { list, object, text } from "../read/json";
import { must, run, sleep } from "../shell";
import { memberships } from "./members";
import { Outcome } from "./report";

// what marks the packets that are asked with, and addresses that nobody in a design has.
const MARK = 11;
const STRANGER = "203.0.113.9";
const ELSEWHERE = "198.51.100.77";
// all 65,535 take many seconds on a machine that is busy.
const LAST_PORT = 10_999;
// each asks from another one: a machine goes on with connections that it knows, whatever its rules have become.
let ownPort = 20_000;

interface Ask {
  readonly what: string;
  readonly source: string;
  readonly target: string;
  readonly ports: string;
}

/** Whether machines forward what the design asks of them and no more: no other port, source or target. */
export async function nothingElse(lab: Lab): Promise<Outcome> {
  // a security group may stop what a machine would do.
  await load(PROVIDER, "delete table ip network\n");
  const seen = new Set<string>();
  let found: Break | undefined;
  for (const machine of lab.machines.filter(({ on }) => on)) {
    if (found || seen.has(machine.forwarder.customData)) continue;
    seen.add(machine.forwarder.customData);
    for (const ask of asksOf(lab, machine)) found ??= await answer(lab, machine, ask);
  }
  await lab.guard();
  return found ?? `ports up to ${LAST_PORT}, a stranger, a neighbour and other targets were asked for`;
}

function asksOf(lab: Lab, machine: GuestMachine): Ask[] {
  const own = memberships(lab).filter((one) => one.machine === machine);
  const nat = own.flatMap(({ service }) => service.nat);
  const [{ address: source } = { address: STRANGER }] = nat;
  const ports = [...new Set(own.map(({ rule }) => rule.backendPort))].sort((a, b) => a - b);
  const told = ports.join(",");
  const { address: target } = machine.forwarder.nic;
  const { subnet, address: apim } = lab.design.apim.nic;
  const neighbour = gatewayOf(subnet.prefix);
  const beside = gatewayOf(subnet.prefix).replace(/\d+$/, (last) => String(Number(last) + 1));
  const elsewhere = [ELSEWHERE, ...(beside === apim ? [] : [beside])];
  // a rule for all ports tells a machine to take them all.
  if (ports.includes(0)) return [];
  return [
    { what: "other ports", source, target, ports: allBut(ports.filter((port) => port <= LAST_PORT)) },
    { what: `connections of a stranger, ${STRANGER},`, source: STRANGER, target, ports: told },
    ...(nat.some((one) => within(one.subnet.prefix, neighbour))
      ? []
      : [{ what: `connections of a neighbour, ${neighbour},`, source: neighbour, target, ports: told }]),
    ...elsewhere.map((other) => ({ what: `connections to ${other}`, source, target: other, ports: `22,${told}` })),
  ];
}

/** The ports up to the last one that is asked for, but some, as ranges. */
function allBut(ports: readonly number[]): string {
  const starts = [1, ...ports.map((port) => port + 1)];
  const ends = [...ports.map((port) => port - 1), LAST_PORT];
  return starts.flatMap((first, index) => (first <= ends[index]! ? [`${first}-${ends[index]}`] : [])).join(",");
}

/** Asks, and says what the machine sends on. */
async function answer(lab: Lab, machine: GuestMachine, ask: Ask): Promise<Break | undefined> {
  const { link, forwarder } = machine;
  const { address } = forwarder.nic;
  await load(
    PROVIDER,
    `table ip witness {
       set sent { type ipv4_addr . inet_service; flags dynamic; size 65535; }
       chain prerouting {
         type filter hook prerouting priority raw; policy accept;
         iifname "${link}" ip dscp ${MARK} tcp flags & (syn | ack) == syn add @sent { ip daddr . tcp dport }
       }
     }\n`,
  );
  const detour = ask.target === address ? undefined : [`${ask.target}/32`, "via", address, "dev", link, "onlink"];
  if (detour) await must(["ip", "route", "add", ...detour], { namespace: PROVIDER });
  const words = [ask.source, String(ownPort++), ask.target, ask.ports, String(MARK)];
  await must(["/usr/bin/python3", "-IS", join(__dirname, "ask.py"), ...words], { namespace: PROVIDER });
  await sleep(100);
  const { stdout } = await run(["nft", "--json", "list", "set", "ip", "witness", "sent"], { namespace: PROVIDER });
  if (detour) await must(["ip", "route", "delete", ...detour], { namespace: PROVIDER });
  await load(PROVIDER, "delete table ip witness\n");
  const sets = list(object(JSON.parse(stdout)).nftables).map((one) => object(object(one).set));
  const { address: apim } = lab.design.apim.nic;
  const [sent] = sets
    .flatMap(({ elem }) => list(elem))

    .map((one) => list(object(one).concat).map((part) => text(part)))
    // what is for others may be taken to APIM: it is what the machine does with all it takes.
    .filter(([to]) => !detour || to !== apim);
  if (!sent) return undefined;
  const why = `${forwarder.name} forwards more than it was told: ${ask.what} to ${sent.join(":")}`;
  return { hop: "forwarder", why };
}
