import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { Finding } from "../review/findings/finding";
import { Action } from "../review/plan/stack-plan";
import { reviewed, Reviewed } from "../review/report/review";
import { Edits, made, Pair } from "./pairs";

// `npm run changes:page`: writes docs/changes.md, what changing each key of the deployment file does, as the review judges it.

/** A key and a change of it. */
interface KeyChange extends Pick<Edits, "of" | "first" | "set"> {
  readonly key: string;
  readonly to?: unknown;
  /** What no plan tells. */
  readonly words?: string;
}

const ROOT = join(__dirname, "..");

/** Where the page stands. */
export const CHANGES_PAGE = join(ROOT, "docs", "changes.md");

const HEAD = `# What changing a key does

Made by \`npm run changes:page\` from one change of each key of the deployment file: what Terraform does, and whether consumers notice, as
\`npm run review\` judges it; \`npm run review:prove\` compares it with Terraform's own plans. A change of several keys does what each
of them does; \`npm run review\` says it of yours. Machines are two where it matters, and nothing is protected: with
\`deletionProtection\` a plan that replaces APIM or the service is refused.
`;

/** The keys that have a change, in the order of the page. */
export function changedKeys(): string[] {
  return changes().map(({ key }) => key);
}

/** The keys whose change is synthesized, and not told in words. */
export function plannedKeys(): string[] {
  return changes().flatMap(({ key, words }) => (words === undefined ? [key] : []));
}

/** The change of a key, synthesized before and after. */
export function keyPair(key: string): Pair {
  const found = changes().find((change) => change.key === key);
  if (found === undefined) throw new Error(`no change of ${key} is written down`);
  return pairOf(found);
}

function pairOf({ key, to, ...change }: KeyChange): Pair {
  // what protects is another key's row.
  const first =
    change.of === "consumers-by-alias" ? change.first : { "provider.deletionProtection": false, ...change.first };
  return made({ ...change, first, name: key, says: [], set: { [placeOf(key)]: to, ...change.set } });
}

/** The page as it should be. */
export function changesPage(): string {
  const rows = changes().map((change) => {
    const { key, to, words } = change;
    if (words !== undefined) return [code(key), "", words, ""];
    const pair = pairOf(change);
    const review = reviewed({ file: "deployment.yaml", before: pair.before, after: pair.after });
    return [code(key), code(JSON.stringify(to)), whatHappens(review), whoNotices(review)];
  });
  const lines = [["Key", "Changed to", "Terraform", "Consumers"], Array<string>(4).fill("---"), ...rows];
  return [HEAD, ...lines.map((row) => `| ${row.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`), ""].join(
    "\n",
  );
}

function changes(): KeyChange[] {
  return parse(readFileSync(join(ROOT, "review", "prove", "keys.yaml"), "utf8")) as KeyChange[];
}

/** A key's place in a file: the first element of each list. */
function placeOf(key: string): string {
  return key.replaceAll("[]", ".0");
}

const WORDS: readonly (readonly [Action, string])[] = [
  ["replace", "made anew"],
  ["update", "in place"],
  ["create", "made"],
  ["destroy", "deleted"],
  ["unknown", "unknown"],
];

function whatHappens({ plan }: Reviewed): string {
  const all = [...plan.stacks.values()].flatMap(({ changes: of }) => [...of.values()]);
  const parts = WORDS.flatMap(([action, word]) => {
    const types = new Set(
      all.filter((one) => one.action === action && one.type !== "terraform_data").map(({ type }) => type),
    );
    const names = [...types].map((type) => type.replace(/^azurerm_/, "").replaceAll("_", " ")).sort();
    return names.length > 0 ? [`${word}: ${names.join(", ")}`] : [];
  });
  return parts.length > 0 ? parts.join("; ") : "nothing";
}

function whoNotices({ findings }: Reviewed): string {
  const of = (kind: Finding["kind"]): string[] =>
    findings.filter((one) => one.kind === kind).map(({ why }) => withoutCauses(why));
  const cut = of("cut");
  const ends = findings.filter(({ kind }) => kind === "reboot" && cut.length === 0);
  const isService = ({ addresses }: Finding): boolean => /^azurerm_private_link_service\./.test(addresses[0] ?? "");
  const texts = [
    ...(cut.length > 0 ? [`cut off: ${[...new Set(cut)].join(" ")}`] : []),
    ...of("refused").map((why) => `may be refused: ${why}`),
    ...(ends.some((one) => !isService(one))
      ? [
          "machines restart, are made anew or go, not all at once: connections through them end, new ones too until the load balancer sees it",
        ]
      : []),
    ...(ends.some(isService) ? ["connections from NAT addresses that go, or become others, may end"] : []),
    ...(of("slow").length > 0 ? ["takes up to 45 minutes or more"] : []),
  ];
  const quiet = texts.length === 0 ? ["notice nothing"] : [];
  return [
    ...new Set([
      ...texts,
      ...quiet,
      ...(of("exposure").length > 0 ? ["opens more than before, or leads to others"] : []),
    ]),
  ].join("; ");
}

/** The first sentence, without the resources and arguments that are the cause. */
function withoutCauses(why: string): string {
  const [said = ""] = why.split(" (`");
  return `${(/^.*?[.;](?= |$)/s.exec(said)?.[0] ?? said).replace(/[.;,]$/, "")}.`;
}

function code(text: string): string {
  return `\`${text}\``;
}

if (require.main === module) {
  writeFileSync(CHANGES_PAGE, changesPage());
  console.log(`wrote ${CHANGES_PAGE}`);
}
