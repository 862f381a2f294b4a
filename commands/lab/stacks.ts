import { Json } from "./json";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { synthesizeInto } from "../synthesized";
import { StackSource } from "./evaluate";
import { NotForTheLab } from "./model";

/** The synthesized stacks of a deployment file, or of a folder that has been synthesized into. */
export function stacksOf(path: string, outdir: string): StackSource[] {
  const kind = statSync(path, { throwIfNoEntry: false });
  if (!kind) throw new NotForTheLab(`there is no deployment ${path}`);
  if (!kind.isDirectory())
    return synthesizeInto(outdir, path, process.env).map(({ name, folder }) => read(name, folder));
  if (!existsSync(join(path, "manifest.json"))) {
    throw new NotForTheLab(`${path} is a folder that nothing was synthesized into: it has no manifest.json`);
  }
  const manifest = JSON.parse(readFileSync(join(path, "manifest.json"), "utf8")) as {
    stacks: Record<string, { name: string; workingDirectory: string }>;
  };
  return Object.values(manifest.stacks).map((stack) => read(stack.name, join(path, stack.workingDirectory)));
}

function read(name: string, folder: string): StackSource {
  return { name, json: JSON.parse(readFileSync(join(folder, "cdk.tf.json"), "utf8")) as Json };
}
