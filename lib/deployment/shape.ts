import { z } from "zod";
import { pathText, Problem, shown } from "../azure/rule";
import { SoundParts } from "./checks";
import { deploymentSchema } from "./schema";

const KINDS: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  boolean: "true or false",
  array: "a list",
  object: "a section with keys",
  record: "a section with keys",
};

/** What is wrong with the shape of a file: keys, kinds of values, choices; in the words that the rules use. */
export function shapeProblems(file: unknown): Problem[] {
  const parsed = deploymentSchema.safeParse(file);
  return parsed.success ? [] : parsed.error.issues.flatMap((issue) => problemsOf(issue, file));
}

/** The parts of a file that have the right shape, each seen on its own and without the values that have not. */
export function soundParts(file: unknown): SoundParts {
  const { provider, consumers, tags } = fields(withoutFaults(file));
  const shape = deploymentSchema.shape;
  return {
    provider: soundSections(shape.provider.shape, provider),
    consumers: (Array.isArray(consumers) ? (consumers as unknown[]) : []).map((consumer) =>
      soundSections(shape.consumers.unwrap().element.shape, consumer),
    ),
    tags: shape.tags.safeParse(tags).data,
  };
}

function soundSections<S extends z.ZodRawShape>(shape: S, section: unknown): Partial<z.output<z.ZodObject<S>>> {
  if (section === null || typeof section !== "object") return {};
  const sound = Object.entries(shape).flatMap(([key, schema]) => {
    const parsed = (schema as z.ZodType).safeParse(fields(section)[key]);
    return parsed.success ? [[key, parsed.data]] : [];
  });
  return Object.fromEntries(sound) as Partial<z.output<z.ZodObject<S>>>;
}

function withoutFaults(file: unknown): unknown {
  const issues = deploymentSchema.safeParse(file).error?.issues ?? [];
  const faults = new Set(
    issues
      .flatMap((issue) =>
        issue.code === "unrecognized_keys" ? issue.keys.map((key) => [...issue.path, key]) : [issue.path],
      )
      // a list loses all its elements with one, so that the others keep their places.
      .map((path) => pathText(path.slice(0, path.findLastIndex((key) => typeof key === "string") + 1))),
  );
  const strip = (part: unknown, path: PropertyKey[]): unknown => {
    if (Array.isArray(part)) return part.map((element, index) => strip(element, [...path, index]));
    if (part === null || typeof part !== "object") return part;
    return Object.fromEntries(
      Object.entries(part)
        .filter(([key]) => !faults.has(pathText([...path, key])))
        .map(([key, inner]) => [key, strip(inner, [...path, key])]),
    );
  };
  return strip(file, []);
}

function fields(value: unknown): Readonly<Record<string, unknown>> {
  return value !== null && typeof value === "object" ? (value as Record<string, unknown>) : {};
}

function problemsOf(issue: z.core.$ZodIssue, file: unknown): Problem[] {
  const { path } = issue;
  const value = path.reduce<unknown>((part, key) => fields(part)[String(key)], file);
  const got = `got ${shown(value)}`;
  switch (issue.code) {
    case "invalid_type": {
      const kind = KINDS[issue.expected] ?? issue.expected;
      return [{ path, complaint: value === undefined ? `is missing; it must be ${kind}` : `must be ${kind}, ${got}` }];
    }
    case "unrecognized_keys":
      return issue.keys.map((key) => ({
        path: [...path, key],
        complaint: "is not a key that a deployment file has; deployments/deployment.schema.json lists them all",
      }));
    case "invalid_value":
      return [{ path, complaint: `must be one of ${issue.values.join(", ")}, ${got}` }];
    case "invalid_union":
      return [{ path, complaint: `must be ${choices(issue)}, ${got}` }];
    case "too_small":
      return [{ path, complaint: `must have at least ${issue.minimum} elements, ${got}` }];
    case "too_big":
      return [
        {
          path,
          complaint: `must have at most ${issue.maximum} ${issue.origin === "string" ? "characters" : "elements"}, ${got}`,
        },
      ];
    default:
      return [{ path, complaint: issue.message.includes("got ") ? issue.message : `${issue.message}, ${got}` }];
  }
}

function choices(issue: z.core.$ZodIssueInvalidUnion): string {
  if ("options" in issue && issue.discriminator !== undefined)
    return `one of ${(issue.options ?? []).map(String).join(", ")}`;
  const values = issue.errors
    .flat()
    .flatMap((inner) => (inner.code === "invalid_value" ? inner.values.map(String) : []));
  const kinds = issue.errors
    .flat()
    .flatMap((inner) => (inner.code === "invalid_type" ? [KINDS[inner.expected] ?? inner.expected] : []));
  return values.length > 0 ? `one of ${[...new Set(values)].join(", ")}` : [...new Set(kinds)].join(" or ");
}
