import { spawn } from "node:child_process";
import { join } from "node:path";
import { STATUS_PATH } from "../build/apim";
import { Place } from "../build/place";
import { Lab } from "../lab";
import { end, inNamespace, typescript } from "../shell";
import { mainPort } from "./calls";
import { TrafficCall, TrafficSettings } from "./traffic-client";

/** How many connections the traffic keeps. */
export const KEPT = 12;

/** Traffic that runs. */
export interface Traffic {
  readonly calls: readonly TrafficCall[];
  readonly stop: () => Promise<void>;
}

/** Starts traffic from a consumer's client: new connections at a steady rate, and some that are kept. */
export function startTraffic(lab: Lab, place: Place, host: string): Traffic {
  const settings: TrafficSettings = {
    url: `https://${host}:${mainPort(lab, place)}${STATUS_PATH}`,
    authority: lab.apim.authority,
    kept: KEPT,
    pause: 100,
  };
  const program = typescript(join(__dirname, "traffic-client.ts"), JSON.stringify(settings));
  const [word = "", ...words] = inNamespace(place.client, program);
  const child = spawn(word, words, { stdio: ["ignore", "pipe", "inherit"] });
  const calls: TrafficCall[] = [];
  let rest = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    calls.push(...lines.map((line) => JSON.parse(line) as TrafficCall));
  });
  return { calls, stop: () => end(child) };
}
