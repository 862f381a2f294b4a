import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { StackSource } from "./evaluate";
import { Json } from "./json";
import { NotForTheLab } from "./model";

/** The stacks in a folder that has been synthesized into, as its manifest lists them. */
export function stacksIn(folder: string): StackSource[] {
  if (!existsSync(join(folder, "manifest.json"))) {
    throw new NotForTheLab(`${folder} is a folder that nothing was synthesized into: it has no manifest.json`);
  }
  const manifest = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8")) as {
    stacks: Record<string, { name: string; workingDirectory: string }>;
  };
  return Object.values(manifest.stacks).map(({ name, workingDirectory }) => ({
    name,
    json: JSON.parse(readFileSync(join(folder, workingDirectory, "cdk.tf.json"), "utf8")) as Json,
  }));
}
