import { readFileSync } from "node:fs";
import { Agent, get } from "node:https";

// A program of its own, run in a client's namespace: `traffic-client.ts SETTINGS` calls APIM all the time, over new
// connections and over some that it keeps, and prints a line of JSON for each call.

/** What the traffic is made of. */
export interface TrafficSettings {
  readonly url: string;
  readonly authority: string;
  /** How many connections are kept. */
  readonly kept: number;
  /** Milliseconds between two calls over a kept connection, and between two new connections. */
  readonly pause: number;
}

/** One call. */
export interface TrafficCall {
  /** The kept connection's number; undefined for a new one. */
  readonly kept?: number;
  /** When it began, in milliseconds since the epoch. */
  readonly at: number;
  /** When it was answered or failed. */
  readonly ended: number;
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
      response.on("end", () =>
        resolve({ kept, at, ended: Date.now(), ok: response.statusCode === 200, from: body.split(" ")[0] }),
      );
    });
    request.once("timeout", () => request.destroy(new Error("no answer")));
    request.once("error", () => resolve({ kept, at, ended: Date.now(), ok: false }));
  });
}

function print(call: TrafficCall): void {
  process.stdout.write(`${JSON.stringify(call)}\n`);
}

async function keep(settings: TrafficSettings, ca: Buffer, kept: number): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1, timeout: 300_000 });
  for (;;) {
    print(await callOnce(settings, ca, agent, kept));
    await new Promise((resolve) => setTimeout(resolve, settings.pause));
  }
}

if (require.main === module) {
  const settings = JSON.parse(process.argv[2] ?? "{}") as TrafficSettings;
  const ca = readFileSync(settings.authority);
  // one that waits does not hold up the next.
  setInterval(() => void callOnce(settings, ca, false).then(print), settings.pause);
  for (let kept = 0; kept < settings.kept; kept += 1) void keep(settings, ca, kept);
}
