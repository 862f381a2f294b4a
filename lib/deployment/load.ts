import { existsSync, readFileSync } from "node:fs";
import { basename, extname } from "node:path";
import { LineCounter, parseDocument } from "yaml";
import { z } from "zod";
import { pathText, Problem, shown } from "../azure/rule";
import { deploymentProblems, SoundParts } from "./checks";
import { Deployment, deploymentSchema } from "./schema";

/** A mistake in a deployment file; the message is for the person who wrote it and names everything at once. */
export class DeploymentError extends Error {}

/** The environment that `env:NAME` is looked up in. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads a deployment file.
 *
 * @param path the file
 * @param environment where `env:NAME` is looked up
 * @throws DeploymentError with every problem that the file has
 */
export function loadDeployment(path: string, environment: Environment): Deployment {
  if (!existsSync(path)) {
    throw new DeploymentError(`there is no deployment file ${path}; DEPLOYMENT=path chooses one`);
  }
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(path, "utf8"), { lineCounter: lines });
  if (document.errors.length > 0) {
    throw new DeploymentError(
      `${path} is not YAML:\n${document.errors.map((error) => `- ${error.message}`).join("\n")}`,
    );
  }
  const { value, unset } = withEnvironment(document.toJS(), environment);
  const parsed = deploymentSchema.safeParse(value);
  const shape = parsed.success ? [] : parsed.error.issues.flatMap((issue) => shapeProblems(issue, value));
  // a variable that is not set has its own problem; what its place should look like need not be said too.
  const shapeBesideUnset = shape.filter(
    (problem) => !unset.some((other) => pathText(other.path) === pathText(problem.path)),
  );
  const problems = [...unset, ...shapeBesideUnset, ...deploymentProblems(soundParts(value))];
  if (!parsed.success || problems.length > 0) {
    const lineOf = (problem: Problem) => lineNumber(document, lines, problem.path);
    const texts = problems.map(
      (problem) => `- ${pathText(problem.path) || "the file"}${lineOf(problem)} ${problem.complaint}`,
    );
    throw new DeploymentError(`${path} cannot be deployed:\n${texts.join("\n")}`);
  }
  return { ...parsed.data, name: parsed.data.name ?? fileName(path) };
}

function fileName(path: string): string {
  const name = basename(path, extname(path)).toLowerCase();
  return (
    name
      .replace(/[^a-z\d]+/g, "-")
      .replace(/^-|-$/g, "")
      .slice(0, 40) || "deployment"
  );
}

function lineNumber(document: ReturnType<typeof parseDocument>, lines: LineCounter, path: Problem["path"]): string {
  for (let length = path.length; length > 0; length -= 1) {
    const node: unknown = document.getIn(path.slice(0, length), true);
    const range = (node as { range?: [number, number, number] } | undefined)?.range;
    if (range) return ` (line ${lines.linePos(range[0]).line})`;
  }
  return "";
}

/** The file's value with `env:NAME` replaced wherever a subscription id stands, and the variables that are not set. */
function withEnvironment(value: unknown, environment: Environment): { value: unknown; unset: Problem[] } {
  const unset: Problem[] = [];
  const resolve = (part: unknown, path: PropertyKey[]): unknown => {
    if (Array.isArray(part)) return part.map((element, index) => resolve(element, [...path, index]));
    if (part !== null && typeof part === "object") {
      return Object.fromEntries(Object.entries(part).map(([key, inner]) => [key, resolve(inner, [...path, key])]));
    }
    const variable =
      typeof part === "string" && path.some(isSubscriptionKey) ? /^env:(.*)$/.exec(part)?.[1] : undefined;
    if (variable === undefined) return part;
    const found = environment[variable];
    if (found === undefined || found === "") {
      unset.push({
        path,
        complaint: `names the environment variable ${shown(variable)}, which is not set; set it to a subscription id`,
      });
    }
    return found ?? part;
  };
  return { value: resolve(value, []), unset };
}

function isSubscriptionKey(key: PropertyKey): boolean {
  return typeof key === "string" && /subscriptionIds?$/i.test(key);
}

/** The parts of the file that have the right shape on their own. */
function soundParts(value: unknown): SoundParts {
  const shape = deploymentSchema.shape;
  const file = fields(value);
  const section = fields(file.provider);
  const provider = Object.fromEntries(
    Object.entries(shape.provider.shape).flatMap(([key, schema]) => {
      const parsed = (schema as z.ZodType).safeParse(section[key]);
      return parsed.success ? [[key, parsed.data]] : [];
    }),
  );
  const consumers = Array.isArray(file.consumers) ? (file.consumers as unknown[]) : [];
  const consumer = shape.consumers.unwrap().element;
  const tags = shape.tags.safeParse(file.tags);
  return {
    provider,
    consumers: consumers.map((element) => consumer.safeParse(element).data),
    tags: tags.success ? tags.data : undefined,
  };
}

function fields(value: unknown): Record<string, unknown> {
  return value !== null && typeof value === "object" ? (value as Record<string, unknown>) : {};
}

/** A complaint about the shape, in the words that the rules use. */
function shapeProblems(issue: z.core.$ZodIssue, file: unknown): Problem[] {
  const value = issue.path.reduce<unknown>((part, key) => fields(part)[String(key)], file);
  const path = issue.path;
  switch (issue.code) {
    case "invalid_type":
      return [
        {
          path,
          complaint:
            value === undefined
              ? `is missing; it must be ${article(issue.expected)}`
              : `must be ${article(issue.expected)}, got ${shown(value)}`,
        },
      ];
    case "unrecognized_keys":
      return issue.keys.map((key) => ({
        path: [...path, key],
        complaint: "is not a key that a deployment file has; deployments/deployment.schema.json lists them all",
      }));
    case "invalid_value":
      return [{ path, complaint: `must be one of ${issue.values.join(", ")}, got ${shown(value)}` }];
    case "invalid_union":
      return unionProblems(issue, path, value, file);
    case "too_small":
      return [{ path, complaint: `must have at least ${issue.minimum} elements, got ${shown(value)}` }];
    case "too_big":
      return [
        {
          path,
          complaint: `must have at most ${issue.maximum} ${issue.origin === "string" ? "characters" : "elements"}, got ${shown(value)}`,
        },
      ];
    default:
      return [
        { path, complaint: issue.message.includes("got ") ? issue.message : `${issue.message}, got ${shown(value)}` },
      ];
  }
}

function unionProblems(
  issue: z.core.$ZodIssueInvalidUnion,
  path: PropertyKey[],
  value: unknown,
  file: unknown,
): Problem[] {
  if (issue.discriminator === undefined) return [{ path, complaint: `must be 1, 2 or 3, got ${shown(value)}` }];
  const choices = (issue as { options?: unknown[] }).options ?? [];
  const given = issue.path.at(-1) === issue.discriminator ? value : fields(fields(value))[issue.discriminator];
  void file;
  return [{ path, complaint: `must be one of ${choices.map(String).join(", ")}, got ${shown(given)}` }];
}

function article(type: string): string {
  const words: Record<string, string> = {
    string: "text",
    number: "a number",
    boolean: "true or false",
    array: "a list",
    object: "a section with keys",
  };
  return words[type] ?? type;
}
