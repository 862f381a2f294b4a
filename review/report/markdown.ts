import { Kind, KINDS } from "../findings/finding";
import { code, few } from "../findings/words";
import { fenced, fitted, folded, sentence } from "./markdown-text";
import { isQuiet, Reviewed, touched } from "./review";
import { stackSections } from "./stack-sections";

/** GitHub takes 65,536 characters a comment, Azure DevOps more; a few are left for what a pipeline puts around it. */
export const ROOM = 65_000;

const HEADINGS: Readonly<Record<Kind, string>> = {
  cut: "Cuts consumers off",
  refused: "Will be refused, half-way or at once",
  replace: "Deletes and makes anew",
  orphan: "Leaves behind what nobody manages",
  exposure: "Opens something",
  collision: "One name under two addresses",
  moved: "Moves states or addresses",
  secret: "Secrets, identities and rights",
  reboot: "Reboots",
  slow: "Takes long",
};

const MANY = 8;

/** Reviews as one comment of a pull request. */
export function reviewMarkdown(reviews: readonly Reviewed[], picture: (review: Reviewed) => string): string {
  const loud = reviews.filter((review) => !isQuiet(review));
  if (loud.length === 0) return "Nothing changes: Terraform would find nothing to do.\n";
  const parts = [
    ...loud.map((review) => top(review)),
    ...loud.map((review) => pictured(review, picture)),
    ...loud.flatMap((review) => [disagreements(review), ...stackSections(review), own(review)]),
  ];
  const left = "_More than a comment has room for: `npm run review` with `--json` has everything._\n";
  return `${fitted(parts, ROOM, left)}\n`;
}

function top(review: Reviewed): string {
  const kinds = KINDS.filter((kind) => review.findings.some((finding) => finding.kind === kind));
  const lines = kinds.flatMap((kind) => {
    const all = review.findings.filter((finding) => finding.kind === kind);
    const shown = all.slice(0, MANY).map((finding) => item(finding));
    const more = all.slice(MANY).map((finding) => item(finding));
    return [
      `### ${HEADINGS[kind]}\n`,
      ...shown,
      ...(more.length > 0 ? ["", folded(`${more.length} more`, more.slice(0, 40).join("\n"))] : []),
      "",
    ];
  });
  return [`## ${heading(review)}\n`, `${verdict(review)}\n`, ...lines, ...idle(review)].join("\n");
}

function heading({ file }: Reviewed): string {
  return `What this change does: ${code(file)}`;
}

/** The whole review in a sentence or two. */
function verdict(review: Reviewed): string {
  const cut = [...new Set(review.findings.filter(({ kind }) => kind === "cut").flatMap(({ consumers }) => consumers))];
  const stacks = touched(review);
  const counts = ["create", "update", "replace", "destroy", "unknown"].map((action) => {
    const number = [...review.plan.stacks.values()]
      .filter(({ name }) => review.plan.change(name) !== "removed")
      .reduce((sum, { changes }) => sum + [...changes.values()].filter((change) => change.action === action).length, 0);
    return `${number} ${action === "unknown" ? "not known" : action}`;
  });
  const others = review.findings.some(({ kind, consumers }) => kind === "cut" && consumers.length === 0);
  const nobody = others
    ? "No consumer is cut off, but others are. "
    : "Nobody is cut off, as far as the review can tell. ";
  const who = cut.length > 0 ? `**Cut off: ${few(cut)}.** ` : nobody;
  const real = review.real.length > 0 ? ` Judged by Terraform's own plan: ${few(review.real)}.` : "";
  const alone = review.findings.length === 0 ? " No risk was found in it." : "";
  return `${who}Resources: ${counts.join(", ")}. Stacks to deploy: ${stacks.length > 0 ? few(stacks) : "none"}.${real}${alone}`;
}

function item(finding: Reviewed["findings"][number]): string {
  const consumers = finding.consumers.length > 0 ? ` Concerns: ${few(finding.consumers)}.` : "";
  const instead = finding.instead === "" ? "" : ` **Instead:** ${sentence(finding.instead)}`;
  const accepted = finding.accepted === undefined ? "" : ` **Accepted**, because ${code(finding.accepted)}.`;
  return `- ${code(finding.stack)}: ${sentence(finding.why)}${consumers}${instead}${accepted}`;
}

function idle(review: Reviewed): string[] {
  return review.idle.map(
    ({ kind, stack }) => `_Accepted, but not found: ${code(kind)} in ${code(stack)}. The line can go._\n`,
  );
}

function disagreements(review: Reviewed): string {
  if (review.disagreements.length === 0) return "";
  const lines = review.disagreements.map(
    ({ stack, address, review: own, terraform }) =>
      `- ${code(stack)}: ${code(address)}: Terraform says **${terraform}**, the review without it **${own}**`,
  );
  return folded("Where Terraform's plan and the review differ", lines.slice(0, 100).join("\n"));
}

function pictured(review: Reviewed, picture: (review: Reviewed) => string): string {
  const drawn = picture(review);
  return drawn === "" ? "" : folded("The picture", fenced("mermaid", drawn));
}

function own(review: Reviewed): string {
  return review.diff === "" ? "" : folded("The change of the file", fenced("diff", review.diff));
}
