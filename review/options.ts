import { Kind, KINDS } from "./findings/finding";
import { NotReviewable } from "./read/not-reviewable";

/** What `npm run review` was asked for. */
export interface ReviewOptions {
  readonly help: boolean;
  /** The commit that the change starts from. */
  readonly base: string;
  /** Two files, or folders of synthesized Terraform, instead of a commit. */
  readonly pair?: { readonly before: string; readonly after: string };
  /** The deployments; all of them where none is named. */
  readonly deployments: readonly string[];
  readonly json: boolean;
  readonly stacks: boolean;
  /** Where the picture goes as SVG. */
  readonly svg?: string;
  /** Terraform's own plans, as `terraform show -json` prints them, by stack. */
  readonly plans: ReadonlyMap<string, string>;
  readonly failOn: ReadonlySet<Kind>;
  /** What is accepted in so many words, beside what the file says. */
  readonly accepting: string;
  /** A file with such words, such as the pull request's description. */
  readonly acceptingFrom?: string;
}

/** How the command is used. */
export const USAGE = `npm run review -- [options] [deployment ...]

Says what a change does before anybody applies it, with no cloud account. Compares a commit with the working tree.

  --base REF             the commit that the change starts from; origin/main, main or HEAD where it is left
                         out; none: everything is new
  --before A --after B   two deployment files, or two folders of synthesized Terraform, instead of a commit
  --json                 for programs: docs/review.md
  --stacks               only the stacks to deploy, in that order, each with its file
  --svg FILE             the picture of the deployment as SVG
  --plan STACK=FILE      what terraform show -json prints; Terraform's judgement replaces the review's
  --fail-on KINDS        ${KINDS.join(", ")}, or none: exit code 2 if one is found and not accepted
  --accept TEXT          "review: accept <kind> <stack> because <reason>", also as a comment in the file
  --accept-from FILE     the same, in a file such as the pull request's description

Exit code 0: reviewed; 1: it could not be reviewed; 2: --fail-on found something.`;

const VALUES = ["base", "before", "after", "svg", "plan", "fail-on", "accept", "accept-from"];
const FLAGS = ["help", "json", "stacks"];

/** Reads the command line; everything that is wrong with it is said at once. */
export function reviewOptions(words: readonly string[]): ReviewOptions {
  const values = new Map<string, string[]>();
  const flags = new Set<string>();
  const deployments: string[] = [];
  const problems: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const [, name, inline] = /^--([\w-]+)(?:=(.*))?$/s.exec(words[at] ?? "") ?? [];
    if (name === undefined) deployments.push(words[at] ?? "");
    else if (FLAGS.includes(name) && inline === undefined) flags.add(name);
    else if (!VALUES.includes(name)) problems.push(`--${name} is no option`);
    else {
      const value = inline ?? words[(at += 1)];
      if (value === undefined) problems.push(`--${name} needs a value`);
      else values.set(name, [...(values.get(name) ?? []), value]);
    }
  }
  const one = (name: string): string | undefined => values.get(name)?.at(-1);
  const [before, after] = [one("before"), one("after")];
  if ((before === undefined) !== (after === undefined)) problems.push("--before and --after go together");
  if (before !== undefined && (deployments.length > 0 || values.has("base"))) {
    problems.push("--before and --after name both sides; leave out --base and the deployments");
  }
  const plans = (values.get("plan") ?? []).flatMap((text): [string, string][] => {
    const [stack, file] = [text.slice(0, text.indexOf("=")), text.slice(text.indexOf("=") + 1)];
    if (!text.includes("=") || stack === "" || file === "") problems.push(`--plan must be stack=file, got ${text}`);
    return [[stack, file]];
  });
  const kinds = (one("fail-on") ?? "none").split(",").map((kind) => kind.trim());
  for (const kind of kinds) {
    if (kind !== "none" && !KINDS.includes(kind as Kind)) {
      problems.push(`--fail-on takes ${KINDS.join(", ")} or none, got ${kind}`);
    }
  }
  if (problems.length > 0) throw new NotReviewable(`${problems.map((one) => `- ${one}`).join("\n")}\n\n${USAGE}`);
  return {
    help: flags.has("help"),
    base: one("base") ?? "",
    pair: before !== undefined && after !== undefined ? { before, after } : undefined,
    deployments,
    json: flags.has("json"),
    stacks: flags.has("stacks"),
    svg: one("svg"),
    plans: new Map(plans),
    failOn: new Set(kinds.filter((kind) => kind !== "none") as Kind[]),
    accepting: (values.get("accept") ?? []).join("\n"),
    acceptingFrom: one("accept-from"),
  };
}
