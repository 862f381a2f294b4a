import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { connect } from "node:net";
import { createInterface } from "node:readline";

// A program of its own, run in the fabric's namespace: sends the load balancer's probes as each line of its input says,
// from then on, and prints a line of JSON for each.

/** One member that is probed. */
export interface ProbeTarget {
  readonly probe: string;
  readonly protocol: "tcp" | "http" | "https";
  readonly address: string;
  readonly port: number;
  readonly path: string;
  /** Seconds. */
  readonly interval: number;
  readonly threshold: number;
  /** Whether it has been up before. */
  readonly up: boolean;
}

/** What is printed: a state, and what the last probe met. */
export interface ProbeResult {
  /** The number of the settings that it was sent by. */
  readonly turn: number;
  readonly probe: string;
  readonly address: string;
  readonly up: boolean;
  readonly said: string;
}

/** A line of what the prober is told. */
export interface ProberSettings {
  readonly turn: number;
  readonly source: string;
  readonly targets: readonly ProbeTarget[];
}

/** Sends one probe and says what went wrong, if anything. */
function problem(source: string, target: ProbeTarget): Promise<string | undefined> {
  // a probe waits for its answer no longer than for the next one.
  const limit = Math.min(target.interval, 30) * 1000 - 50;
  return new Promise((resolve) => {
    const { address: host, port, path } = target;
    if (target.protocol === "tcp") {
      const socket = connect({ host, port, localAddress: source });
      const done = (said?: string): void => {
        socket.destroy();
        resolve(said);
      };
      socket.setTimeout(limit, () => done("no answer"));
      socket.once("connect", () => done());
      socket.once("error", (error: NodeJS.ErrnoException) => done(error.code ?? error.message));
      return;
    }
    const ask = target.protocol === "http" ? httpRequest : httpsRequest;
    const call = ask({
      host,
      port,
      path,
      localAddress: source,
      timeout: limit,
      rejectUnauthorized: false,
      agent: false,
    });
    call.once("response", (response) => {
      response.resume();
      resolve(response.statusCode === 200 ? undefined : `status ${response.statusCode}`);
    });
    call.once("timeout", () => call.destroy(new Error("no answer")));
    call.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    call.end();
  });
}

let current: number | undefined;

/** Probes one member until there are other settings: the first success counts at once, later changes need as many in a row as the threshold. */
async function watch({ turn, source }: ProberSettings, target: ProbeTarget): Promise<void> {
  let { up } = target;
  let fresh = !up;
  let against = 0;
  while (turn === current) {
    const next = Date.now() + target.interval * 1000;
    const said = await problem(source, target);
    against = (said === undefined) === up ? 0 : against + 1;
    if (against >= (fresh && said === undefined ? 1 : target.threshold)) {
      up = said === undefined;
      against = 0;
      if (up) fresh = false;
    }
    const result: ProbeResult = { turn, probe: target.probe, address: target.address, up, said: said ?? "answers" };
    process.stdout.write(`${JSON.stringify(result)}\n`);
    // whoever has never been up is asked more often: how soon the lab asks first says nothing about the design.
    await new Promise((resolve) => setTimeout(resolve, fresh ? 500 : Math.max(0, next - Date.now())));
  }
}

if (require.main === module) {
  createInterface(process.stdin).on("line", (line) => {
    const settings = JSON.parse(line) as ProberSettings;
    current = settings.turn;
    for (const target of settings.targets) void watch(settings, target);
  });
}
