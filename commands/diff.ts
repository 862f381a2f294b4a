import { join } from "node:path";
import { runApp, WrittenStack } from "./run-app";
import { terraform } from "./terraform";

// `npm run diff [-- stack ...]`: the plans of all stacks, or of those that are named, in the order in which they are deployed.
// `cdktf diff` takes one stack, and ends with code 0 either way.

/** What a plan came to, in the words of the summary. */
type Verdict = "no changes" | "changes" | "waits for the stacks before it" | "FAILED";

const NOT_YET = /: deploy it before [\w-]+, with npx cdktf deploy |Unable to find remote state/;

function planned(folder: string): { said: string; verdict: Verdict } {
  const init = terraform(folder, "init", "-input=false");
  if (init.code !== 0) return { said: `${init.stdout}${init.stderr}`, verdict: "FAILED" };
  const plan = terraform(folder, "plan", "-input=false", "-detailed-exitcode");
  const said = `${plan.stdout}${plan.stderr}`;
  if (plan.code === 0) return { said, verdict: "no changes" };
  if (plan.code === 2) return { said, verdict: "changes" };
  return {
    said,
    verdict: NOT_YET.test(plan.stderr.replaceAll(/\s+/g, " ")) ? "waits for the stacks before it" : "FAILED",
  };
}

function main(names: readonly string[]): number {
  const { outdir, stacks } = runApp();
  const unknown = names.filter((name) => !stacks.some((stack) => stack.name === name));
  if (unknown.length > 0) {
    const known = stacks.map(({ name }) => name).join(", ");
    console.error(`There is no stack ${unknown.join(", ")}; the deployment has ${known}`);
    return 1;
  }
  const chosen = stacks.filter(({ name }) => names.length === 0 || names.includes(name));
  const verdicts = chosen.map((stack: WrittenStack) => {
    const { said, verdict } = planned(join(outdir, stack.workingDirectory));
    console.log(`== ${stack.name} ==\n${said.trim()}\n`);
    return verdict;
  });
  const width = Math.max(...chosen.map(({ name }) => name.length));
  chosen.forEach(({ name }, index) => console.log(`${name.padEnd(width)}  ${verdicts[index]}`));
  if (verdicts.includes("FAILED")) return 1;
  return verdicts.every((verdict) => verdict === "no changes") ? 0 : 2;
}

process.exitCode = main(process.argv.slice(2));
