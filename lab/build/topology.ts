import { must, run } from "../shell";

/** The address that Azure's platform has in every network: it resolves names and sends probes. */
export const PLATFORM = "168.63.129.16";

/** The namespace of everything between the networks: Private Link and the load balancer. */
export const FABRIC = "fabric";
/** The namespace of the provider's router. */
export const PROVIDER = "provider";
/** The namespace of APIM. */
export const APIM = "apim";

/** A network that carries packets between its links. */
export async function router(name: string): Promise<void> {
  await must(["ip", "netns", "add", name]);
  // an address is answered for at once, and a packet may leave by another link than its answer comes from.
  const settings = [
    "net.ipv4.ip_forward=1",
    "net.ipv4.conf.all.rp_filter=0",
    "net.ipv4.conf.default.rp_filter=0",
    "net.ipv4.conf.all.send_redirects=0",
    "net.ipv4.conf.default.send_redirects=0",
  ];
  await must(["sysctl", "-qw", ...settings], { namespace: name });
  await must(["ip", "link", "set", "lo", "up"], { namespace: name });
}

/** A machine's place: a namespace without routing. */
export async function place(name: string): Promise<void> {
  await must(["ip", "netns", "add", name]);
  await must(["ip", "link", "set", "lo", "up"], { namespace: name });
}

/** Lays a cable between two namespaces. */
export async function cable(one: string, oneEnd: string, other: string, otherEnd: string): Promise<void> {
  await must(["ip", "link", "add", oneEnd, "netns", one, "type", "veth", "peer", "name", otherEnd, "netns", other]);
  await must(["ip", "link", "set", oneEnd, "up"], { namespace: one });
  await must(["ip", "link", "set", otherEnd, "up"], { namespace: other });
}

/** Configures addresses and routes in a namespace, one command of `ip` a line. */
export async function configure(namespace: string, lines: readonly string[]): Promise<void> {
  await must(["ip", "-batch", "-"], { namespace, input: `${lines.join("\n")}\n` });
}

/** Lays a machine's cable to a router that knows its address, as Azure does: it answers for every other address. */
export async function attach(routerName: string, link: string, machine: string, address: string): Promise<void> {
  await cable(routerName, link, machine, "eth0");
  await must(["sysctl", "-qw", `net.ipv4.conf.${link}.proxy_arp=1`, `net.ipv4.neigh.${link}.proxy_delay=0`], {
    namespace: routerName,
  });
  await configure(routerName, [`route add ${address}/32 dev ${link}`]);
}

/** Attaches a machine that does not configure its interface itself. */
export async function plug(
  routerName: string,
  link: string,
  machine: string,
  address: string,
  prefix: string,
  gateway: string,
): Promise<void> {
  await attach(routerName, link, machine, address);
  await configure(machine, [
    `address add ${address}/${prefix.split("/")[1]} dev eth0`,
    `route add default via ${gateway}`,
  ]);
}

/** Takes a machine's namespace away, its end of the cable with it. */
export async function unplug(machine: string): Promise<void> {
  await run(["ip", "netns", "delete", machine]);
}

/** Loads a ruleset into a namespace. */
export async function load(namespace: string, ruleset: string): Promise<void> {
  await must(["nft", "--file", "-"], { namespace, input: ruleset });
}

/** Reads the packet counters of a table. */
export async function counters(namespace: string, table: string): Promise<Map<string, number>> {
  const text = await must(["nft", "--json", "list", "counters", "table", "ip", table], { namespace });
  const { nftables } = JSON.parse(text) as { nftables: { counter?: { name: string; packets: number } }[] };
  return new Map(nftables.flatMap(({ counter }) => (counter ? [[counter.name, counter.packets] as const] : [])));
}

/** Runs a program that has to succeed in a namespace. */
export function runIn(namespace: string, words: readonly string[]): Promise<string> {
  return must(words, { namespace });
}
