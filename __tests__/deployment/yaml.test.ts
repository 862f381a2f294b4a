import { readFileSync } from "node:fs";
import { stringify } from "yaml";
import { YAML_MISTAKES } from "../../lib/deployment/yaml-mistakes";
import { refusalOf } from "../support/synthesized";
import { edited } from "./edited";

/** The codes that the library says it has. */
const CODES = [
  ...(readFileSync(require.resolve("yaml/package.json").replace("package.json", "dist/errors.d.ts"), "utf8")
    .match(/ErrorCode = ([^;]*);/)?.[1]
    ?.matchAll(/'(\w+)'/g) ?? []),
].map(([, code]) => code ?? "");

it("has words for each of the library's codes", () => {
  expect(CODES.length).toBeGreaterThan(20);
  expect(Object.keys(YAML_MISTAKES).sort()).toEqual([...CODES].sort());
});

// each of them as somebody comes to write it; two have no text that leads to them: a key that is no text is taken, and what is
// impossible is.
const WRITTEN: readonly (readonly [code: keyof typeof YAML_MISTAKES, text: string, place: string])[] = [
  ["ALIAS_PROPS", "a: &x 1\nb: &y *x\n", "line 2, column 7"],
  ["BAD_ALIAS", "a: & 1\n", "line 1, column 4"],
  ["BAD_COLLECTION_TYPE", "a: !!omap { b: 1 }\n", "line 1, column 4"],
  ["BAD_DIRECTIVE", "%TAG x\n---\na: 1\n", "line 1, column 1"],
  ["BAD_DQ_ESCAPE", 'a: "C:\\d"\n', "line 1, column 7"],
  ["BAD_INDENT", "a:\n    b: 1\n  c: 2\n", "line 3, column 1"],
  ["BAD_PROP_ORDER", "&x ? a\n", "line 1, column 4"],
  ["BAD_SCALAR_START", "a: @b\n", "line 1, column 4"],
  ["BLOCK_AS_IMPLICIT_KEY", "a: b: c\n", "line 1, column 4"],
  ["BLOCK_IN_FLOW", "a: [\n  - b\n]\n", "line 2, column 3"],
  ["DUPLICATE_KEY", "a: 1\na: 2\n", "line 2, column 1"],
  ["KEY_OVER_1024_CHARS", `${"a".repeat(1100)}: 1\n`, "line 1, column 1"],
  ["MISSING_CHAR", 'a: "b\n', "line 2, column 1"],
  ["MULTILINE_IMPLICIT_KEY", "a\nb: 1\n", "line 1, column 1"],
  ["MULTIPLE_ANCHORS", "a: &x &y b\n", "line 1, column 7"],
  ["MULTIPLE_TAGS", "a: !!str !!int b\n", "line 1, column 10"],
  ["TAB_AS_INDENT", "a:\n\tb: 1\n", "line 2, column 1"],
  ["TAG_RESOLVE_FAILED", "a: !Ref b\n", "line 1, column 4"],
  ["UNEXPECTED_TOKEN", "a: [1] ]\n", "line 1, column 8"],
];

describe("what is no YAML is said in words of ours, with its place", () => {
  it.each(WRITTEN)("%s", (code, text, place) => {
    expect(refusalOf(text)).toContain(`FILE is not YAML:\n- ${YAML_MISTAKES[code]}, at ${place}`);
  });

  it("all of the library's codes, but those that no file of ours can lead to", () => {
    const elsewhere = ["IMPOSSIBLE", "MULTIPLE_DOCS", "NON_STRING_KEY", "RESOURCE_EXHAUSTION"];
    expect([...WRITTEN.map(([code]) => code as string), ...elsewhere].sort()).toEqual([...CODES].sort());
  });

  it("ten at most", () => {
    expect(refusalOf("a: @b\n".repeat(50)).split("\n")).toHaveLength(11);
  });

  it.each(["!!binary aGVsbG8=", "!!timestamp 2026-01-01", "!!set { a }", "!!omap [a: 1]", `!${"x".repeat(500_000)} y`])(
    "a tag that makes something else of a value: %.40s",
    (value) => {
      expect(refusalOf(`tags: ${value}\n`)).toMatch(/^FILE is not YAML:\n- a tag \(!name\) must be one [^\n]{1,80}$/);
    },
  );

  it("but tags for plain values are taken", () => {
    const text = stringify(edited("quickstart")).replace("name: ", "name: !!str ");
    expect(refusalOf(text)).toBe("");
  });

  it("a merge of what is no section", () => {
    expect(refusalOf("a:\n  <<: b\n")).toBe("FILE is not YAML:\n- a merge (<<) must bring sections");
  });

  it("a bracket that closes a section further out than it opened is taken", () => {
    const { tags, ...rest } = edited("quickstart");
    expect(refusalOf(`${stringify(rest)}tags: {\n  a: b\n}\n`)).toBe("");
    expect(tags).toBeUndefined();
  });
});
