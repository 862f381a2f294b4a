import { Token } from "cdktf";
import { Construct } from "constructs";

/** A part of a JSON Schema, such as `{ pattern: "^a" }`; `patternErrorMessage` is what editors show in its words. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** What is wrong with a value, as the rest of a sentence that begins with its name; undefined when nothing is. */
export interface Check<T> {
  (value: T): string | undefined;
  /** What of the check a JSON Schema can say, so that editors complain while somebody types. */
  readonly schema?: JsonSchema;
}

/** One thing that is wrong, with the path of the value from the props or the section it stands in. */
export interface Problem {
  readonly path: readonly PropertyKey[];
  readonly complaint: string;
}

/**
 * Characters that nobody sees. Cc: the control characters; Cs without its other half: no character at all; line and paragraph
 * separators; and what turns the direction of text: https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters
 */
export const UNSEEN = /[\p{Cc}\p{Cs}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

const MAX_SHOWN = 80;

/** Shows a value in a complaint: quoted text with what nobody sees escaped, plain numbers, "nothing" for an absent value. */
export function shown(value: unknown): string {
  if (value === undefined) return "nothing";
  if (typeof value === "number") return String(value);
  return escaped(cut(JSON.stringify(value)));
}

function cut(text: string): string {
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN - 1)}…` : text;
}

/** Words of a list in a complaint, the first few of many. */
export function someOf(words: readonly string[]): string {
  const more = words.length - 10;
  return more > 0 ? `${words.slice(0, 10).join(", ")} and ${more} more` : words.join(", ");
}

function escaped(text: string): string {
  return text.replace(new RegExp(UNSEEN, "gu"), (character) =>
    Array.from(
      { length: character.length },
      (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, "0")}`,
    ).join(""),
  );
}

/**
 * A check that lets tokens through: what Terraform computes cannot be judged before it runs.
 *
 * @param schema what a JSON Schema can say of it
 */
export function known<T>(check: Check<T>, schema?: JsonSchema): Check<T> {
  // an element of a tokenized list is a token only within a list.
  return withSchema((value) => (isToken(value) ? undefined : check(value)), schema);
}

/** Whether a value is known only when Terraform runs. */
export function isToken(value: unknown): boolean {
  return Token.isUnresolved(value) || Token.isUnresolved([value]);
}

/** A check with what a JSON Schema can say of it. */
export function withSchema<T>(check: (value: T) => string | undefined, schema: JsonSchema | undefined): Check<T> {
  return Object.assign((value: T) => check(value), { schema });
}

/** Text that matches a pattern without flags; `allowed` says in words what matches. */
export function matching(pattern: RegExp, allowed: string): Check<string> {
  return known((value) => (pattern.test(value) ? undefined : `must be ${allowed}, got ${shown(value)}`), {
    pattern: pattern.source,
    patternErrorMessage: `must be ${allowed}`,
  });
}

/** A whole number from `min` to `max`, both allowed. */
export function wholeNumber(min: number, max: number, unit = ""): Check<number> {
  const unitText = unit === "" ? "" : ` ${unit}`;
  return known(
    (value) =>
      Number.isInteger(value) && value >= min && value <= max
        ? undefined
        : `must be a whole number from ${min} to ${max}${unitText}, got ${shown(value)}`,
    { type: "integer", minimum: min, maximum: max },
  );
}

/** Text of `min` to `max` characters that is not blank. */
export function textOf(min: number, max: number): Check<string> {
  return known(
    (value) => {
      if (value.length < min || value.length > max) {
        return `must have ${min} to ${max} characters, got ${value.length}: ${shown(value)}`;
      }
      return /\S/.test(value) ? undefined : `must not be blank, got ${shown(value)}`;
    },
    { minLength: min, maxLength: max, pattern: "\\S" },
  );
}

/** The first complaint of several checks. */
export function both<T>(...checks: Check<T>[]): Check<T> {
  const schemas = checks.map(({ schema }) => schema).filter((schema) => schema !== undefined);
  return withSchema(
    (value) => checks.map((check) => check(value)).find((complaint) => complaint !== undefined),
    schemas.length > 1 ? { allOf: schemas } : schemas[0],
  );
}

/** The problem of one optional value, as a list of none or one. */
export function check<T>(path: PropertyKey | readonly PropertyKey[], value: T | undefined, rule: Check<T>): Problem[] {
  const complaint = value === undefined ? undefined : rule(value);
  return complaint === undefined ? [] : [{ path: keys(path), complaint }];
}

/** The same problems seen from further out. */
export function prefixed(path: PropertyKey | readonly PropertyKey[], problems: readonly Problem[]): Problem[] {
  return problems.map((problem) => ({ ...problem, path: [...keys(path), ...problem.path] }));
}

function keys(path: PropertyKey | readonly PropertyKey[]): readonly PropertyKey[] {
  return typeof path === "object" ? path : [path];
}

/** A path as people write it: `consumers[0].network.subnet`; what nobody sees in its keys is escaped, and long keys are cut. */
export function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === "number") return `${text}[${key}]`;
    const word = escaped(cut(String(key)));
    return text === "" ? word : `${text}.${word}`;
  }, "");
}

/** Throws one error that lists every problem of a construct's props; does nothing when there is none. */
export function throwIfAny(scope: Construct, problems: readonly Problem[]): void {
  if (problems.length > 0) {
    const lines = problems.map(({ path, complaint }) => `- ${pathText(path)} ${complaint}`);
    throw new Error(`invalid props for ${scope.node.path}:\n${lines.join("\n")}`);
  }
}
