import { statSync } from "node:fs";
import { StackSource } from "../lab/read/evaluate";
import { NotForTheLab } from "../lab/read/model";
import { stacksIn } from "../lab/read/stacks";
import { synthesizeInto } from "./synthesized";

/** The synthesized stacks of a deployment file, or of a folder that has been synthesized into. */
export function stacksOf(path: string, outdir: string): StackSource[] {
  const kind = statSync(path, { throwIfNoEntry: false });
  if (!kind) throw new NotForTheLab(`there is no deployment ${path}`);
  if (kind.isDirectory()) return stacksIn(path);
  synthesizeInto(outdir, path, process.env);
  return stacksIn(outdir);
}
