import { ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { ApimServer } from "./apim";
import { Way, wayOf } from "./chain";
import { Resolver } from "./dns";
import { FabricEndpoint, balancerRules, consumerLink, endpointRules, natRules } from "./fabric";
import { Attached, Obstacle, networkFilters } from "./filters";
import { GuestMachine } from "./guest-machine";
import { gatewayOf, overlapping } from "./ip";
import { Consumer, Design } from "./model";
import type { ProbeResult, ProberSettings, ProbeTarget } from "./prober";
import { end, inNamespace } from "./shell";
import * as topology from "./topology";

/** A consumer in the lab: its router with the resolver, and its client. */
export interface Place {
  readonly consumer: Consumer;
  readonly router: string;
  readonly client: string;
  readonly resolver: Resolver;
  readonly endpoints: readonly FabricEndpoint[];
}

/** The last word of the probe about a member. */
export type Health = Omit<ProbeResult, "probe" | "address">;

const PROVIDER_LINK = "provider";

/** A design as namespaces, cables and rules, running. */
export class Lab {
  readonly machines: readonly GuestMachine[];
  readonly places: readonly Place[];
  readonly apim: ApimServer;
  obstacles: readonly Obstacle[] = [];
  private readonly health = new Map<string, Health>();
  private prober?: ChildProcess;
  private balancing: Promise<void> = Promise.resolve();

  constructor(
    readonly folder: string,
    readonly design: Design,
    approveAll: boolean,
  ) {
    const transit = ["100.64", "172.31", "192.168", "10.255"].find((start) =>
      design.networks.every(({ addressSpace }) =>
        addressSpace.every((prefix) => !overlapping(prefix, `${start}.0.0/16`)),
      ),
    );
    this.machines = design.forwarders.map((forwarder, index) => new GuestMachine(folder, forwarder, index));
    this.places = design.consumers.map((consumer, index) => ({
      consumer,
      router: `network${index}`,
      client: `client${index}`,
      resolver: new Resolver(folder, `network${index}`, consumer, design.apim),
      endpoints: consumer.endpoints.map((endpoint, number) => ({
        endpoint,
        identity: `${transit}.${index}.${10 + number}`,
        way: wayOf(design, consumer, endpoint, approveAll),
      })),
    }));
    const ports = new Set([443, ...design.rules.map(({ backendPort }) => backendPort).filter((port) => port > 0)]);
    this.apim = new ApimServer(join(folder, "apim"), design.apim, [...ports]);
  }

  /** Builds everything and boots every machine. */
  async start(): Promise<void> {
    await Promise.all([this.buildProvider(), this.apim.certify()]);
    await Promise.all([
      ...this.machines.map((machine) => machine.boot()),
      ...this.places.map((place, index) => this.buildConsumer(place, index)),
      this.apim.start(),
    ]);
    await this.guard();
    await topology.load(topology.FABRIC, natRules(this.endpoints(), PROVIDER_LINK));
    await this.balance();
    this.probe();
  }

  /** All endpoints of all consumers. */
  endpoints(): FabricEndpoint[] {
    return this.places.flatMap(({ endpoints }) => endpoints);
  }

  /** Loads the security groups as they are now; connections that are there stay. */
  async guard(): Promise<void> {
    const attached: Attached[] = [
      ...this.machines.map(({ link, forwarder }) => ({ link, name: forwarder.name, nic: forwarder.nic })),
      { link: topology.APIM, name: "APIM", nic: this.design.apim.nic },
    ];
    const { ruleset, obstacles } = networkFilters(attached, this.design.networks);
    this.obstacles = obstacles;
    await topology.load(topology.PROVIDER, ruleset);
  }

  /** What the probe of a rule says about a member. */
  healthOf(address: string, probe: string): Health {
    return this.health.get(`${probe} ${address}`) ?? { up: false, said: "has not been probed yet" };
  }

  /** How many members the probes have up, of how many. */
  upCount(): { up: number; of: number } {
    const pairs = this.probed();
    return { up: pairs.filter(({ address, probe }) => this.healthOf(address, probe).up).length, of: pairs.length };
  }

  /** The longest time that the probes may take to see a change, in milliseconds. */
  probeWindow(): number {
    const longest = Math.max(
      ...this.design.rules.map(({ probe }) => (probe ? probe.interval * (probe.threshold + 1) : 0)),
      5,
    );
    return longest * 1000;
  }

  /** Ends what runs; the namespaces end with the lab. */
  async stop(): Promise<void> {
    if (this.prober) await end(this.prober);
    await Promise.all([
      ...this.machines.map((machine) => machine.kill()),
      ...this.places.map(({ resolver }) => resolver.stop()),
      this.apim.stop(),
    ]);
  }

  private async buildProvider(): Promise<void> {
    const { apim, networks, frontends, services, forwarders } = this.design;
    await Promise.all([
      topology.router(topology.FABRIC),
      topology.router(topology.PROVIDER),
      topology.place(topology.APIM),
    ]);
    await topology.cable(topology.FABRIC, PROVIDER_LINK, topology.PROVIDER, "fabric");
    const subnets = new Set([...forwarders.map(({ nic }) => nic.subnet), apim.nic.subnet].map(({ prefix }) => prefix));
    const outside = [
      ...frontends.map(({ address }) => address),
      ...services.flatMap(({ nat }) => nat.map(({ address }) => address)),
    ];
    const owned = [...new Set([topology.PLATFORM, ...outside])].filter((address) => /^[\d.]+$/.test(address));
    await topology.configure(topology.PROVIDER, [
      ...[...subnets].map((prefix) => `address add ${gatewayOf(prefix)}/32 dev lo`),
      ...owned.map((address) => `route add ${address}/32 dev fabric`),
    ]);
    await topology.configure(topology.FABRIC, [
      ...owned.map((address) => `address add ${address}/32 dev lo`),
      ...networks
        .flatMap(({ addressSpace }) => addressSpace)
        .map((prefix) => `route replace ${prefix} dev ${PROVIDER_LINK}`),
    ]);
    const answer = ["sysctl", "-qw", "net.ipv4.conf.fabric.proxy_arp=1", "net.ipv4.neigh.fabric.proxy_delay=0"];
    await topology.runIn(topology.PROVIDER, answer);
    const { address, subnet } = apim.nic;
    await topology.plug(
      topology.PROVIDER,
      topology.APIM,
      topology.APIM,
      address,
      subnet.prefix,
      gatewayOf(subnet.prefix),
    );
  }

  private async buildConsumer(place: Place, index: number): Promise<void> {
    const { consumer, router, client, resolver, endpoints } = place;
    await topology.router(router);
    await topology.place(client);
    const link = consumerLink(index);
    await topology.cable(topology.FABRIC, link, router, "fabric");
    const base = (endpoints[0]?.identity ?? "").replace(/\.\d+$/, "");
    await topology.configure(topology.FABRIC, [
      `address add ${base}.1/24 dev ${link}`,
      ...endpoints.map(({ identity }) => `address add ${identity}/32 dev lo`),
    ]);
    const { address, subnet } = consumer.client;
    await topology.configure(router, [
      `address add ${base}.2/24 dev fabric`,
      `route add default via ${base}.1`,
      `address add ${gatewayOf(subnet.prefix)}/32 dev lo`,
      `address add ${topology.PLATFORM}/32 dev lo`,
    ]);
    await topology.plug(router, "client", client, address, subnet.prefix, gatewayOf(subnet.prefix));
    await topology.load(router, endpointRules(endpoints, "fabric", `${base}.2`));
    await resolver.start();
  }

  private probed(): ProbeTarget[] {
    const targets = new Map<string, ProbeTarget>();
    for (const { rules } of this.endpoints().map(({ way }): Way => way)) {
      for (const { rule, members } of rules) {
        for (const { nic } of rule.probe ? members : []) {
          const { id, protocol, port, path, interval, threshold } = rule.probe!;
          targets.set(`${id} ${nic.address}`, {
            probe: id,
            protocol,
            address: nic.address,
            port,
            path,
            interval,
            threshold,
          });
        }
      }
    }
    return [...targets.values()];
  }

  private probe(): void {
    const settings: ProberSettings = { source: topology.PLATFORM, targets: this.probed() };
    const program = [
      "-r",
      join(__dirname, "..", "typescript.js"),
      join(__dirname, "prober.ts"),
      JSON.stringify(settings),
    ];
    const [word = "", ...words] = inNamespace(topology.FABRIC, [process.execPath, ...program]);
    const child = spawn(word, words, { stdio: ["ignore", "pipe", "inherit"] });
    this.prober = child;
    let rest = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      const lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) this.heard(JSON.parse(line) as ProbeResult);
    });
  }

  private heard({ probe, address, up, said }: ProbeResult): void {
    const before = this.healthOf(address, probe).up;
    this.health.set(`${probe} ${address}`, { up, said });
    if (before !== up) this.balancing = this.balancing.then(() => this.balance());
  }

  private async balance(): Promise<void> {
    const rules = balancerRules(this.endpoints(), (address, probe) => this.healthOf(address, probe).up);
    await topology.load(topology.FABRIC, rules);
  }
}
