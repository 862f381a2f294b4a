import { join } from "node:path";
import { ApimServer } from "./build/apim";
import { Balancer } from "./build/balancer";
import { buildConsumer, connectEndpoints, removeConsumer, sameGround } from "./build/consumer-side";
import { FabricEndpoint } from "./build/fabric";
import { Attached, Obstacle, networkFilters } from "./build/filters";
import { Place, placesOf } from "./build/place";
import { addressApim, addressProvider, buildProvider } from "./build/provider-side";
import * as topology from "./build/topology";
import { GuestMachine } from "./guest/guest-machine";
import { Design, Forwarder } from "./read/model";

/** How a lab differs from the usual one. */
export interface LabSettings {
  /** Whether the owner of the service approves every connection. */
  readonly approveAll: boolean;
  /** How many processes APIM's stand-in has. */
  readonly apimWorkers?: number;
  /** Designs that it will become later on, whose ports and host names APIM has from the beginning. */
  readonly later?: readonly Design[];
  /** Whether probes take as long as Azure's, however slow they are. */
  readonly slowProbes?: boolean;
}

/** A design as namespaces, cables, rules and machines, running; it can become another design while it runs. */
export class Lab {
  machines: readonly GuestMachine[];
  places: readonly Place[];
  readonly apim: ApimServer;
  readonly balancer: Balancer;
  obstacles: readonly Obstacle[] = [];
  private made = 0;
  /** Where a target stands that is about to be left for another one. */
  private formerApim?: string;

  constructor(
    readonly folder: string,
    public design: Design,
    private readonly settings: LabSettings,
  ) {
    this.balancer = new Balancer(settings.slowProbes ? Infinity : undefined);
    this.machines = design.forwarders.map((forwarder) => this.machine(forwarder));
    this.places = placesOf(folder, design, settings.approveAll);
    const designs = [design, ...(settings.later ?? [])];
    const rules = designs.flatMap((one) => one.rules);
    const hostNames = [...new Set(designs.flatMap((one) => one.apim.hostNames))];
    const ports = new Set([443, ...rules.map(({ backendPort }) => backendPort).filter((port) => port > 0)]);
    this.apim = new ApimServer(join(folder, "apim"), { ...design.apim, hostNames }, [...ports], settings.apimWorkers);
  }

  /** Builds everything and boots every machine. */
  async start(): Promise<void> {
    await this.build();
    await Promise.all(this.machines.map((machine) => machine.boot()));
    await this.guard();
  }

  /** Builds everything but the machines. */
  async build(): Promise<void> {
    await Promise.all([buildProvider(this.design), this.apim.certify()]);
    await Promise.all([addressProvider(this.design), addressApim(this.design.apim)]);
    await Promise.all([this.apim.start(), ...this.places.map(buildConsumer)]);
    await this.guard();
    await this.balancer.serve(this.endpoints());
  }

  /** Makes everything but the machines what another design says; of the machines only what Azure knows of them. */
  async rewire(design: Design): Promise<void> {
    const former = this.design.apim.nic.address;
    const before = this.places;
    this.design = design;
    for (const machine of this.machines) {
      machine.forwarder = design.forwarders.find((one) => sameMachine(one, machine.forwarder)) ?? machine.forwarder;
    }
    await addressProvider(design);
    if (design.apim.nic.address !== former) {
      // what was there before the deployment stays there, beside what the deployment turns to.
      this.formerApim = design.apim.existing ? former : undefined;
      await addressApim(design.apim, this.formerApim);
    }
    this.places = placesOf(this.folder, design, this.settings.approveAll);
    for (const place of before.filter((one, index) => !sameGround(one, this.places[index])))
      await removeConsumer(place);
    await Promise.all(
      this.places.map(async (place, index) => {
        const old = before[index];
        if (!old || !sameGround(place, old)) return buildConsumer(place, index);
        await connectEndpoints(place);
        return place.resolver.takeOver(old.resolver);
      }),
    );
    await this.guard();
    await this.balancer.serve(this.endpoints());
  }

  /** Takes away what a change has left behind. */
  async retire(): Promise<void> {
    if (this.formerApim === undefined) return;
    this.formerApim = undefined;
    await addressApim(this.design.apim);
    await this.guard();
  }

  /**
   * Becomes another design at once, of which no probe has been answered yet: machines that differ are made anew.
   *
   * @param kept whether machines stay that have booted well and differ in their data only, which is not brought to them
   */
  async become(design: Design, kept = false): Promise<void> {
    const stay: GuestMachine[] = [];
    for (const machine of this.machines.filter(({ on }) => on)) {
      const same = design.forwarders.find((one) => sameMachine(one, machine.forwarder));
      const well = kept && (await machine.problems).length === 0;
      if (same && (well || sameData(same, machine.forwarder))) stay.push(machine);
    }
    await this.remove(this.machines.filter((machine) => !stay.includes(machine)));
    this.balancer.forget();
    await this.rewire(design);
    await this.add(design.forwarders.filter((one) => !stay.some(({ forwarder }) => forwarder === one)));
  }

  /** Makes and boots more machines of the design. */
  async add(forwarders: readonly Forwarder[]): Promise<void> {
    const added = forwarders.map((forwarder) => this.machine(forwarder));
    const all = [...this.machines, ...added];
    this.machines = this.design.forwarders.flatMap((one) => all.filter(({ forwarder }) => forwarder === one));
    await Promise.all(added.map((machine) => machine.boot()));
    await this.guard();
  }

  /** Deletes machines. */
  async remove(machines: readonly GuestMachine[]): Promise<void> {
    await Promise.all(machines.map((machine) => machine.kill()));
    this.machines = this.machines.filter((machine) => !machines.includes(machine));
  }

  /** All endpoints of all consumers. */
  endpoints(): FabricEndpoint[] {
    return this.places.flatMap(({ endpoints }) => endpoints);
  }

  /** Loads the security groups as they are now; connections that are there stay. */
  async guard(): Promise<void> {
    const attached: Attached[] = [
      ...this.machines.map(({ link, forwarder }) => ({ link, name: forwarder.name, nic: forwarder.nic })),
      { link: topology.APIM, name: "APIM", nic: this.design.apim.nic, formerly: this.formerApim },
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

  private machine(forwarder: Forwarder): GuestMachine {
    this.made += 1;
    return new GuestMachine(this.folder, forwarder, this.made - 1);
  }
}

/** Whether two designs mean the same machine. */
function sameMachine(one: Forwarder, other: Forwarder): boolean {
  return one.name === other.name && one.nic.address === other.nic.address;
}

/** Whether two machines come out of their first boot alike. */
export function sameData(one: Forwarder, other: Forwarder): boolean {
  return one.customData === other.customData;
}
