import { parseArgs } from "node:util";
import { NotForTheLab } from "./read/model";

/** What the command line asks for. */
export interface LabOptions {
  /** A deployment file, or a folder of synthesized stacks. */
  readonly deployment: string;
  readonly json: boolean;
  readonly keep: boolean;
  readonly approve: boolean;
  readonly hosts: boolean;
  /** The deployment that it becomes under traffic. */
  readonly then?: string;
}

/** How to call the lab. */
export const USAGE = `npm run --silent lab -- [deployment] [--json] [--keep] [--approve] [--hosts] [--then deployment]

  deployment  a deployment file, or a folder that cdktf synth has written; what the variable
              DEPLOYMENT says, or deployments/quickstart.yaml
  --json      one JSON document instead of lines
  --keep      leave everything running until Ctrl-C, to look around
  --approve   play the owner of the service, who approves every connection
  --hosts     where a consumer has no private zones, resolve what its output hosts_file_lines says
  --then      change the running deployment into this one, under traffic`;

/** Reads the command line; throws what is wrong with it. */
export function labOptions(words: readonly string[]): LabOptions {
  const flag = { type: "boolean", default: false } as const;
  const options = { json: flag, keep: flag, approve: flag, hosts: flag, then: { type: "string" } as const };
  const unknown = words.find((word) => word.startsWith("-") && !Object.keys(options).includes(word.slice(2)));
  if (unknown !== undefined) throw new NotForTheLab(`there is no option ${unknown}\n\n${USAGE}`);
  const { values, positionals } = parseArgs({ args: [...words], allowPositionals: true, options });
  if (positionals.length > 1) throw new NotForTheLab(`one deployment at a time, got ${positionals.join(" ")}`);
  return { ...values, deployment: positionals[0] ?? process.env.DEPLOYMENT ?? "deployments/quickstart.yaml" };
}
