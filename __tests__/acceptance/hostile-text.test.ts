import { UNSEEN } from "../../lib/azure/check";
import { fileWith, HOSTILE, outcome, Path, PLACES, withValue } from "../support/hostile";

// what somebody else writes into any place is refused in words, or becomes text in Terraform; it never becomes code.

jest.setTimeout(240_000);

/** All text of a value. */
function texts(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...texts(inner)]);
}

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
