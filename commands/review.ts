import { readFileSync, writeFileSync } from "node:fs";
import { DeploymentError } from "../lib/deployment/deployment-error";
import { reviewOptions, ReviewOptions, USAGE } from "../review/options";
import { mermaid } from "../review/picture/mermaid";
import { svg } from "../review/picture/svg";
import { NotReviewable } from "../review/read/not-reviewable";
import { reviewJson } from "../review/report/json";
import { reviewMarkdown } from "../review/report/markdown";
import { TerraformPlan } from "../review/report/real-plan";
import { isQuiet, Reviewed, reviewed, touched } from "../review/report/review";
import { absolute, pairCompared, sinceCommit } from "./review-sides";

// `npm run review`: says what a change does before anybody applies it. review/options.ts has its usage.

async function main(): Promise<number> {
  const options = reviewOptions(process.argv.slice(2));
  if (options.help) {
    console.log(USAGE);
    return 0;
  }
  const all = options.pair
    ? [pairCompared(options.pair.before, options.pair.after)]
    : sinceCommit(options.base, options.deployments);
  const plans = new Map([...options.plans].map(([stack, file]) => [stack, planIn(file)]));
  const accepting = options.acceptingFrom ? readFileSync(absolute(options.acceptingFrom), "utf8") : "";
  const extra = [options.accepting, accepting].join("\n");
  const reviews = all.map((one) => reviewed({ ...one, accepting: `${one.accepting ?? ""}\n${extra}` }, plans));
  for (const stack of plans.keys()) {
    if (!reviews.some(({ plan }) => plan.stacks.has(stack)))
      throw new NotReviewable(`--plan ${stack}: there is no such stack`);
  }
  // what was not named and does not change is not spoken of.
  const spoken = options.pair || options.deployments.length > 0 ? reviews : reviews.filter((one) => !isQuiet(one));
  if (options.svg) {
    const [first] = spoken.length > 0 ? spoken : reviews;
    if (first === undefined) throw new NotReviewable("--svg: there is no deployment to draw");
    writeFileSync(options.svg, await svg(first));
  }
  if (options.stacks) for (const line of stackLines(spoken)) console.log(line);
  else if (options.json) console.log(JSON.stringify(reviewJson(spoken), null, 2));
  else process.stdout.write(reviewMarkdown(spoken, mermaid));
  return failing(spoken, options) ? 2 : 0;
}

function stackLines(reviews: readonly Reviewed[]): string[] {
  return reviews.flatMap((review) => touched(review).map((stack) => `${stack}\t${review.file}`));
}

function failing(reviews: readonly Reviewed[], { failOn }: ReviewOptions): boolean {
  return reviews.some(({ findings }) =>
    findings.some(({ kind, accepted }) => failOn.has(kind) && accepted === undefined),
  );
}

function planIn(file: string): TerraformPlan {
  try {
    return JSON.parse(readFileSync(absolute(file), "utf8")) as TerraformPlan;
  } catch (error) {
    throw new NotReviewable(`--plan: ${file} is not what terraform show -json prints: ${(error as Error).message}`);
  }
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: Error) => {
    const expected = error instanceof NotReviewable || error instanceof DeploymentError;
    console.error(expected ? error.message : error);
    process.exitCode = 1;
  },
);
