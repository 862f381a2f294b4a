import { z } from "zod";
import { pathText, Problem, shown } from "../azure/check";
import { SoundParts } from "./checks";
import { consumerSection } from "./consumer-section";
import { providerSection } from "./provider-section";
import { deploymentSchema, ServiceSection } from "./schema";

const KINDS: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  boolean: "true or false",
  array: "a list",
  object: "a section with keys",
  record: "a section with keys",
};

/** The parts of a file that have the right shape. */
interface SoundFile extends Omit<SoundParts, "service"> {
  readonly service?: ServiceSection;
}

/** What is wrong with the shape of a file: keys, kinds of values, choices, parts that are missing. */
export function shapeProblems(file: unknown): Problem[] {
  const parsed = deploymentSchema.safeParse(file);
  const issues = parsed.success ? [] : parsed.error.issues.flatMap((issue) => problemsOf(issue, [], file));
  return [...issues, ...missingParts(file)];
}

/** The parts of a file that have the right shape, each seen on its own and without the values that have not. */
export function soundParts(file: unknown): SoundFile {
  const { provider, service, consumers, tags } = fields(withoutFaults(file));
  const shape = deploymentSchema.shape;
  return {
    provider: provider === undefined ? undefined : soundSections(providerSection.shape, provider),
    service: shape.service.safeParse(service).data,
    consumers: listed(fields(file).consumers)
      ? listed(consumers)?.map((consumer) => soundSections(consumerSection.shape, consumer))
      : undefined,
    tags: shape.tags.safeParse(tags).data,
  };
}

/** A list, or none for a file that leaves it out; undefined for anything else. */
function listed(value: unknown): unknown[] | undefined {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as unknown[]) : undefined;
}

function soundSections<S extends z.ZodRawShape>(shape: S, section: unknown): Partial<z.output<z.ZodObject<S>>> {
  if (section === null || typeof section !== "object") return {};
  const sound = Object.entries(shape).flatMap(([key, schema]) => {
    const parsed = (schema as z.ZodType).safeParse(fields(section)[key]);
    return parsed.success ? [[key, parsed.data]] : [];
  });
  return Object.fromEntries(sound) as Partial<z.output<z.ZodObject<S>>>;
}

/** The file without the values that have a problem of their own, so that the rest of their sections is judged. */
function withoutFaults(file: unknown): unknown {
  const faults = new Set(
    shapeProblems(file)
      // a list loses all its elements with one, so that the others keep their places.
      .map(({ path }) => pathText(path.slice(0, path.findLastIndex((key) => typeof key === "string") + 1))),
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

/** Parts of which a file needs one or another. */
function missingParts(file: unknown): Problem[] {
  if (file === null || typeof file !== "object") return [];
  const { provider, service, consumers } = fields(file);
  if (provider === undefined && service === undefined) {
    return [
      {
        path: ["provider"],
        complaint: "is missing; a file has a provider, or consumers and the service that they use",
      },
    ];
  }
  if (provider === undefined) {
    return Array.isArray(consumers) && consumers.length > 0
      ? []
      : [{ path: ["consumers"], complaint: "is missing; a file without a provider has at least one consumer" }];
  }
  const section = fields(provider);
  const direct = fields(section.privateLinkService).mode === "directConnect";
  const missing = (key: string, why: string): Problem[] =>
    section[key] === undefined ? [{ path: ["provider", key], complaint: `is missing; ${why}` }] : [];
  return [
    ...(service === undefined
      ? []
      : [
          {
            path: ["service"],
            complaint: "must be left out where there is a provider, whose service the consumers use",
          },
        ]),
    ...(section.target === undefined ? missing("apim", "connections go to an APIM instance, or to a target") : []),
    ...(direct
      ? []
      : missing("forwarder", "it carries the connections, unless privateLinkService.mode is directConnect")),
    ...(direct
      ? []
      : missing("loadBalancer", "it spreads the connections, unless privateLinkService.mode is directConnect")),
  ];
}

function fields(value: unknown): Readonly<Record<string, unknown>> {
  return value !== null && typeof value === "object" ? (value as Record<string, unknown>) : {};
}

function problemsOf(issue: z.core.$ZodIssue, above: readonly PropertyKey[], file: unknown): Problem[] {
  const path = [...above, ...issue.path];
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
        complaint: "is not a key that a deployment file has here; deployments/deployment.schema.json lists them all",
      }));
    case "invalid_value":
      return [{ path, complaint: `must be one of ${issue.values.join(", ")}, ${got}` }];
    case "invalid_union": {
      const chosen = chosenBranch(issue, value);
      if (chosen) return chosen.flatMap((inner) => problemsOf(inner, path, file));
      const be = `must be ${choices(issue)}`;
      return [{ path, complaint: value === undefined ? `is missing; it ${be}` : `${be}, ${got}` }];
    }
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

/** The branch that a section means: the first one, with its telling key, where the section has that key. */
function chosenBranch(issue: z.core.$ZodIssueInvalidUnion, value: unknown): z.core.$ZodIssue[] | undefined {
  if ("discriminator" in issue || issue.errors.length !== 2 || value === null || typeof value !== "object") {
    return undefined;
  }
  return "existing" in value || "from" in value ? issue.errors[0] : issue.errors[1];
}

function choices(issue: z.core.$ZodIssueInvalidUnion): string {
  if ("options" in issue && Array.isArray(issue.options)) return `one of ${issue.options.map(String).join(", ")}`;
  const inner = issue.errors.flat();
  const values = inner.flatMap((branch) => (branch.code === "invalid_value" ? branch.values.map(String) : []));
  const kinds = inner.flatMap((branch) => (branch.code === "invalid_type" ? (KINDS[branch.expected] ?? []) : []));
  return values.length > 0 ? `one of ${[...new Set(values)].join(", ")}` : [...new Set(kinds)].join(" or ");
}
