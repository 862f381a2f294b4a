import { ChildProcess } from "node:child_process";
import { join } from "node:path";
import * as topology from "../build/topology";
import { Lab } from "../lab";
import { gatewayOf } from "../read/ip";
import { Design } from "../read/model";
import { end, stay } from "../shell";

/**
 * A way to APIM: past the forwarders, past them but through a router that does nothing else, through a number of
 * forwarders, or through a program that copies bytes.
 */
export type Path = "direct" | "router" | "relay" | number;

const RELAY = "relay";
const ROUTER = "router";
// Azure's network has one address on its side of every cable.
const MAC = "12:34:56:78:9a:bc";

/** A design with a number of forwarders, all like its first. */
export function withForwarders(design: Design, count: number, nextAddress: () => string): Design {
  const [first] = design.forwarders;
  if (!first) return design;
  const more = Array.from({ length: count - 1 }, (_, index) => ({
    ...first,
    name: `${first.name}-copy-${index + 1}`,
    nic: { ...first.nic, address: nextAddress() },
  }));
  return { ...design, forwarders: [first, ...more] };
}

/** The ways of one lab, of which one is open at a time. */
export class Paths {
  private relay?: ChildProcess;

  constructor(
    private readonly lab: Lab,
    private readonly relayAddress: string,
    private readonly routerAddress: string,
  ) {}

  /** Starts the relay, and takes the filters away, which are no part of a forwarder. */
  async prepare(): Promise<void> {
    const { subnet } = this.lab.machines[0]!.forwarder.nic;
    await topology.load(topology.PROVIDER, "delete table ip network\n");
    await topology.place(RELAY);
    await topology.plug(topology.PROVIDER, RELAY, RELAY, this.relayAddress, subnet.prefix, gatewayOf(subnet.prefix));
    for (const namespace of [RELAY, ...this.lab.places.map(({ client }) => client)]) {
      const ports = ["net.ipv4.ip_local_port_range=1024 65535", "net.ipv4.tcp_tw_reuse=1"];
      await topology.runIn(namespace, ["sysctl", "-qw", ...ports]);
    }
    await topology.router(ROUTER);
    await topology.plug(topology.PROVIDER, ROUTER, ROUTER, this.routerAddress, subnet.prefix, gatewayOf(subnet.prefix));
    await this.unify();
    const target = `TCP4:${this.lab.design.apim.nic.address}:443,nodelay`;
    this.relay = stay(
      ["socat", "TCP4-LISTEN:443,fork,reuseaddr,backlog=4096,nodelay", target],
      join(this.lab.folder, "relay.log"),
      RELAY,
    );
  }

  /** Sends new connections this way. */
  async open(path: Path): Promise<void> {
    await topology.load(topology.PROVIDER, this.switching(path));
    const targets =
      path === "direct" || path === "router"
        ? [this.lab.design.apim.nic.address]
        : path === "relay"
          ? [this.relayAddress]
          : this.lab.machines.slice(0, path).map(({ forwarder }) => forwarder.nic.address);
    const map = targets.map((address, index) => `${index} : ${address}`).join(", ");
    const hash = `jhash ip saddr . tcp sport . ip daddr . tcp dport mod ${targets.length} seed 0xba1a`;
    const rules = this.lab
      .endpoints()
      .map(
        ({ identity }) =>
          `add rule ip fabric prerouting ip daddr ${identity} tcp dport 443 dnat to ${hash} map { ${map} }`,
      );
    await topology.load(topology.FABRIC, `flush chain ip fabric prerouting\n${rules.join("\n")}\n`);
  }

  /** Gives every cable of the provider's network the same addresses at both ends, so that packets need no new ones. */
  private async unify(): Promise<void> {
    const machines = [topology.APIM, RELAY, ROUTER, ...this.lab.machines.map(({ namespace }) => namespace)];
    const ends = machines.map((link) => `link set ${link} address ${MAC}`);
    await topology.configure(topology.PROVIDER, [`link set fabric address ${MAC}`, ...ends]);
    await topology.configure(topology.FABRIC, [`link set provider address ${MAC}`]);
    for (const machine of machines) await topology.configure(machine, [`link set eth0 address ${MAC}`]);
  }

  /**
   * The provider's network without the work of a router: Azure's is none of a machine's business either. A packet that
   * comes in is sent out as it is where its receiver is.
   */
  private switching(path: Path): string {
    const { services, apim } = this.lab.design;
    const nat = services.flatMap((service) => service.nat.map(({ address }) => address)).join(", ");
    const members = [
      { link: RELAY, address: this.relayAddress },
      ...this.lab.machines.map(({ link, forwarder }) => ({ link, address: forwarder.nic.address })),
    ];
    const toMembers = members.map(({ link, address }) => `ip daddr ${address} fwd to "${link}"`);
    const to = (addresses: string, link: string): string => `ip daddr { ${addresses} } fwd to "${link}"`;
    const between = [to(apim.nic.address, topology.APIM), to(nat, "fabric")];
    const chains: Record<string, string[]> = {
      fabric: [to(apim.nic.address, path === "router" ? ROUTER : topology.APIM), ...toMembers],
      [topology.APIM]: [to(nat, path === "router" ? ROUTER : "fabric"), ...toMembers],
      [ROUTER]: between,
      ...Object.fromEntries(members.map(({ link }) => [link, between])),
    };
    const text = Object.entries(chains).map(
      ([link, rules]) =>
        `chain ${link} { type filter hook ingress device "${link}" priority 0; policy accept; ${rules.join("; ")}; }`,
    );
    return `table netdev switch\ndelete table netdev switch\ntable netdev switch {\n${text.join("\n")}\n}\n`;
  }

  async close(): Promise<void> {
    if (this.relay) await end(this.relay);
  }
}
