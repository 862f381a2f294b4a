import { existsSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { StackSource } from "../lab/read/evaluate";
import { NotForTheLab } from "../lab/read/model";
import { stacksIn } from "../lab/read/stacks";
import { DEPLOYMENTS, synthesizeInto } from "./synthesized";

/** The synthesized stacks of a deployment file, or of a folder that has been synthesized into. */
export function stacksOf(path: string, outdir: string): StackSource[] {
  // npm runs commands in the project's folder, wherever they are called from.
  const found = [process.env.INIT_CWD ?? "", process.cwd(), join(DEPLOYMENTS, "..")]
    .map((folder) => resolve(folder, path))
    .find((one) => existsSync(one));
  if (found === undefined) throw new NotForTheLab(`there is no deployment ${path}`);
  if (statSync(found).isDirectory()) return stacksIn(found);
  synthesizeInto(outdir, found, process.env);
  return stacksIn(outdir);
}
