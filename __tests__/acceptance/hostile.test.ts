import fc from "fast-check";
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { JsonNode, jsonSchemaOf } from "../../commands/schema/json-schema";
import { branches } from "../../commands/schema/described";
import { shippedDeployments } from "../../commands/synthesized";
import { UNSEEN } from "../../lib/azure/check";
import { deploymentSchema } from "../../lib/deployment/deployment";
import { DeploymentError } from "../../lib/deployment/deployment-error";
import { synthesized, Terraform, timed, withFile } from "../support/synthesized";

// what somebody else writes is refused in words, or becomes text in Terraform; it never becomes code, and nothing crashes.

jest.setTimeout(240_000);

type Path = readonly (string | number)[];

const FILES = shippedDeployments().map((path) => parse(readFileSync(path, "utf8")) as Terraform);

const HOSTILE: Record<string, string> = {
  "a marker of text": "${TfToken[TOKEN.0]}",
  "a marker of a list": "#{TfToken[TOKEN.1]}",
  "a marker that stands for nothing": "${TfToken[TOKEN.99999]}",
  "an expression beside a marker": '${file("/etc/hostname")}${TfToken[TOKEN.0]}',
  "an expression": '${file("/etc/hostname")}',
  "a directive": "%{ if true }x%{ endif }",
  quotes: `x'; id; : '"; id; "`,
  "a command substitution": "$(id)",
  backticks: "`id`",
  "line ends": "x\nid\r\ny",
  "turned text": "x\u202edi\u202c",
  "isolated text": "x\u2066di\u2069",
  nothing: "\u0000",
  "a hundred kilobytes": "a".repeat(100_000),
};

/** The Terraform of a file, or what it is refused for. */
function outcome(content: unknown): { stacks?: Record<string, Terraform>; refused?: string } {
  return withFile(content, (path) => {
    try {
      return { stacks: synthesized(path) };
    } catch (error) {
      if (!(error instanceof DeploymentError)) throw error;
      return { refused: error.message.replaceAll(path, "FILE") };
    }
  });
}

/** Every place of the schema in which text can stand. */
function textPlaces(node: JsonNode, path: Path = []): Path[] {
  const own = node.type === "string" || Array.isArray(node.enum) ? [path] : [];
  const keys = Object.entries((node.properties ?? {}) as Record<string, JsonNode>);
  return [
    ...own,
    ...keys.flatMap(([key, child]) => textPlaces(child, [...path, key])),
    ...(node.items ? textPlaces(node.items as JsonNode, [...path, 0]) : []),
    ...(typeof node.additionalProperties === "object" ? [[...path, "owner"]] : []),
    ...branches(node).flatMap((branch) => textPlaces(branch, path)),
  ];
}

/** A copy of a value with another in one place, with whatever sections lead there. */
function withValue(root: unknown, [key, ...rest]: Path, value: unknown): unknown {
  if (key === undefined) return value;
  const copy: Record<string | number, unknown> | unknown[] =
    typeof key === "number" ? [...((root ?? []) as unknown[])] : { ...(root as Record<string, unknown>) };
  const fields = copy as Record<string | number, unknown>;
  fields[key] = withValue(fields[key], rest, value);
  return copy;
}

/** The shipped file that has most of what leads to a place. */
function fileWith(path: Path): Terraform {
  const depth = (file: unknown) => {
    let part = file;
    return path.findIndex((key) => (part = (part as Terraform | undefined)?.[key]) === undefined);
  };
  const reach = (file: unknown) => (depth(file) === -1 ? path.length : depth(file));
  return FILES.reduce((best, file) => (reach(file) > reach(best) ? file : best));
}

/** All text of a value. */
function texts(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...texts(inner)]);
}

const PLACES = [...new Map(textPlaces(jsonSchemaOf(deploymentSchema)).map((path) => [path.join("."), path])).values()];

it("knows the places in which text can stand", () => {
  expect(PLACES.length).toBeGreaterThan(80);
});

