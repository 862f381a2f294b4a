import { pairOf } from "../../commands/pairs";
import { drawingOf } from "../../review/picture/topology";
import { dot } from "../../review/picture/svg";
import { mermaid } from "../../review/picture/mermaid";
import { stackOf, Tree } from "../../review/read/stacks";
import { reviewMarkdown } from "../../review/report/markdown";
import { reviewed } from "../../review/report/review";

// a name can come from anybody's Terraform; in a comment of a pull request it must stay a name, wherever it stands.

const HOSTILE =
  "a|b`c``d<img src=x onerror=alert(1)>@everyone\n\n# heading\n--> </details></summary> [l](javascript:x) ![i](//x) http://evil.example \u202edlrow";

type Json = unknown;

/** A value with every text in it changed for which `choose` says so by the key that it stands under. */
function planted(value: Json, choose: (key: string) => boolean, key = ""): Json {
  if (Array.isArray(value)) return value.map((one) => planted(one, choose, key));
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, planted(one, choose, name)]));
  }
  // what refers to another resource does so still.
  return typeof value === "string" && choose(key) ? `${value.includes("${") ? value : ""}${HOSTILE}` : value;
}

/** All keys under which a stack has text. */
function textKeys(value: Json, key = ""): string[] {
  if (Array.isArray(value)) return value.flatMap((one) => textKeys(one, key));
  if (typeof value === "object" && value !== null) {
    return Object.entries(value).flatMap(([name, one]) => textKeys(one, name));
  }
  return typeof value === "string" ? [key] : [];
}

const resourcesOf = (tree: Tree): Json[] => [...tree.values()].map(({ json }) => json.resource);

function withHostile(tree: Tree, change: (json: Json) => Json): Tree {
  return new Map(
    [...tree].map(([name, { json }]) => [name, stackOf(name, { ...json, resource: change(json.resource) as object })]),
  );
}

/** What of a comment is no code, neither in a line nor fenced. */
function outsideOfCode(text: string): string {
  return text.replace(/^(`{3,})[^\n]*\n[\s\S]*?^\1$/gm, "").replace(/`[^`\n]*`/g, "");
}

function expectHarmless(before: Tree, after: Tree): void {
  const review = reviewed({ file: "a.yaml", before, after });
  const text = reviewMarkdown([review], mermaid);
  const outside = outsideOfCode(text);
  expect(outside).not.toMatch(/onerror=|@everyone|\]\(|http:|# heading|`/);
  expect(outside.replace(/<\/?(details|summary)>/g, "")).not.toMatch(/[<>]/);
  expect(text).not.toMatch(/\u202e/);
  expect(outside.match(/<details>/g) ?? []).toHaveLength((outside.match(/<\/details>/g) ?? []).length);
  expect(mermaid(review).replaceAll("<br/>", "")).not.toMatch(/[<`@|\u202e]/);
  for (const [, quoted] of dot(drawingOf(review)).matchAll(/"((?:[^"\\]|\\.)*)"/g)) expect(quoted).not.toMatch(/\n/);
}

describe.each([
  "the load balancer's name",
  "the provider's region",
  "anybody with the alias",
  "an override opens the load balancer to the internet",
])("hostile text in a change: %s", (name) => {
  const { before, after } = pairOf(name);
  const keys = [...new Set([...resourcesOf(before), ...resourcesOf(after)].flatMap((json) => textKeys(json)))].sort();

  it("finds text to plant it in", () => expect(keys.length).toBeGreaterThan(20));

  it.each(keys)("as %s, on both sides and on the later one", (key) => {
    const hostile = (json: Json) => planted(json, (one) => one === key);
    expectHarmless(withHostile(before, hostile), withHostile(after, hostile));
    expectHarmless(before, withHostile(after, hostile));
  });

  it("as tags, labels of resources and names of stacks", () => {
    const tagged = (json: Json) =>
      Object.fromEntries(
        Object.entries(json as object).map(([type, all]) => [
          type,
          Object.fromEntries(
            Object.entries(all as object).map(([label, body]) => [
              `${label}${HOSTILE}`,
              { ...(body as object), tags: { [HOSTILE]: HOSTILE } },
            ]),
          ),
        ]),
      );
    expectHarmless(before, withHostile(after, tagged));
    expectHarmless(before, new Map([...after].map(([stack, value]) => [`${stack}${HOSTILE}`, value])));
  });
});
