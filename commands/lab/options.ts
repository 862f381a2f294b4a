import { parseArgs } from "node:util";

/** What the command line asks for. */
export interface LabOptions {
  /** A deployment file, or a folder of synthesized stacks. */
  readonly deployment: string;
  readonly json: boolean;
  readonly keep: boolean;
  readonly approve: boolean;
  readonly hosts: boolean;
}

/** How to call the lab. */
export const USAGE = `npm run lab -- [deployment] [--json] [--keep] [--approve] [--hosts]

  deployment  a deployment file, or a folder that cdktf synth has written; deployments/quickstart.yaml
  --json      one JSON document instead of lines
  --keep      leave everything running until Ctrl-C, to look around
  --approve   play the owner of the service, who approves every connection
  --hosts     where a consumer has no private zones, resolve what its output hosts_file_lines says`;

/** Reads the command line; throws what is wrong with it. */
export function labOptions(words: readonly string[]): LabOptions {
  const flag = { type: "boolean", default: false } as const;
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: { json: flag, keep: flag, approve: flag, hosts: flag },
  });
  if (positionals.length > 1) throw new Error(`one deployment at a time, got ${positionals.join(" ")}`);
  return { ...values, deployment: positionals[0] ?? "deployments/quickstart.yaml" };
}
