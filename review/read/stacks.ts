import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { isObject, JsonObject, sorted } from "./json";
import { NotReviewable } from "./not-reviewable";

/** One stack as it was synthesized. */
export interface Stack {
  readonly name: string;
  /** Its Terraform, without cdktf's comments. */
  readonly json: JsonObject;
  /** The same as sorted text, for comparing and for showing. */
  readonly text: string;
}

/** The stacks of one deployment, by name. */
export type Tree = ReadonlyMap<string, Stack>;

/** A deployment that is not there. */
export const NOTHING: Tree = new Map();

/** A stack of this Terraform. */
export function stackOf(name: string, terraform: unknown): Stack {
  const json = sorted(terraform);
  if (!isObject(json)) throw new NotReviewable(`the Terraform of ${name} is no JSON object`);
  return { name, json, text: `${JSON.stringify(json, null, 2)}\n` };
}

/** The stacks in a folder: one that was synthesized into, or one of committed Terraform, `<stack>.json` each. */
export function stacksIn(folder: string): Tree {
  const files = existsSync(join(folder, "manifest.json")) ? synthesized(folder) : committed(folder);
  return new Map(files.map(([name, file]) => [name, stackOf(name, parsed(file))]));
}

function synthesized(folder: string): [name: string, file: string][] {
  const { stacks } = parsed(join(folder, "manifest.json")) as {
    stacks: Record<string, { name: string; workingDirectory: string }>;
  };
  return Object.values(stacks).map(({ name, workingDirectory }) => [
    name,
    join(folder, workingDirectory, "cdk.tf.json"),
  ]);
}

function committed(folder: string): [name: string, file: string][] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .sort()
    .map((file) => [basename(file, ".json"), join(folder, file)]);
}

function parsed(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new NotReviewable(`${file} cannot be read as JSON: ${(error as Error).message}`);
  }
}
