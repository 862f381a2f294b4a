import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Lab } from "../lab";
import { end, inNamespace, must, typescript } from "../shell";

/** What one measurement tells. */
export interface Measured {
  /** New TLS connections a second, one request each. */
  readonly connections: number;
  /** Microseconds of the machine's cores that one takes, client and APIM included. */
  readonly connectionWork: number;
  /** Requests a second over connections that stay. */
  readonly requests: number;
  /** Microseconds of the machine's cores that one takes. */
  readonly requestWork: number;
  /** Bytes a second of many downloads at once. */
  readonly bulk: number;
  /** Bytes a second of one download alone. */
  readonly single: number;
  /** Microseconds of a request over one connection. */
  readonly p50: number;
  readonly p99: number;
}

/** The size of the file that is downloaded. */
export const BULK_BYTES = 512 * 1024 * 1024;

// a process may usually have some thousand files open.
const PER_PROCESS = 5_000;

/** What figures.lua prints, and what the cores worked meanwhile. */
interface Run {
  readonly requests: number;
  readonly bytes: number;
  readonly microseconds: number;
  readonly p50: number;
  readonly p99: number;
  readonly failures: number;
  /** Microseconds of all cores. */
  readonly work: number;
}

/** Measures the way that is open, from the first client. */
export class Meter {
  private readonly client: string;
  private readonly url: string;

  constructor(
    lab: Lab,
    private readonly statusPath: string,
    private readonly seconds: number,
  ) {
    this.client = lab.places[0]!.client;
    this.url = `https://${lab.places[0]!.consumer.hostNames[0]}`;
  }

  /** What is measured, one thing after another. */
  readonly measures: readonly (() => Promise<Partial<Measured>>)[] = [
    async () => {
      const run = await this.wrk(this.statusPath, "-t2", "-c64", "-H", "Connection: close");
      return { connections: rate(run, run.requests), connectionWork: run.work / run.requests };
    },
    async () => {
      const run = await this.wrk(this.statusPath, "-t2", "-c64");
      return { requests: rate(run, run.requests), requestWork: run.work / run.requests };
    },
    async () => {
      const run = await this.wrk("/bulk/file", "-t2", "-c16");
      return { bulk: rate(run, run.bytes) };
    },
    async () => {
      const run = await this.wrk("/bulk/file", "-t1", "-c1");
      return { single: rate(run, run.bytes) };
    },
    async () => {
      const { p50, p99 } = await this.wrk(this.statusPath, "-t1", "-c1");
      return { p50, p99 };
    },
  ];

  /** Opens connections that stay and do nothing, and returns what closes them. */
  async hold(count: number): Promise<() => Promise<void>> {
    const shares = Array.from({ length: Math.ceil(count / PER_PROCESS) }, (_, index) =>
      Math.min(PER_PROCESS, count - index * PER_PROCESS),
    );
    const holders = shares.map((share) => this.holder(share));
    await Promise.all(holders.map(({ ready }) => ready));
    return async () => {
      await Promise.all(holders.map(({ close }) => close()));
    };
  }

  private holder(count: number): { ready: Promise<void>; close: () => Promise<void> } {
    const words = typescript(join(__dirname, "holder.ts"), new URL(this.url).hostname, String(count));
    const [word = "", ...rest] = inNamespace(this.client, words);
    const child = spawn(word, rest, { stdio: ["ignore", "pipe", "inherit"] });
    const ready = new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${count} connections do not open within 60 s`)), 60_000);
      child.once("exit", () => reject(new Error(`the holder of ${count} connections ended`)));
      child.stdout.once("data", () => {
        clearTimeout(timer);
        resolve();
      });
    });
    return { ready, close: () => end(child) };
  }

  private async wrk(path: string, ...words: string[]): Promise<Run> {
    const figures = ["--script", join(__dirname, "figures.lua")];
    const before = worked();
    const said = await must(["wrk", `-d${this.seconds}`, "--timeout", "5s", ...figures, ...words, this.url + path], {
      namespace: this.client,
      timeout: 60_000,
    });
    const work = worked() - before;
    const run = JSON.parse(/^\{.*\}$/m.exec(said)?.[0] ?? "{}") as Omit<Run, "work">;
    if (run.failures !== 0) throw new Error(`calls fail in the benchmark: ${said}`);
    return { ...run, work };
  }
}

function rate({ microseconds }: Run, count: number): number {
  return (count / microseconds) * 1_000_000;
}

/** Microseconds that all cores have worked since the machine started: https://man7.org/linux/man-pages/man5/proc_stat.5.html */
function worked(): number {
  const [, user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0] = readFileSync("/proc/stat", "utf8")
    .split("\n", 1)[0]!
    .split(/ +/)
    .map(Number);
  return (user + nice + system + irq + softirq) * 10_000;
}
