import { ChildProcess, spawn } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CGROUP } from "../build/sandbox";
import { PROVIDER, attach, place, runIn, unplug } from "../build/topology";
import { Forwarder } from "../read/model";
import { Ran, inNamespace, run, sleep, until } from "../shell";
import { answersIn, bootComplaints, orderingCycles, restarted, servicesIn } from "./boot-report";
import { CLOCK, withClock } from "./clock";
import { Disk } from "./disk";
import { seedFiles } from "./seed";
import { treeFolder } from "./tree";

const PATH = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

// where systemd is asked, once it can be.
const BUS = "/run/dbus/system_bus_socket";

/** The seconds of a day. */
export const DAY = 86_400;

/** A forwarder: a machine that boots under its own systemd and cloud-init, and can be switched on and off. */
export class GuestMachine {
  /** The machine's namespace. */
  readonly namespace: string;
  /** The router's end of its cable. */
  readonly link: string;
  /** What its last boot complained about; known some moments after the boot. */
  problems: Promise<readonly string[]> = Promise.resolve([]);
  readonly disk: Disk;
  private readonly folder: string;
  private process?: ChildProcess;
  private gone: Promise<void> = Promise.resolve();
  private boots = 0;

  constructor(
    folder: string,
    public forwarder: Forwarder,
    index: number,
  ) {
    this.namespace = `forwarder${index}`;
    this.link = this.namespace;
    this.folder = join(folder, this.namespace);
    this.disk = new Disk(join(this.folder, "disk"));
    mkdirSync(join(this.folder, "seed"), { recursive: true });
    for (const [name, content] of seedFiles(forwarder)) writeFileSync(join(this.folder, "seed", name), content);
  }

  /** Whether it is on. */
  get on(): boolean {
    return this.process !== undefined;
  }

  /**
   * Boots it: the first time with its data, after that from what is on its disk.
   *
   * @param age the seconds that it is as if it had run; a machine that was switched off has just been started
   */
  async boot(age = this.boots === 0 ? DAY : 0): Promise<void> {
    await place(this.namespace);
    // a namespace may begin with what the machine outside has.
    await runIn(this.namespace, ["sysctl", "-qw", "net.ipv4.ip_forward=0"]);
    await attach(PROVIDER, this.link, this.namespace, this.forwarder.nic.address);
    this.boots += 1;
    this.launch(age);
    const ended = await this.bootEnds();
    this.problems = this.on
      ? this.complaints().then((said) => [...said, ...(ended ? [] : ["the boot does not finish within 60 s"])])
      : Promise.resolve([`the machine ends as it boots: ${this.console().trimEnd().split("\n").at(-1)}`]);
  }

  /** Switches it off without notice. */
  async kill(): Promise<void> {
    const started = existsSync(join(this.folder, "pid"));
    if (this.on && started) process.kill(this.pid(), "SIGKILL");
    else this.process?.kill("SIGKILL");
    await this.gone;
    await unplug(this.namespace);
  }

  /** Runs a program in the machine, as its administrator. */
  inside(words: readonly string[], input?: string, timeout = 60_000): Promise<Ran> {
    const enter = ["nsenter", `--target=${this.pid()}`, "--all", "--root", "--wd", "--"];
    return run([...enter, "env", "-i", PATH, "LANG=C.UTF-8", ...words], { input, timeout });
  }

