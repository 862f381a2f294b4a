import { ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { end, inNamespace, typescript } from "../shell";
import { FabricEndpoint, balancerRules, natRules } from "./fabric";
import type { ProbeResult, ProberSettings, ProbeTarget } from "./prober";
import { PROVIDER_LINK } from "./provider-side";
import { FABRIC, PLATFORM, load } from "./topology";

/** The last word of a probe about a member. */
export type Health = Pick<ProbeResult, "up" | "said">;

/** A member that is probed, whatever is known of it. */
type Asked = Omit<ProbeTarget, "up">;

/** The load balancer: its probes, and the rules that follow from what they say. */
export class Balancer {
  /** The seconds that Azure's probes may take to see a change. */
  azureWindow = 0;
  private endpoints: readonly FabricEndpoint[] = [];
  private targets: readonly Asked[] = [];
  private readonly health = new Map<string, Health>();
  private prober?: ChildProcess;
  private turn = 0;
  private loading: Promise<void> = Promise.resolve();

  /** @param patience the seconds within which slow probes see a change: they are sent more often, not fewer times */
  constructor(private readonly patience = 5) {}

  /** Serves endpoints from now on; a member that is up stays so until its probe says otherwise. */
  async serve(endpoints: readonly FabricEndpoint[]): Promise<void> {
    this.endpoints = endpoints;
    const asked = probeTargets(endpoints);
    this.azureWindow = longest(asked);
    this.probe(
      asked.map((target) => ({
        ...target,
        interval: Math.min(target.interval, this.patience / (target.threshold + 1)),
      })),
    );
    await this.queue(natRules(endpoints, PROVIDER_LINK));
  }

  /** Ends the probes; the rules stay as they are. */
  async stop(): Promise<void> {
    const { prober } = this;
    this.prober = undefined;
    if (prober) await end(prober);
  }

  /** Takes every member out until its probe answers, as in a load balancer that was just made. */
  forget(): void {
    this.probe([]);
    this.health.clear();
  }

  /** Takes a machine out until its probe answers, as one that was switched off. */
  async takeOut(address: string): Promise<void> {
    for (const { probe } of this.targets) this.health.delete(`${probe} ${address}`);
    this.probe(this.targets);
    await this.queue();
  }

  /** What a probe says about a member. */
  healthOf(address: string, probe: string): Health {
    return this.health.get(`${probe} ${address}`) ?? { up: false, said: "has not been probed yet" };
  }

  /** How many members the probes have up, of how many. */
  upCount(): { up: number; of: number } {
    const up = this.targets.filter(({ address, probe }) => this.healthOf(address, probe).up).length;
    return { up, of: this.targets.length };
  }

  /** The longest time that the probes may take to see a change, in milliseconds. */
  get window(): number {
    return 1000 * Math.max(5, longest(this.targets));
  }

  /** Probes other members from now on; what is said of those before counts no more. */
  private probe(targets: readonly Asked[]): void {
    this.targets = targets;
    this.turn += 1;
    this.prober ??= this.started();
    const known = targets.map((target) => ({ ...target, up: this.healthOf(target.address, target.probe).up }));
    const settings: ProberSettings = { turn: this.turn, source: PLATFORM, targets: known };
    this.prober.stdin?.write(`${JSON.stringify(settings)}\n`);
  }

  private started(): ChildProcess {
    const [word = "", ...words] = inNamespace(FABRIC, typescript(join(__dirname, "prober.ts")));
    const child = spawn(word, words, { stdio: ["pipe", "pipe", "inherit"] });
    child.stdin.on("error", () => undefined);
    createInterface(child.stdout).on("line", (line) => this.heard(JSON.parse(line) as ProbeResult));
    return child;
  }

  private heard({ turn, probe, address, up, said }: ProbeResult): void {
    if (turn !== this.turn) return;
    const before = this.healthOf(address, probe).up;
    this.health.set(`${probe} ${address}`, { up, said });
    if (before !== up) void this.queue();
  }

  /** Loads the rules that follow from the members' health, after others in the same transaction. */
  private queue(others = ""): Promise<void> {
    this.loading = this.loading.then(() => {
      const rules = balancerRules(this.endpoints, (address, probe) => this.healthOf(address, probe).up);
      return load(FABRIC, `${others}\n${rules}`);
    });
    return this.loading;
  }
}

function longest(targets: readonly Asked[]): number {
  return Math.max(0, ...targets.map(({ interval, threshold }) => interval * (threshold + 1)));
}

/** Each member of each rule's pools, once for each probe. */
function probeTargets(endpoints: readonly FabricEndpoint[]): Asked[] {
  const targets = new Map<string, Asked>();
  for (const { rule, members } of endpoints.flatMap(({ way }) => way.rules)) {
    if (!rule.probe) continue;
    const { id: probe, protocol, port, path, interval, threshold } = rule.probe;
    for (const { nic } of members) {
      const target = { probe, protocol, address: nic.address, port, path, interval, threshold };
      targets.set(`${probe} ${nic.address}`, target);
    }
  }
  return [...targets.values()];
}
