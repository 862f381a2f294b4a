import { readFileSync } from "node:fs";
import { Agent, get } from "node:https";

// A program of its own, run in a client's namespace: `client-traffic.ts SETTINGS` calls APIM all the time, over new
// connections and over some that it keeps, and prints a line of JSON for each call.

/** What the traffic is made of. */
export interface TrafficSettings {
  readonly url: string;
  readonly authority: string;
  /** How many connections are kept. */
  readonly kept: number;
  /** Milliseconds between two calls. */
  readonly pause: number;
}

/** One call. */
export interface TrafficCall {
  /** The kept connection's number; undefined for a new one. */
  readonly kept?: number;
  /** When it began, in milliseconds since the epoch. */
  readonly at: number;
  readonly ok: boolean;
  /** The forwarder's address. */
  readonly from?: string;
}

function callOnce(settings: TrafficSettings, ca: Buffer, agent: Agent | false, kept?: number): Promise<TrafficCall> {
  const at = Date.now();
  return new Promise((resolve) => {
    const request = get(settings.url, { ca, agent, timeout: 2_000 }, (response) => {
      let body = "";
      response.setEncoding("utf8").on("data", (text: string) => (body += text));
      response.on("end", () => resolve({ kept, at, ok: response.statusCode === 200, from: body.split(" ")[0] }));
    });
    request.once("timeout", () => request.destroy(new Error("no answer")));
    request.once("error", () => resolve({ kept, at, ok: false }));
  });
}

async function endless(settings: TrafficSettings, ca: Buffer, kept?: number): Promise<void> {
  const agent = kept === undefined ? false : new Agent({ keepAlive: true, maxSockets: 1, timeout: 300_000 });
  for (;;) {
    process.stdout.write(`${JSON.stringify(await callOnce(settings, ca, agent, kept))}\n`);
    await new Promise((resolve) => setTimeout(resolve, settings.pause));
  }
}

if (require.main === module) {
  const settings = JSON.parse(process.argv[2] ?? "{}") as TrafficSettings;
  const ca = readFileSync(settings.authority);
  for (let worker = 0; worker < 3; worker += 1) void endless(settings, ca);
  for (let kept = 0; kept < settings.kept; kept += 1) void endless(settings, ca, kept);
}
