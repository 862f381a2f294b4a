import { existsSync, lstatSync, mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { Service, ServiceHost } from "./service";
import { UnitFile } from "./unit-file";

// the targets that a machine without a screen comes up with.
const PULLED_IN =
  /^(default|graphical|multi-user|cloud-init|basic|sysinit|local-fs|network|network-online)\.target\.(wants|requires)$/;

const UNIT_FOLDERS = [
  "etc/systemd/system",
  "run/systemd/system",
  "usr/local/lib/systemd/system",
  "usr/lib/systemd/system",
];

/** What `systemctl` answers. */
export interface Answer {
  readonly code: number;
  readonly text: string;
}

/** Stands in for systemd: loads units, starts them in their order, keeps them running, enables them. */
export class ServiceManager {
  private readonly services = new Map<string, Service>();
  /** What could not be started, or is not known here. */
  readonly problems: string[] = [];

  constructor(
    private readonly root: string,
    private readonly host: ServiceHost,
  ) {}

  /** Starts what is enabled, as a boot does. */
  async boot(): Promise<void> {
    for (const unit of this.enabled()) await this.start(unit);
  }

  /** Does what `systemctl` is told. */
  async systemctl(words: readonly string[]): Promise<Answer> {
    const flags = new Set(words.filter((word) => word.startsWith("-")));
    const [verb = "status", ...names] = words.filter((word) => !word.startsWith("-"));
    const units = names.map((name) => (/\.\w+$/.test(name) ? name : `${name}.service`));
    if (verb === "daemon-reload" || verb === "reset-failed") return { code: 0, text: "" };
    const done = await Promise.all(units.map((unit) => this.one(verb, unit, flags.has("--now"))));
    const text = done
      .map((answer) => answer.text)
      .filter((line) => line !== "")
      .join("\n");
    return { code: Math.max(0, ...done.map(({ code }) => code)), text: flags.has("--quiet") ? "" : text };
  }

  private async one(verb: string, name: string, now: boolean): Promise<Answer> {
    const unit = this.load(name);
    if (!unit) return { code: verb === "is-active" ? 3 : 5, text: this.complain(`Unit ${name} not found.`) };
    const result = (good: boolean): Answer =>
      good ? { code: 0, text: "" } : { code: 1, text: this.complain(`Job for ${name} failed.`) };
    const service = this.service(unit);
    switch (verb) {
      case "start":
        return result(await this.start(name));
      case "stop":
        return result(await this.stop(name));
      case "restart":
      case "reload-or-restart":
        await this.stop(name);
        return result(await this.start(name));
      case "try-restart":
        return service.state === "active" ? this.one("restart", name, false) : result(true);
      case "reload":
        return result(await service.reload());
      case "enable":
        this.link(unit);
        return now ? result(await this.start(name)) : result(true);
      case "disable":
      case "mask":
        this.unlink(name);
        return now ? result(await this.stop(name)) : result(true);
      case "is-active":
      case "status":
        return { code: service.state === "active" ? 0 : 3, text: service.state };
      case "is-failed":
        return { code: service.state === "failed" ? 0 : 1, text: service.state };
      case "is-enabled":
        return this.enabled().includes(name) ? { code: 0, text: "enabled" } : { code: 1, text: "disabled" };
      default:
        return { code: 1, text: this.complain(`the lab does not know systemctl ${verb}`) };
    }
  }

  /** Starts a unit behind those that it needs. */
  private async start(name: string, path: readonly string[] = []): Promise<boolean> {
    if (/\.(target|slice)$/.test(name) || path.includes(name)) return true;
    const unit = this.load(name);
    if (!unit) return false;
    for (const needed of ["Requires", "BindsTo", "Requisite"].flatMap((key) => unit.words("Unit", key))) {
      if (await this.start(needed, [...path, name])) continue;
      this.complain(`${name}: ${needed}, which it requires, did not start`);
      return false;
    }
    for (const wanted of unit.words("Unit", "Wants")) await this.start(wanted, [...path, name]);
    if (!name.endsWith(".service")) {
      this.complain(`${name}: the lab does not know this kind of unit`);
      return false;
    }
    for (const key of unit.unknown()) this.complain(`${name}: the lab does not know ${key}`);
    const started = await this.service(unit).start();
    if (!started) this.complain(`${name} did not start`);
    return started;
  }

  private async stop(name: string): Promise<boolean> {
    for (const other of this.services.keys()) {
      const unit = this.load(other);
      const bound = unit && ["Requires", "BindsTo", "PartOf"].some((key) => unit.words("Unit", key).includes(name));
      if (bound) await this.stop(other);
    }
    return this.services.get(name)?.stop() ?? true;
  }

  private service(unit: UnitFile): Service {
    const service = this.services.get(unit.name) ?? new Service(unit, this.host);
    this.services.set(unit.name, service);
    return service;
  }

  private load(name: string): UnitFile | undefined {
    const path = UNIT_FOLDERS.map((folder) => join(this.root, folder, name)).find((one) => existsSync(one));
    return path === undefined ? undefined : new UnitFile(name, readFileSync(path, "utf8"));
  }

  /** The enabled units, each behind those that it wants to come after. */
  private enabled(): string[] {
    const folder = join(this.root, "etc/systemd/system");
    const targets = existsSync(folder) ? readdirSync(folder).filter((name) => PULLED_IN.test(name)) : [];
    const names = targets.flatMap((target) =>
      readdirSync(join(folder, target)).filter((name) => lstatSync(join(folder, target, name)).isSymbolicLink()),
    );
    const ordered: string[] = [];
    const visit = (name: string): void => {
      if (ordered.includes(name)) return;
      const after = this.load(name)?.words("Unit", "After") ?? [];
      for (const other of names) if (other !== name && after.includes(other)) visit(other);
      ordered.push(name);
    };
    for (const name of new Set(names)) visit(name);
    return ordered;
  }

  private link(unit: UnitFile): void {
    const kinds = [
      ["WantedBy", "wants"],
      ["RequiredBy", "requires"],
    ] as const;
    for (const [key, kind] of kinds) {
      for (const target of unit.words("Install", key)) {
        const path = join(this.root, "etc/systemd/system", `${target}.${kind}`, unit.name);
        mkdirSync(dirname(path), { recursive: true });
        rmSync(path, { force: true });
        symlinkSync(`/etc/systemd/system/${unit.name}`, path);
      }
    }
    for (const also of unit.words("Install", "Also")) {
      const other = this.load(also);
      if (other && other.name !== unit.name) this.link(other);
    }
  }

  private unlink(name: string): void {
    const folder = join(this.root, "etc/systemd/system");
    for (const target of readdirSync(folder).filter((one) => /\.(wants|requires)$/.test(one))) {
      rmSync(join(folder, target, basename(name)), { force: true });
    }
  }

  private complain(text: string): string {
    this.problems.push(text);
    this.host.log(text);
    return text;
  }
}
