import { spawn } from "node:child_process";
import { join } from "node:path";
import type { Lab } from "../lab";
import { end, inNamespace, must } from "../shell";

/** What one measurement tells. */
export interface Measured {
  /** New TLS connections a second, one request each. */
  readonly connections: number;
  /** Requests a second over connections that stay. */
  readonly requests: number;
  /** Bytes a second of one download. */
  readonly bulk: number;
  /** Microseconds of a request over one connection. */
  readonly p50: number;
  readonly p99: number;
}

/** The size of the file that is downloaded. */
export const BULK_BYTES = 512 * 1024 * 1024;

// a process may usually have some thousand files open.
const PER_PROCESS = 5_000;

/** Measures the way that is open, from the first client. */
export class Meter {
  private readonly client: string;
  private readonly url: string;

  constructor(
    private readonly lab: Lab,
    private readonly statusPath: string,
    private readonly seconds: number,
  ) {
    this.client = lab.places[0]!.client;
    this.url = `https://${lab.places[0]!.consumer.hostNames[0]}`;
  }

  /** What is measured, one thing after another. */
  readonly measures: readonly (() => Promise<Partial<Measured>>)[] = [
    async () => ({ connections: await this.connections() }),
    async () => ({ requests: await this.requests() }),
    async () => ({ bulk: await this.bulk() }),
    () => this.latency(),
  ];

  private async connections(): Promise<number> {
    return rate(await this.wrk("-t2", "-c64", "-H", "Connection: close"));
  }

  private async requests(): Promise<number> {
    return rate(await this.wrk("-t2", "-c64"));
  }

  private async bulk(): Promise<number> {
    const words = ["curl", "-s", "--cacert", this.lab.apim.authority, "-o", "/dev/null", "-w", "%{speed_download}"];
    return Number(await must([...words, `${this.url}/bulk/file`], { namespace: this.client, timeout: 60_000 }));
  }

  private async latency(): Promise<{ p50: number; p99: number }> {
    const said = await this.wrk("-t1", "-c1", "--latency");
    return { p50: percentile(said, 50), p99: percentile(said, 99) };
  }

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
    const program = ["-r", join(__dirname, "..", "..", "typescript.js"), join(__dirname, "holder.ts")];
    const words = [process.execPath, ...program, new URL(this.url).hostname, String(count)];
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

  private async wrk(...words: string[]): Promise<string> {
    const said = await must(
      ["wrk", `-d${this.seconds}`, "--timeout", "5s", ...words, `${this.url}${this.statusPath}`],
      {
        namespace: this.client,
        timeout: 60_000,
      },
    );
    if (/Non-2xx|Socket errors: connect [1-9]/.test(said)) throw new Error(`calls fail in the benchmark: ${said}`);
    return said;
  }
}

function rate(said: string): number {
  return Number(/Requests\/sec:\s+([\d.]+)/.exec(said)?.[1]);
}

function percentile(said: string, percent: number): number {
  const [, number, unit] = new RegExp(`${percent}%\\s+([\\d.]+)(us|ms|s)`).exec(said) ?? [];
  return Number(number) * (unit === "s" ? 1_000_000 : unit === "ms" ? 1_000 : 1);
}
