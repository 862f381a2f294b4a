import fc from "fast-check";
import { fileWith, FILES, HOSTILE, outcome, Path, PLACES, withValue } from "../support/hostile";
import { Terraform, timed } from "../support/synthesized";

// whatever a file is, it is refused in words or becomes Terraform, within a second; nothing crashes.

jest.setTimeout(240_000);

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
