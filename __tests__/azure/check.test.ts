import { Token } from "cdktf";
import { both, pathText, throwIfAny, check, shown, textOf, prefixed, wholeNumber } from "../../lib/azure/check";
import { refusal, template } from "../support/template";
import { Construct } from "constructs";

describe("a whole number", () => {
  it.each([1, 8, Token.asNumber({ resolve: () => 99 })])("can be %p", (value) => {
    expect(wholeNumber(1, 8)(value)).toBeUndefined();
  });

  it.each([0, 9, 1.5, -1, NaN, Infinity])("fails on %p", (value) => {
    expect(wholeNumber(1, 8)(value)).toBe(`must be a whole number from 1 to 8, got ${value}`);
  });

  it("says its unit", () => {
    expect(wholeNumber(4, 5, "minutes")(6)).toBe("must be a whole number from 4 to 5 minutes, got 6");
  });
});

it.each([
  [undefined, "nothing"],
  ["", '""'],
  ['a "b"', '"a \\"b\\""'],
  [3, "3"],
  [["x"], '["x"]'],
])("%j is shown as %s", (value, text) => {
  expect(shown(value)).toBe(text);
});

it("the first complaint of several rules is the one that is made", () => {
  const rule = both(textOf(1, 3), () => "must be something else");
  expect(rule("")).toBe('must have 1 to 3 characters, got 0: ""');
  expect(rule("ok")).toBe("must be something else");
});

describe("a text", () => {
  it.each(["x", " x ", "xxx", Token.asString({ resolve: () => " " })])("can be %j", (value) => {
    expect(textOf(1, 3)(value)).toBeUndefined();
  });

  it.each(["", "xxxx", "    "])("fails on %j by its length", (value) => {
    expect(textOf(1, 3)(value)).toBe(`must have 1 to 3 characters, got ${value.length}: ${shown(value)}`);
  });

  it.each([" ", "  ", "\t\n", "\u00a0"])("fails on %j, which is blank", (value) => {
    expect(textOf(1, 3)(value)).toBe(`must not be blank, got ${shown(value)}`);
  });
});

it("an absent value breaks no rule", () => {
  expect(check("name", undefined, () => "is wrong")).toEqual([]);
});

it("a path is written as people write it", () => {
  const [problem] = prefixed(
    ["consumers", 0],
    check(["network", "addressSpace", 1], "x", () => "is wrong"),
  );
  expect(pathText(problem?.path ?? [])).toBe("consumers[0].network.addressSpace[1]");
});

describe("refusing props", () => {
  it("does nothing where there is no problem", () => {
    expect(() => template((stack) => throwIfAny(new Construct(stack, "Subject"), []))).not.toThrow();
  });

  it("says everything at once, and where", () => {
    const problems = [
      { path: ["a", 0], complaint: "must be b" },
      { path: ["c"], complaint: "must be d" },
    ];
    expect(() => template((stack) => throwIfAny(new Construct(stack, "Subject"), problems))).toThrow(
      refusal("test/Subject", "a[0] must be b", "c must be d"),
    );
  });
});