describe.each(PLACES.map((path): [string, Path] => [path.join("."), path]))("%s", (_, path) => {
  it("is refused, or is text, whatever stands there", () => {
    for (const [what, text] of Object.entries(HOSTILE)) {
      const { stacks, refused } = outcome(withValue(fileWith(path), path, text));
      if (refused !== undefined) {
        expect(refused.length).toBeLessThan(8_000);
        expect(refused.replaceAll("\n", "")).not.toMatch(UNSEEN);
        continue;
      }
      expect([what, text.includes("TfToken")]).toEqual([what, false]);
      expect(texts(stacks).filter((one) => /(?<!\$)\$\{file\(|(?<!%)%\{ if/.test(one))).toEqual([]);
      const spliced = texts(stacks).filter((one) => /id; :|\$\(id\)|`id`/.test(one) && one !== text);
      expect(spliced).toEqual([]);
    }
  });
});

const anywhere: fc.Arbitrary<Path> = fc.constantFrom(...PLACES);

const anything = fc.oneof(
  fc.constantFrom(...Object.values(HOSTILE)),
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.jsonValue({ maxDepth: 3 }),
  fc.double(),
  fc.constantFrom<unknown>(
    [],
    {},
    null,
    -1,
    0,
    1e300,
    -1.8881545897087736e289,
    "10.0.1.0/24",
    "10.0.1.300",
    "env:HOME",
  ),
);

/** Nothing but a deployment or a refusal in words comes of a file, within a second. */
function holds(content: unknown): void {
  const { took, value } = timed(() => outcome(content));
  expect(took).toBeLessThan(3_000);
  const { refused } = value;
  if (refused === undefined) return;
  expect(refused.length).toBeLessThan(8_000);
  expect(refused).not.toMatch(/undefined|\[object|circular|maxAliasCount|call stack|implicit|flow |YAML\.parse|zod/i);
}

const RUNS = Number(process.env.FUZZ_RUNS ?? 700);
const SEED = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31);

beforeAll(() => void process.stdout.write(`FUZZ_SEED=${SEED} repeats these cases\n`));

function always<T>(arbitrary: fc.Arbitrary<T>, property: (value: T) => void, numRuns = RUNS): void {
  fc.assert(fc.property(arbitrary, property), { numRuns, seed: SEED, verbose: 1 });
}

describe("a file with something in the wrong place", () => {
  it("becomes Terraform, or is refused in words: one value of a shipped file", () => {
    always(fc.tuple(fc.constantFrom(...FILES), anywhere, anything), ([file, path, value]) => {
      holds(withValue(file, path, value));
    });
  });

  it("becomes Terraform, or is refused in words: any value at all", () => {
    always(
      fc.oneof(anything, fc.dictionary(fc.constantFrom("provider", "consumers", "tags", "state"), anything)),
      holds,
    );
  });

  it("becomes Terraform, or is refused in words: a flood of a few characters that YAML is made of", () => {
    const mark = fc.constantFrom(
      ..."[ ] { } , - ? : & * ! | > % @ # ' \" \\ \n \t a 1 << --- ...".split(" "),
      " ",
      "\n",
      "\r",
      "\u0000",
    );
    const word = fc.array(mark, { minLength: 1, maxLength: 5 }).map((marks) => marks.join(""));
    const flood = fc
      .tuple(
        fc.constantFrom("", "[", "{", '"', "'", "a: |\n  ", "- ", "a:\n "),
        word,
        fc.constantFrom(3_000, 290_000, 1_000_000),
      )
      .map(([open, text, length]) => open + text.repeat(Math.ceil(length / text.length)).slice(0, length));
    always(flood, holds, Math.ceil(RUNS / 7));
  });

  it("becomes Terraform, or is refused in words: long lists, of what is right and of what is wrong", () => {
    const lists = PLACES.filter((path) => path.includes(0));
    const element = (path: Path, index: number): unknown =>
      ({ hostNames: `a${index}.example.com`, customDomains: `a${index}.example.com` })[String(path.at(-2))] ??
      `00000000-0000-0000-0000-${String(index).padStart(12, "0")}`;
    const long = fc.tuple(fc.constantFrom(...lists), fc.constantFrom(200, 1000, 4000), fc.boolean());
    always(
      long,
      ([path, count, right]) => {
        const at = path.indexOf(0);
        const file = fileWith(path);
        const first = path
          .slice(0, at + 1)
          .reduce<unknown>((part, key) => (part as Terraform | undefined)?.[key], file);
        const rest = path.slice(at + 1);
        const list = Array.from({ length: count }, (_, index) =>
          withValue(first, rest, right ? element(path, index) : index),
        );
        holds(JSON.stringify(withValue(file, path.slice(0, at), list)));
      },
      Math.ceil(RUNS / 7),
    );
  });

  it("becomes Terraform, or is refused in words: any bytes", () => {
    always(fc.string({ unit: "binary", maxLength: 200 }), holds);
  });
});
