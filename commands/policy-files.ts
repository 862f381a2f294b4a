import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { parseDocument } from "yaml";
import { pathText } from "../lib/azure/check";
import { complaintOf, problemsOf } from "../lib/azure/complaint";
import { NotJudgeable } from "../policies/judge/judge";
import { parametersFile } from "../policies/judge/parameters";
import { Policy } from "../policies/judge/policy";
import { ROOT } from "./review-base";

/** Our policies, and those that a team keeps beside its deployments, each folder in the order of its files. */
export function policiesFor(live: string): Policy[] {
  const files = [join(ROOT, "policies"), join(live, "policies")].flatMap((folder) =>
    existsSync(folder)
      ? readdirSync(folder)
          .filter((file) => file.endsWith(".ts"))
          .sort()
          .map((file) => join(folder, file))
      : [],
  );
  const policies = files.map(policyIn);
  const problems = policies.flatMap(({ name }, index) => {
    const first = policies.findIndex((other) => other.name === name);
    const [one = "", other = ""] = [files[index], files[first]].map((file) => file && relative(ROOT, file));
    return first < index ? [`${one} is called ${name}, as ${other} is`] : [];
  });
  if (problems.length > 0) throw new NotJudgeable(problems.join("\n"));
  return policies;
}

function policyIn(file: string): Policy {
  const own = relative(ROOT, file);
  let found: Partial<Policy> | undefined;
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- a team adds files that nothing here names.
    found = (require(file) as { readonly default?: Partial<Policy> }).default;
  } catch (error) {
    throw new NotJudgeable(`${own} cannot be loaded: ${(error as Error).message}`);
  }
  const { name, why, judge } = found ?? {};
  if (typeof name !== "string" || !/^[a-z0-9-]+$/.test(name) || !why || typeof judge !== "function") {
    throw new NotJudgeable(
      `${own} has no policy: its default export must be policy({ name, why, judge }), the name of small letters, digits and hyphens`,
    );
  }
  return { ...found, name, why, judge, parameters: found?.parameters ?? {} };
}

/** What a team's `policies.yaml` says; nothing where there is none. */
export function parametersFor(live: string, policies: readonly Policy[]): Readonly<Record<string, unknown>> {
  const file = join(live, "policies.yaml");
  if (!existsSync(file)) return {};
  const document = parseDocument(readFileSync(file, "utf8"));
  const refused = (lines: readonly string[]): NotJudgeable =>
    new NotJudgeable([`${relative(ROOT, file)} is not valid:`, ...lines.map((line) => `- ${line}`)].join("\n"));
  if (document.errors.length > 0) throw refused(document.errors.map(({ message }) => message.split("\n")[0] ?? ""));
  const value: unknown = document.toJS() ?? {};
  const read = parametersFile(policies).safeParse(value, { error: complaintOf });
  if (read.success) return value as Record<string, unknown>;
  throw refused(
    problemsOf(read.error.issues).map(({ path, complaint }) => `${pathText(path) || "the file"} ${complaint}`),
  );
}
