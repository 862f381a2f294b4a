import { ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { firstBoot } from "./cloud-config";
import { mountDisk } from "./disk";
import { ServiceManager } from "./service-manager";

// The first process of a forwarder in the lab: `machine.ts FOLDER`, in namespaces of its own. It stands in for the
// image: mounts, cloud-init, systemd. The folder has `machine.json`; what the machine writes stays in `disk`.

/** What a machine is told before it boots. */
export interface MachineSettings {
  readonly name: string;
  readonly customData: string;
  /** Whether cloud-init has run already. */
  readonly again: boolean;
}

/** What a machine says when it has booted. */
export interface BootReport {
  readonly problems: readonly string[];
}

const PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

class Machine {
  readonly problems: string[] = [];
  private readonly manager: ServiceManager;

  constructor(
    private readonly root: string,
    private readonly settings: MachineSettings,
  ) {
    this.manager = new ServiceManager(root, {
      spawn: (words, environment, cwd) => this.spawn(words, environment, cwd),
      read: (path) => (existsSync(join(root, path)) ? readText(join(root, path)) : undefined),
      log: (line) => console.error(line),
    });
  }

  async boot(): Promise<void> {
    this.installSystemctl();
    this.loadSettings();
    await this.manager.boot();
    if (!this.settings.again) await this.initialize();
    this.problems.push(...this.manager.problems);
  }

  /** What cloud-init does once in a machine's life. */
  private async initialize(): Promise<void> {
    const { files, early, commands, problems } = firstBoot(this.settings.customData);
    this.problems.push(...problems);
    for (const command of early) await this.command(command);
    for (const file of files) {
      const path = join(this.root, file.path);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, file.content, { flag: file.append ? "a" : "w" });
      chmodSync(path, file.mode);
      const owned = spawnSync("chroot", [this.root, "chown", file.owner, file.path]);
      if (owned.status !== 0) this.problems.push(`${file.path}: no such owner as ${file.owner}`);
    }
    for (const command of commands) await this.command(command);
  }

  private command(command: string | readonly string[]): Promise<void> {
    const words = typeof command === "string" ? ["sh", "-c", command] : command.map(String);
    const child = this.spawn(words, {});
    return new Promise((resolve) => {
      const timer = setTimeout(() => child.kill("SIGKILL"), 60_000);
      const done = (code: number | string): void => {
        clearTimeout(timer);
        if (code !== 0) this.problems.push(`${words.join(" ")} ended with ${code}`);
        resolve();
      };
      child.once("error", (error) => done(error.message));
      child.once("exit", (code, signal) => done(code ?? signal ?? 1));
    });
  }

  private spawn(words: readonly string[], environment: Readonly<Record<string, string>>, cwd = "/"): ChildProcess {
    // chroot itself has no way to choose a folder for what it runs.
    const inside = ["sh", "-c", `cd "$0" && exec "$@"`, cwd, ...words];
    const env = { PATH, LANG: "C.UTF-8", HOME: "/root", ...environment };
    return spawn("chroot", [this.root, ...inside], { env, stdio: ["ignore", 2, 2] });
  }

  private installSystemctl(): void {
    const server = createServer((socket) => {
      let asked = "";
      socket.setEncoding("utf8").on("error", () => undefined);
      socket.on("data", (text: string) => {
        asked += text;
        if (!asked.endsWith("\n")) return;
        const words = JSON.parse(asked) as string[];
        void this.manager.systemctl(words).then((answer) => socket.end(`${JSON.stringify(answer)}\n`));
      });
    });
    server.listen(join(this.root, "run/systemctl.socket"));
  }

  /** Applies the settings on its disk, as its boot does. */
  private loadSettings(): void {
    const names = readdirSync(join(this.root, "etc/sysctl.d")).filter((name) => name.endsWith(".conf"));
    const files = [...names.sort().map((name) => `/etc/sysctl.d/${name}`), "/etc/sysctl.conf"];
    for (const file of files.filter((path) => existsSync(join(this.root, path)))) {
      spawnSync("chroot", [this.root, "sysctl", "--load", file], { stdio: ["ignore", 2, 2] });
    }
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

async function main(folder: string): Promise<void> {
  const settings = JSON.parse(readFileSync(join(folder, "machine.json"), "utf8")) as MachineSettings;
  execFileSync("hostname", [settings.name.replaceAll(/[^A-Za-z\d-]/g, "-")]);
  const machine = new Machine(mountDisk(folder, settings.again), settings);
  await machine.boot();
  console.log(JSON.stringify({ problems: machine.problems } satisfies BootReport));
}

if (require.main === module) {
  // the first process of a machine is not ended by what others send it.
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, () => undefined);
  setInterval(() => undefined, 60_000);
  main(process.argv[2] ?? "").catch((error: Error) => {
    console.log(JSON.stringify({ problems: [`the machine did not boot: ${error.message}`] } satisfies BootReport));
  });
}
