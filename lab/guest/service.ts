import { ChildProcess } from "node:child_process";
import { restricted, unitCommand } from "./command-line";
import { UnitFile } from "./unit-file";

/** How a service reaches the machine that it runs in. */
export interface ServiceHost {
  /** Starts a program in the machine; its output goes to the console. */
  spawn(words: readonly string[], environment: Readonly<Record<string, string>>, cwd?: string): ChildProcess;
  /** Reads a file of the machine. */
  read(path: string): string | undefined;
  log(line: string): void;
}

/** A service of a machine, from its first start to its last stop. */
export class Service {
  state: "inactive" | "active" | "failed" = "inactive";
  private main?: ChildProcess;
  private wanted = false;
  private starting?: Promise<boolean>;
  private starts: number[] = [];

  constructor(
    private readonly unit: UnitFile,
    private readonly host: ServiceHost,
  ) {}

  /** Starts it, once for all who ask at the same time, and says whether that succeeded. */
  start(): Promise<boolean> {
    this.wanted = true;
    if (this.state === "active") return Promise.resolve(true);
    this.starting ??= this.begin().finally(() => (this.starting = undefined));
    return this.starting;
  }

  private async begin(): Promise<boolean> {
    const type = this.unit.one("Service", "Type") ?? "simple";
    if (!["simple", "exec", "oneshot", "forking"].includes(type))
      return this.failed(`the lab does not know type ${type}`);
    const restart = this.unit.one("Service", "Restart") ?? "no";
    if (type === "oneshot" && /^(always|on-success)$/.test(restart)) {
      return this.failed(`systemd refuses Restart=${restart} of type oneshot`);
    }
    if (type !== "oneshot" && this.unit.all("Service", "ExecStart").length !== 1) {
      return this.failed(`systemd wants exactly one ExecStart of type ${type}`);
    }
    const wanted = ["ConditionPathExists", "AssertPathExists"].flatMap((key) => this.unit.all("Unit", key));
    const missing = [...wanted, ...this.environmentFiles()].find((path) => this.host.read(path) === undefined);
    if (missing !== undefined) return this.failed(`${missing} does not exist`);
    if (!(await this.all("ExecStartPre"))) return this.failed("ExecStartPre failed");
    const passing = type === "oneshot" && !this.unit.on("Service", "RemainAfterExit");
    if (type === "oneshot" || type === "forking") {
      if (!(await this.all("ExecStart"))) return this.failed("ExecStart failed");
      this.state = passing ? "inactive" : "active";
    } else {
      this.launch();
    }
    if (!(await this.all("ExecStartPost"))) return this.failed("ExecStartPost failed");
    this.host.log(`${this.unit.name}: started`);
    // a service that does not remain is stopped at once, the way out included.
    if (passing) {
      await this.all("ExecStop");
      await this.all("ExecStopPost");
    }
    return true;
  }

  /** Stops it; the way out runs even when it had failed. */
  async stop(): Promise<boolean> {
    this.wanted = false;
    const active = this.state === "active";
    const done = active ? await this.all("ExecStop") : true;
    const main = this.main;
    if (main && main.exitCode === null && main.signalCode === null) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(() => main.kill("SIGKILL"), 5_000);
        main.once("exit", () => {
          clearTimeout(timer);
          resolve();
        });
        main.kill("SIGTERM");
      });
    }
    if (active) await this.all("ExecStopPost");
    this.state = "inactive";
    return done;
  }

  /** Runs what the unit has for a reload. */
  reload(): Promise<boolean> {
    return this.state === "active" ? this.all("ExecReload") : Promise.resolve(false);
  }

  private launch(): void {
    const [text] = this.unit.all("Service", "ExecStart");
    const environment = this.environment();
    const command = unitCommand(text ?? "/bin/false", this.unit, environment);
    const cwd = this.unit.one("Service", "WorkingDirectory");
    const main = this.host.spawn(restricted(command, this.unit), environment, cwd);
    this.main = main;
    this.state = "active";
    this.starts.push(Date.now());
    main.once("error", (error) => this.host.log(`${this.unit.name}: ${error.message}`));
    main.once("exit", (code, signal) => {
      if (this.main !== main || !this.wanted) return;
      const clean = code === 0 || ["SIGTERM", "SIGINT", "SIGHUP", "SIGPIPE"].includes(signal ?? "");
      this.host.log(`${this.unit.name}: ended with ${signal ?? code}`);
      this.state = clean ? "inactive" : "failed";
      void this.all("ExecStopPost").then(() => this.maybeAgain(clean));
    });
  }

  private maybeAgain(clean: boolean): void {
    const restart = this.unit.one("Service", "Restart") ?? "no";
    const again = restart === "always" || (clean ? restart === "on-success" : /^on-(failure|abnormal)$/.test(restart));
    const window = this.unit.time("Unit", "StartLimitIntervalSec", 10_000);
    const burst = Number(this.unit.one("Unit", "StartLimitBurst") ?? 5);
    const recent = this.starts.filter((time) => Date.now() - time < window).length;
    if (!again) return;
    if (window > 0 && recent >= burst) return this.host.log(`${this.unit.name}: started too often, given up`);
    setTimeout(() => this.wanted && this.launch(), this.unit.time("Service", "RestartSec", 100));
  }

  private async all(key: string): Promise<boolean> {
    const environment = this.environment();
    for (const text of this.unit.all("Service", key)) {
      const command = unitCommand(text, this.unit, environment);
      const child = this.host.spawn(restricted(command, this.unit), environment);
      const code = await new Promise<number>((resolve) => {
        const limit = setTimeout(() => child.kill("SIGKILL"), 30_000);
        child.once("error", () => resolve(203));
        child.once("exit", (status) => {
          clearTimeout(limit);
          resolve(status ?? 1);
        });
      });
      if (code !== 0) this.host.log(`${this.unit.name}: ${key} ${command.words.join(" ")} ended with ${code}`);
      if (code !== 0 && !command.mayFail) return false;
    }
    return true;
  }

  /** The files with its environment that must be there. */
  private environmentFiles(): string[] {
    return this.unit.all("Service", "EnvironmentFile").filter((path) => !path.startsWith("-"));
  }

  private environment(): Record<string, string> {
    const pairs = this.unit.all("Service", "Environment").flatMap((value) => value.match(/"[^"]*"|\S+/g) ?? []);
    const files = this.unit.all("Service", "EnvironmentFile").flatMap((path) => {
      const text = this.host.read(path.replace(/^-/, ""));
      return (text ?? "").split("\n").filter((line) => /^\s*\w+=/.test(line));
    });
    return Object.fromEntries(
      [...pairs.map((pair) => pair.replaceAll('"', "")), ...files].map((pair) => {
        const [, name = "", value = ""] = /^\s*(\w+)=(.*)$/.exec(pair) ?? [];
        return [name, value.trim().replace(/^(["'])(.*)\1$/, "$2")];
      }),
    );
  }

  private failed(why: string): false {
    this.state = "failed";
    this.host.log(`${this.unit.name}: ${why}`);
    return false;
  }
}
