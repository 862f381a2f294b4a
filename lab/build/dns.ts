import { ChildProcess } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Apim, Consumer } from "../read/model";
import { end, run, stay, until } from "../shell";
import { PLATFORM } from "./topology";

/** The address that stands for every public host name. */
export const PUBLIC = "203.0.113.80";

/** What a client learned about a name. */
export interface Resolution {
  /** Empty where the name does not exist. */
  readonly addresses: readonly string[];
}

/** The resolver that Azure has in a consumer's network, at the platform's address. */
export class Resolver {
  private process?: ChildProcess;

  constructor(
    private readonly folder: string,
    private readonly namespace: string,
    private readonly consumer: Consumer,
    private readonly apim: Apim,
  ) {}

  /** Starts it, with the private zones that are linked to the network, or as if none were. */
  async start(withZones = true): Promise<void> {
    await this.stop();
    const file = join(this.folder, `${this.namespace}.dnsmasq`);
    writeFileSync(file, this.configuration(withZones));
    this.process = stay(
      ["dnsmasq", "--keep-in-foreground", `--conf-file=${file}`],
      join(this.folder, `${this.namespace}.dnsmasq.log`),
      this.namespace,
    );
    const answers = await until(
      async () => (await resolve(this.namespace, "public.example")).addresses.length > 0,
      5_000,
    );
    if (!answers) throw new Error(`the resolver of ${this.consumer.name} does not start`);
  }

  /** Takes the place of another one, which stays in service where both say the same. */
  async takeOver(other: Resolver): Promise<void> {
    if (other.configuration(true) !== this.configuration(true)) {
      await other.stop();
      return this.start();
    }
    this.process = other.process;
  }

  async stop(): Promise<void> {
    if (this.process) await end(this.process);
  }

  private configuration(withZones: boolean): string {
    const zones = withZones ? this.consumer.zones : [];
    return [
      `listen-address=${PLATFORM}`,
      "bind-interfaces",
      "user=root",
      "group=root",
      "pid-file=",
      "no-resolv",
      "no-hosts",
      "no-daemon",
      // the public names of an APIM in internal mode do not exist; every other public name does.
      ...this.apim.hostNames.map((name) => `local=/${name}/`),
      `address=/#/${PUBLIC}`,
      // a private zone answers for everything below its name, and nobody else is asked.
      ...zones.flatMap((zone) => [
        `local=/${zone.name}/`,
        ...[...zone.addresses].flatMap(([name, addresses]) => addresses.map((address) => hostRecord(name, address))),
        ...[...zone.aliases].map(([name, target]) => `cname=${name},${target}`),
      ]),
      "",
    ].join("\n");
  }
}

function hostRecord(name: string, address: string): string {
  return name.startsWith("*.") ? `address=/${name.slice(2)}/${address}` : `host-record=${name},${address}`;
}

/** Asks as a program in a client's place does, through the C library. */
export async function resolve(namespace: string, name: string): Promise<Resolution> {
  const { stdout } = await run(["getent", "ahostsv4", name], { namespace, timeout: 8_000 });
  return { addresses: [...new Set(stdout.split("\n").flatMap((line) => line.split(/\s+/)[0] || []))] };
}
