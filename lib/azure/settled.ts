import { Token } from "cdktf";
import { Construct } from "constructs";
import { z } from "zod";
import { pathText, Problem, throwIfAny } from "./check";
import { complaintOf, problemsOf } from "./complaint";

/**
 * The settings among a construct's props, with their defaults.
 *
 * @param across what is wrong between several settings; a setting that is wrong by itself reaches it as a token, as if
 *   only Terraform knew it
 * @throws one error that lists everything that is wrong
 */
export function settled<S extends z.ZodObject>(
  scope: Construct,
  schema: S,
  props: z.input<S>,
  across: (settings: z.output<S>) => Problem[] = () => [],
): z.output<S> {
  const own = Object.fromEntries(
    Object.keys(schema.shape).map((key) => [key, (props as Record<string, unknown>)[key]]),
  );
  const { value, problems } = judged(schema, own);
  throwIfAny(scope, [...problems, ...(value === undefined ? [] : beside(problems, across(value)))]);
  return value as z.output<S>;
}

/**
 * What is wrong with a value, and the value as it is read; where something is wrong, with tokens in the place of wrong text
 * and numbers, and without what may be no token, so that what is right beside them can be judged. Undefined where no value
 * can be made of it.
 */
export function judged<S extends z.ZodType>(schema: S, value: unknown): { value?: z.output<S>; problems: Problem[] } {
  const read = schema.safeParse(value, { error: complaintOf });
  if (read.success) return { value: read.data, problems: [] };
  const problems = problemsOf(read.error.issues);
  const copy = structuredCopy(value);
  let { issues } = read.error;
  for (const repair of [tokenFor, nothingFor, nothingFor]) {
    repairAt(copy, issues, repair);
    const again = schema.safeParse(copy);
    if (again.success) return { value: again.data, problems };
    ({ issues } = again.error);
  }
  return { problems };
}

/** The problems of a second judgement that are not about a place with a problem already. */
export function beside(said: readonly Problem[], problems: readonly Problem[]): Problem[] {
  const places = new Set(said.map(({ path }) => pathText(path)));
  return problems.filter(({ path }) => !places.has(pathText(path)));
}

/** What can stand in the place of something wrong; undefined where nothing can. */
type Repair = (issue: z.core.$ZodIssue, wrong: unknown) => unknown;

/** A token in the place of wrong or missing text and numbers. */
function tokenFor(issue: z.core.$ZodIssue, wrong: unknown): unknown {
  const kind = issue.code === "invalid_type" ? issue.expected : issue.code === "custom" ? typeof wrong : "";
  if (kind === "string") return Token.asString({ resolve: () => undefined });
  return kind === "number" ? Token.asNumber({ resolve: () => undefined }) : undefined;
}

function nothingFor(): undefined {
  return undefined;
}

function repairAt(root: unknown, issues: readonly z.core.$ZodIssue[], repair: Repair): void {
  for (const issue of issues) {
    const places = issue.code === "unrecognized_keys" ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
    for (const path of places) replace(root, path, (wrong) => repair(issue, wrong));
  }
}

function replace(root: unknown, path: readonly PropertyKey[], replacement: (wrong: unknown) => unknown): void {
  const last = path.at(-1);
  const parent = path.slice(0, -1).reduce<unknown>((part, key) => (part as Record<PropertyKey, unknown>)?.[key], root);
  if (last === undefined || typeof parent !== "object" || parent === null) return;
  const fields = parent as Record<PropertyKey, unknown>;
  const instead = replacement(fields[last]);
  if (instead !== undefined) fields[last] = instead;
  // a list loses all its elements with one, so that the others keep their places.
  else if (Array.isArray(parent)) replace(root, path.slice(0, -1), nothingFor);
  else delete fields[last];
}

/** Plain sections and lists copied, everything else as it is. */
function structuredCopy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(structuredCopy);
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, structuredCopy(inner)]));
}
