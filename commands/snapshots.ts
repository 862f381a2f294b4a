import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { shippedDeployments, synthesizeInto } from "./synthesized";

// `npm run snapshots`: writes what every shipped deployment becomes, for people to review as a diff.

/** The folder of the snapshots, one folder a deployment, one file a stack. */
export const SNAPSHOTS = join(__dirname, "..", "__tests__", "snapshots");

/** The snapshots as they should be: text by path below the folder. */
export function currentSnapshots(): Map<string, string> {
  const outdir = mkdtempSync(join(tmpdir(), "apim-private-link-snapshots-"));
  try {
    const files = shippedDeployments().flatMap((deployment) => {
      const name = basename(deployment, ".yaml");
      return synthesizeInto(join(outdir, name), deployment, {}).map((stack): [string, string] => [
        `${name}/${stack.name}.json`,
        readable(readFileSync(join(stack.folder, "cdk.tf.json"), "utf8")),
      ]);
    });
    return new Map(files);
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** Terraform JSON with sorted keys and without cdktf's own comments. */
function readable(terraform: string): string {
  const sorted = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(sorted);
    if (part === null || typeof part !== "object") return part;
    const entries = Object.entries(part).filter(([key]) => key !== "//");
    return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, value]) => [key, sorted(value)]));
  };
  return `${JSON.stringify(sorted(JSON.parse(terraform)), null, 2)}\n`;
}

if (require.main === module) {
  const current = currentSnapshots();
  rmSync(SNAPSHOTS, { recursive: true, force: true });
  for (const [file, text] of current) {
    mkdirSync(dirname(join(SNAPSHOTS, file)), { recursive: true });
    writeFileSync(join(SNAPSHOTS, file), text);
  }
  console.log(`wrote ${current.size} snapshots; review them with git diff`);
}
