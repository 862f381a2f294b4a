import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { ended, NotPossible, providerFolder, run } from "./provider-folder";

// `npm run handover -- FILE`: what consumers need of the provider's outputs, and nothing of other consumers. What
// `cdktf deploy --outputs-file` writes holds every stack that was deployed, and who waits for approval.

const HANDED_OVER = [
  "host_names",
  "private_link_service_alias",
  "private_link_service_id",
  "private_link_service_location",
] as const;

/** The text of a hand-over, from what `terraform output -json` says of the provider's stack; the same outputs, the same bytes. */
export function handoverText(outputs: Readonly<Record<string, { readonly value: unknown }>>): string {
  const missing = HANDED_OVER.filter((name) => outputs[name] === undefined);
  if (missing.length > 0) {
    throw new NotPossible(
      `the provider has no ${missing.join(", ")} yet: deploy it first, with npx cdktf deploy provider`,
    );
  }
  const provider = Object.fromEntries(HANDED_OVER.map((name) => [name, outputs[name]?.value]));
  return `${JSON.stringify({ provider }, null, 2)}\n`;
}

function main(words: readonly string[]): number {
  const [file, ...others] = words;
  if (file === undefined || others.length > 0) {
    throw new NotPossible("npm run handover -- FILE takes the file to write, and nothing else");
  }
  const outputs = JSON.parse(run(providerFolder(), "output", "-json")) as Parameters<typeof handoverText>[0];
  // npm runs commands in the project's folder, wherever they are called from.
  writeFileSync(resolve(process.env.INIT_CWD ?? "", file), handoverText(outputs));
  console.log(`wrote ${file}`);
  return 0;
}

if (require.main === module) process.exitCode = ended(() => main(process.argv.slice(2)));
