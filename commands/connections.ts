import { rmSync } from "node:fs";
import { join } from "node:path";
import { ended, NotPossible, providerFolder, run } from "./provider-folder";

// `npm run connections`: who is connected to the provider's service as Azure says now, and the commands that answer those who
// wait, one a line and never broken. The outputs say what was true at the last deploy.

/** A connection, as the provider's output `connections` has it. */
interface Connection {
  readonly consumer: string | null;
  readonly endpoint: string;
  readonly status: string;
}

/** A connection that waits, as the provider's output `pending_connections` has it. */
interface Pending {
  readonly endpoint: string;
  readonly request: string;
  readonly approve: string;
  readonly reject: string;
}

/** The connections as people read them, those that wait first. */
export function connectionsText(connections: readonly Connection[], pending: readonly Pending[]): string {
  if (connections.length === 0) return "Nobody is connected.\n";
  const waiting = (one: Connection) => (one.status === "Pending" ? 0 : 1);
  return [...connections]
    .sort((one, other) => waiting(one) - waiting(other))
    .map((one) => {
      const asked = pending.find(({ endpoint }) => endpoint === one.endpoint);
      const whose = one.consumer === null ? "no consumer of this file" : `consumer ${one.consumer}`;
      const lines = [`${one.status}: ${whose}`, `  endpoint ${one.endpoint}`];
      // what a stranger wrote is shown, never run.
      if (asked) lines.push(`  request ${JSON.stringify(asked.request)}`, asked.approve, asked.reject);
      return `${lines.join("\n")}\n`;
    })
    .join("\n");
}

function main(words: readonly string[]): number {
  if (words.length > 0)
    throw new NotPossible("npm run connections takes no arguments; DEPLOYMENT=path chooses the file");
  const folder = providerFolder();
  const plan = "connections.tfplan";
  try {
    run(folder, "plan", "-input=false", "-refresh-only", `-out=${plan}`);
    const { planned_values: planned } = JSON.parse(run(folder, "show", "-json", plan)) as {
      planned_values?: { outputs?: Record<string, { value?: unknown }> };
    };
    const { connections, pending_connections: pending } = planned?.outputs ?? {};
    if (!Array.isArray(connections?.value)) {
      throw new NotPossible(
        "the provider says nothing of its connections yet: deploy it first, with npx cdktf deploy provider",
      );
    }
    process.stdout.write(connectionsText(connections.value as Connection[], (pending?.value ?? []) as Pending[]));
  } finally {
    rmSync(join(folder, plan), { force: true });
  }
  return 0;
}

if (require.main === module) process.exitCode = ended(() => main(process.argv.slice(2)));
