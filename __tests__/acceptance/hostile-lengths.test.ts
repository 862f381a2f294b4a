import fc from "fast-check";
import { always, holds, RUNS } from "../support/fuzz";
import { fileWith, Path, PLACES, withValue } from "../support/hostile";
import { Terraform } from "../support/synthesized";

// however long a file or a list in it is, it is refused in words or becomes Terraform, within a second.

jest.setTimeout(240_000);

describe("a file that is too long, or has a list that is", () => {
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
});
