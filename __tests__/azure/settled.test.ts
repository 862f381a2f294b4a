import { Token } from "cdktf";
import { Construct } from "constructs";
import { isToken } from "../../lib/azure/check";
import { withKey, asked, choice, kinds, list, section, text, whole } from "../../lib/azure/setting";
import { beside, judged, settled } from "../../lib/azure/settled";
import { z } from "zod";
import { refusal, template } from "../support/template";

const SCHEMA = section({
  name: text((value) => (value === "" ? "must not be empty" : undefined)).default("pls"),
  count: whole(1, 8).default(2),
  names: list(text()).default([]),
});

describe("what is judged", () => {
  it("has its defaults where nothing is wrong", () => {
    expect(judged(SCHEMA, { name: "x" })).toEqual({ value: { name: "x", count: 2, names: [] }, problems: [] });
  });

  it("has tokens in the place of text and numbers that are wrong or of another kind", () => {
    for (const wrong of [
      { name: "", count: 9 },
      { name: "", count: "9" },
      { name: 5, count: 9 },
    ]) {
      const { value, problems } = judged(SCHEMA, wrong);
      expect(value).toEqual({ name: expect.any(String), count: expect.any(Number), names: [] });
      expect([value?.name, value?.count].map(isToken)).toEqual([true, true]);
      expect(problems.map(({ path }) => path)).toEqual([["name"], ["count"]]);
    }
  });

  it("has a token in the place of what is missing", () => {
    expect(isToken(judged(section({ name: text() }), {}).value?.name)).toBe(true);
  });

  it("has lists whose elements keep their places", () => {
    const { value, problems } = judged(SCHEMA, { names: ["a", 5, "c"] });
    expect(value?.names).toEqual(["a", expect.any(String), "c"]);
    expect(isToken(value?.names[1])).toBe(true);
    expect(problems.map(({ path }) => path)).toEqual([["names", 1]]);
  });

  it("has the default in the place of what else is wrong, and no unknown keys", () => {
    const schema = section({
      disk: choice("a", "b").default("a"),
      zones: list(choice("1", "2")).default([]),
      name: text(),
    });
    expect(judged(schema, { disk: "x", zones: ["1", "3"], name: "n", size: 1 }).value).toEqual({
      disk: "a",
      zones: [],
      name: "n",
    });
  });

  it("is without what may be no token", () => {
    const exact = asked(z.number(), (value) =>
      isToken(value) || value > 8 ? "must be known and 8 at most" : undefined,
    );
    const { value, problems } = judged(section({ exact: exact.optional(), name: text() }), { exact: 9, name: "n" });
    expect(value).toEqual({ name: "n" });
    expect(problems).toEqual([{ path: ["exact"], complaint: "must be known and 8 at most" }]);
  });

  it("is of the kind that it would be without its mistake", () => {
    const network = kinds({
      existing: { when: withKey("existing"), schema: section({ existing: text(), subnet: text() }) },
      new: { schema: section({ size: whole(2, 29) }) },
    });
    expect(judged(section({ network }), { network: { existing: 5, subnet: "s" } }).value?.network).toMatchObject({
      kind: "existing",
      subnet: "s",
    });
  });

  it("is nothing where no value can be made of it, and left as it was", () => {
    const schema = section({ parts: section({ sizes: list(text()) }) });
    const given = { parts: {}, nam: 1 };
    expect(judged(schema, given)).toEqual({
      problems: [
        { path: ["parts", "sizes"], complaint: "is missing; it must be a list" },
        { path: ["nam"], complaint: "is not a key here; there are parts" },
      ],
    });
    expect(given).toEqual({ parts: {}, nam: 1 });
  });
});

it("a second judgement says nothing about a place that has a problem", () => {
  const said = [{ path: ["a", 0], complaint: "is wrong" }];
  const more = [
    { path: ["a", 0], complaint: "is wrong too" },
    { path: ["a"], complaint: "is too long" },
  ];
  expect(beside(said, more)).toEqual([{ path: ["a"], complaint: "is too long" }]);
});

describe("settled props", () => {
  const settle = (props: z.input<typeof SCHEMA>, across?: Parameters<typeof settled<typeof SCHEMA>>[3]) => {
    let settings: z.output<typeof SCHEMA> | undefined;
    template((stack) => (settings = settled(new Construct(stack, "Subject"), SCHEMA, props, across)));
    return settings;
  };

  it("are those of the schema, with their defaults, whatever else a construct is given", () => {
    expect(settle({ name: "x", ...{ subnet: { id: "/subnet" } } })).toEqual({ name: "x", count: 2, names: [] });
  });

  it("keep what Terraform computes", () => {
    const name = Token.asString({ resolve: () => "later" });
    expect(settle({ name })?.name).toBe(name);
  });

  it("fail once with what is wrong by itself and between them", () => {
    const across = () => [
      { path: ["name"], complaint: "must suit the count" },
      { path: ["names", 0], complaint: "must suit the name" },
    ];
    expect(() => settle({ name: "", count: 9, names: ["a"] }, across)).toThrow(
      refusal(
        "test/Subject",
        "name must not be empty",
        "count must be a whole number from 1 to 8, got 9",
        "names[0] must suit the name",
      ),
    );
  });
});
