import { readFileSync, statSync } from "node:fs";
import { relative } from "node:path";
import { DeploymentError } from "../lib/deployment/deployment-error";
import { judgement, NotJudgeable } from "../policies/judge/judge";
import { isBroken, judgementJson, linesOf } from "../policies/judge/report";
import { NotReviewable } from "../review/read/not-reviewable";
import { parametersFor, policiesFor } from "./policy-files";
import { ROOT } from "./review-base";
import { found, shownPath, treeOf } from "./review-sides";
import { LIVE, teamDeployments } from "./synthesized";

const USAGE = `npm run policies -- [--json] [deployment ...]

Judges what deployments become by the policies in policies/ and live/policies/: docs/policies.md. Without names, all of
live/; a folder of synthesized Terraform may be named, too.

Exit code 0: nothing violates them, or somebody accepts it; 1: something does; 2: it could not be judged.`;

/** What the command prints, and its exit code. */
export function policies(words: readonly string[], live = LIVE): { readonly out: string; readonly code: number } {
  const flags = words.filter((word) => word.startsWith("-"));
  if (flags.includes("--help")) return { out: USAGE, code: 0 };
  const unknown = flags.filter((flag) => flag !== "--json");
  if (unknown.length > 0) throw new NotJudgeable(`${unknown.join(", ")}: no such option\n\n${USAGE}`);
  const named = words.filter((word) => !flags.includes(word)).map(found);
  const json = flags.includes("--json");
  const all = policiesFor(live);
  const parameters = parametersFor(live, all);
  const chosen = named.length > 0 ? named : teamDeployments(live);
  if (chosen.length === 0 && !json) {
    return { out: `there are no deployments in ${relative(ROOT, live)}/; others are judged by name`, code: 0 };
  }
  const candidates = chosen.map((path) => ({
    file: shownPath(path),
    tree: treeOf(path),
    text: statSync(path).isFile() ? readFileSync(path, "utf8") : "",
  }));
  const judged = judgement(all, parameters, candidates);
  const out = json ? JSON.stringify(judgementJson(judged), null, 2) : linesOf(judged).join("\n");
  return { out, code: isBroken(judged) ? 1 : 0 };
}

if (require.main === module) {
  try {
    const { out, code } = policies(process.argv.slice(2));
    console.log(out);
    process.exitCode = code;
  } catch (error) {
    const expected = [NotJudgeable, NotReviewable, DeploymentError].some((kind) => error instanceof kind);
    console.error(expected ? (error as Error).message : error);
    process.exitCode = 2;
  }
}
