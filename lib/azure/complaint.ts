import { closest, distance } from "fastest-levenshtein";
import { z } from "zod";
import { Problem, shown } from "./check";

const KINDS: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  boolean: "true or false",
  array: "a list",
  object: "a section with keys",
  record: "a section with keys",
};

/**
 * What zod finds in a value, as the rest of a sentence that begins with the value's name; one line for each unknown key.
 *
 * @param further keys that the schema does not have, but others that could stand in its place
 */
export function complaintOf(issue: z.core.$ZodRawIssue, further: readonly string[] = []): string {
  const input = judgedPart(issue);
  const must = (what: string) =>
    input === undefined ? `is missing; it must be ${what}` : `must be ${what}, got ${shown(input)}`;
  switch (issue.code) {
    case "invalid_type":
      return must(KINDS[issue.expected] ?? issue.expected);
    case "invalid_value":
      return must(oneOf(issue.values));
    case "invalid_union":
      return must(Array.isArray(issue.options) ? oneOf(issue.options) : "another kind of value");
    case "unrecognized_keys":
      return issue.keys.map((key) => unknownKey(key, [...knownKeys(issue.inst), ...further])).join("\n");
    case "too_small":
      return `must have at least ${elements(issue.minimum)}, got ${shown(input)}`;
    case "too_big":
      return `must have at most ${elements(issue.maximum)}, got ${listed(input)}`;
    default:
      return `is not allowed, got ${shown(input)}`;
  }
}

/** The value that a complaint is about: of a section of several kinds, what tells its kind. */
function judgedPart({ input, discriminator }: z.core.$ZodRawIssue): unknown {
  return typeof discriminator === "string" && typeof input === "object" && input !== null
    ? (input as Record<string, unknown>)[discriminator]
    : input;
}

function elements(count: number | bigint): string {
  return count === 1 ? "1 element" : `${count} elements`;
}

/** A list, or the length of one that nobody would read. */
function listed(input: unknown): string {
  return Array.isArray(input) && input.length > 10 ? String(input.length) : shown(input);
}

function oneOf(values: readonly unknown[]): string {
  return `one of ${[...new Set(values.map(String))].join(", ")}`;
}

function knownKeys(schema: unknown): string[] {
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
}

/** The nearest key where one is near, else all of them. */
function unknownKey(key: string, keys: readonly string[]): string {
  const written = key.toLowerCase();
  const near =
    keys.length > 0
      ? closest(
          written,
          keys.map((other) => other.toLowerCase()),
        )
      : "";
  return distance(written, near) <= Math.min(3, Math.max(1, Math.floor(near.length / 4)))
    ? `is not a key here; did you mean ${keys.find((other) => other.toLowerCase() === near)}?`
    : `is not a key here; there are ${keys.join(", ")}`;
}

/**
 * What is wrong with a value, one problem for each mistake, in the order of the schema; lists that are too long come first,
 * as what is wrong within them can be more than anybody is shown.
 */
export function problemsOf(issues: readonly z.core.$ZodIssue[]): Problem[] {
  const isTooLong = ({ code }: z.core.$ZodIssue): boolean => code === "too_big";
  const inOrder = [...issues.filter(isTooLong), ...issues.filter((issue) => !isTooLong(issue))];
  return inOrder.flatMap((issue) =>
    issue.code === "unrecognized_keys"
      ? issue.message
          .split("\n")
          .map((complaint, index) => ({ path: [...issue.path, issue.keys[index] ?? ""], complaint }))
      : [{ path: issue.path, complaint: issue.message }],
  );
}
