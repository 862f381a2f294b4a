import { join } from "node:path";
import { ApimServer } from "./build/apim";
import { Balancer } from "./build/balancer";
import { buildConsumer } from "./build/consumer-side";
import { Resolver } from "./build/dns";
import { FabricEndpoint, natRules } from "./build/fabric";
import { Attached, Obstacle, networkFilters } from "./build/filters";
import { Place } from "./build/place";
import { PROVIDER_LINK, buildProvider } from "./build/provider-side";
import * as topology from "./build/topology";
import { GuestMachine } from "./guest/guest-machine";
import { wayOf } from "./read/chain";
import { overlapping } from "./read/ip";
import { Design, NotForTheLab } from "./read/model";

/** A design as namespaces, cables and rules, running. */
export class Lab {
  readonly machines: readonly GuestMachine[];
  readonly places: readonly Place[];
  readonly apim: ApimServer;
  readonly balancer: Balancer;
  obstacles: readonly Obstacle[] = [];

  constructor(
    readonly folder: string,
    readonly design: Design,
    approveAll: boolean,
    apimWorkers = 1,
  ) {
    const transit = ["100.64", "172.31", "192.168", "10.255", "198.18", "198.19"].find((start) =>
      design.networks.every(({ addressSpace }) =>
        addressSpace.every((prefix) => !overlapping(prefix, `${start}.0.0/16`)),
      ),
    );
    if (transit === undefined) throw new NotForTheLab("the networks leave the lab no addresses of its own");
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
    this.balancer = new Balancer(this.endpoints());
    const ports = new Set([443, ...design.rules.map(({ backendPort }) => backendPort).filter((port) => port > 0)]);
    this.apim = new ApimServer(join(folder, "apim"), design.apim, [...ports], apimWorkers);
  }

  /** Builds everything and boots every machine. */
  async start(): Promise<void> {
    await Promise.all([buildProvider(this.design), this.apim.certify()]);
    await Promise.all([
      ...this.machines.map((machine) => machine.boot()),
      ...this.places.map((place, index) => buildConsumer(place, index)),
      this.apim.start(),
    ]);
    await this.guard();
    await topology.load(topology.FABRIC, natRules(this.endpoints(), PROVIDER_LINK));
    await this.balancer.start();
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

  /** Ends what runs; the namespaces end with the lab. */
  async stop(): Promise<void> {
    await Promise.all([
      this.balancer.stop(),
      ...this.machines.map((machine) => machine.kill()),
      ...this.places.map(({ resolver }) => resolver.stop()),
      this.apim.stop(),
    ]);
  }
}