  /** Gives the services of its data a clock of their own, which shows the time of day until it is moved; it must be off. */
  giveClock(): void {
    for (const unit of this.services()) {
      const folder = join(this.unitFolder, `${unit}.d`);
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, "clock.conf"), withClock());
    }
  }

  /** Has the clock of those services jump to a time that is so many days ahead of this one, or behind it. */
  async jump(days: number): Promise<void> {
    await this.inside(["tee", CLOCK], `${days > 0 ? "+" : ""}${days}d\n`);
  }

  /** The names of the unit files that it did not come with. */
  units(): string[] {
    const made = this.unitFolder;
    const files = existsSync(made) ? readdirSync(made, { withFileTypes: true }) : [];
    return files.filter((file) => file.isFile()).map(({ name }) => name);
  }

  /** The services of its data that do not stay up, with their programs' last words. */
  async restarted(): Promise<string[]> {
    const { stdout } = await this.inside(["systemctl", "show", "--property=Id,NRestarts", ...this.services()]);
    const services = servicesIn(stdout);
    const words = new Map<string, string>();
    for (const { Id = "" } of services.filter(({ NRestarts }) => NRestarts !== "0")) {
      const own = ["journalctl", "--boot", "--quiet", "--output=cat", "--lines=1", `_SYSTEMD_UNIT=${Id}`];
      words.set(Id, (await this.inside(own)).stdout);
    }
    return restarted(services, (unit) => words.get(unit) ?? "");
  }

  /** The services of its data that run, or have run and remain. */
  async running(): Promise<string[]> {
    const { stdout } = await this.inside(["systemctl", "is-active", ...this.services()]);
    const states = stdout.trim().split("\n");
    return this.services().filter((_, index) => states[index] === "active");
  }

  private services(): string[] {
    return this.units().filter((unit) => unit.endsWith(".service"));
  }

  private get unitFolder(): string {
    return join(this.disk.files, "etc/systemd/system");
  }

  /** What its console has shown since its last boot began, without colours. */
  private console(): string {
    const file = join(this.folder, `console.${this.boots}`);
    // eslint-disable-next-line no-control-regex -- a terminal's colours begin with a control character.
    return existsSync(file) ? readFileSync(file, "utf8").replaceAll(/\u001b\[[\d;]*m|\r/g, "") : "";
  }

  private launch(age: number): void {
    rmSync(join(this.folder, "pid"), { force: true });
    const boot = [join(__dirname, "boot"), treeFolder(), this.folder, join(CGROUP, this.namespace), String(age)];
    const terminal = [
      "script",
      "--quiet",
      "--flush",
      "--return",
      "--command",
      boot.map((part) => `'${part}'`).join(" "),
    ];
    const log = join(this.folder, `console.${this.boots}`);
    const [word = "", ...words] = inNamespace(this.namespace, [...terminal, "/dev/null"]);
    const out = openSync(log, "w");
    const child = spawn(word, words, { stdio: ["ignore", out, out] });
    closeSync(out);
    this.process = child;
    this.gone = new Promise<void>((resolve) => {
      child.once("error", () => resolve());
      child.once("exit", () => resolve());
    }).then(() => {
      this.process = undefined;
    });
  }

  /** Waits until the boot is over, one way or another; false where it is not within its time. */
  private bootEnds(): Promise<boolean> {
    let settled = false;
    void this.settled().then(() => (settled = true));
    return until(() => settled || !this.on || orderingCycles(this.console()).length > 0, 60_000);
  }

  /** Has systemd say when it has started everything, as soon as it can be asked. */
  private async settled(): Promise<void> {
    const boot = this.boots;
    while (this.on && this.boots === boot) {
      await sleep(100);
      if (!existsSync(join(this.folder, "pid")) || !existsSync(`/proc/${this.pid()}/root${BUS}`)) continue;
      const { stdout } = await this.inside(["systemctl", "is-system-running", "--wait"]);
      if (/^(running|degraded|maintenance)$/.test(stdout.trim())) return;
    }
  }

  private async complaints(): Promise<string[]> {
    const cycles = orderingCycles(this.console());
    // such a boot may never end, and nothing that is asked for later tells more.
    if (cycles.length > 0) return cycles;
    const program = readFileSync(join(__dirname, "ask-boot.py"), "utf8");
    const which = this.boots === 1 ? "first" : "later";
    const ran = await this.inside(["python3", "-I", "-", which, ...this.units()], program);
    return bootComplaints({ answers: answersIn(ran), units: this.units() });
  }

  private pid(): number {
    return Number(readFileSync(join(this.folder, "pid"), "utf8"));
  }
}
