import { ChildProcess, spawn } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PROVIDER, place, plug, runIn, unplug } from "../build/topology";
import { gatewayOf } from "../read/ip";
import { Forwarder } from "../read/model";
import { end, inNamespace, typescript } from "../shell";
import type { BootReport, MachineSettings } from "./machine";

/** A forwarder that can be switched on and off. */
export class GuestMachine {
  /** The machine's namespace. */
  readonly namespace: string;
  /** The router's end of its cable. */
  readonly link: string;
  /** What did not go as its data of the first boot asks, or what the lab does not know. */
  problems: readonly string[] = [];
  private readonly folder: string;
  private process?: ChildProcess;
  private booted = false;

  constructor(
    folder: string,
    readonly forwarder: Forwarder,
    index: number,
  ) {
    this.namespace = `forwarder${index}`;
    this.link = this.namespace;
    this.folder = join(folder, this.namespace);
    mkdirSync(this.folder, { recursive: true });
  }

  /** Whether it is on. */
  get on(): boolean {
    return this.process !== undefined;
  }

  /** Boots it: the first time with its data, after that from what is on its disk. */
  async boot(): Promise<void> {
    const { name, nic, customData } = this.forwarder;
    await place(this.namespace);
    // as Ubuntu's images have it; a namespace may begin with what the machine outside has.
    const loose = ["net.ipv4.conf.all.rp_filter=2", "net.ipv4.conf.default.rp_filter=2"];
    await runIn(this.namespace, ["sysctl", "-qw", "net.ipv4.ip_forward=0", ...loose]);
    await plug(PROVIDER, this.link, this.namespace, nic.address, nic.subnet.prefix, gatewayOf(nic.subnet.prefix));
    const settings: MachineSettings = { name, customData, again: this.booted };
    writeFileSync(join(this.folder, "machine.json"), JSON.stringify(settings));
    this.booted = true;
    this.problems = (await this.launch()).problems;
  }

  /** Switches it off without notice. */
  async kill(): Promise<void> {
    if (this.process) await end(this.process);
    this.process = undefined;
    await unplug(this.namespace);
  }

  /** The last lines of its console. */
  console(lines = 6): string[] {
    const file = join(this.folder, "console.log");
    if (!existsSync(file)) return [];
    return readFileSync(file, "utf8").trimEnd().split("\n").slice(-lines);
  }

  private launch(): Promise<BootReport> {
    const own = ["unshare", "--mount", "--uts", "--pid", "--fork", "--kill-child", "--mount-proc", "--"];
    const program = typescript(join(__dirname, "machine.ts"), this.folder);
    const [word = "", ...words] = inNamespace(this.namespace, [...own, ...program]);
    const log = openSync(join(this.folder, "console.log"), "a");
    const child = spawn(word, words, { stdio: ["ignore", "pipe", log] });
    closeSync(log);
    this.process = child;
    return new Promise((resolve) => {
      const failed = (why: string): void => resolve({ problems: [why] });
      const timer = setTimeout(() => failed("the machine does not finish its boot within 60 s"), 60_000);
      let said = "";
      child.stdout?.setEncoding("utf8").on("data", (text: string) => {
        said += text;
        if (!said.includes("\n")) return;
        clearTimeout(timer);
        resolve(JSON.parse(said.split("\n")[0] ?? "") as BootReport);
      });
      child.once("error", (error) => failed(error.message));
      child.once("exit", (code, signal) => failed(`the machine ended with ${signal ?? code}`));
    });
  }
}
