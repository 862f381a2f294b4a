import { generalTagProblems, zonesKeepTag, zoneTags } from "../../lib/azure/tag-rules";

const many = (count: number): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`tag${i}`, "x"]));

const complaints = (tags: Record<string, string>) => generalTagProblems(tags).map(({ complaint }) => complaint);

describe("tags of any resource", () => {
  it.each([
    ["none", {}],
    ["fifty", many(50)],
    ["a name of 512 bytes", { ["é".repeat(256)]: "x" }],
    ["a value of 256 bytes", { owner: "é".repeat(128) }],
    ["an empty value", { owner: "" }],
    ["a name with blanks, parentheses, a colon and a digit in front", { "1 cost:centre (old)": "x" }],
    ["a name outside ASCII", { Kostenträger: "Söhne" }],
  ])("can be %s", (_, tags) => {
    expect(generalTagProblems(tags)).toEqual([]);
  });

  it("fails on fifty-one", () => {
    expect(generalTagProblems(many(51))).toEqual([{ path: [], complaint: "must be at most 50 tags, got 51" }]);
  });

  it.each([
    ["", "must have a name of 1 to 512 bytes, got 0"],
    ["n".repeat(513), "must have a name of 1 to 512 bytes, got 513"],
    [`${"é".repeat(256)}a`, "must have a name of 1 to 512 bytes, got 513"],
    ...["a<b", "a>b", "a%b", "a&b", "a\\b", "a?b", "a/b"].map((name) => [
      name,
      "must have a name without < > % & \\ ? or /",
    ]),
    ...["microsoft-x", "Azure", "windows"].map((name) => [
      name,
      "must have a name that does not begin with microsoft, azure or windows",
    ]),
    [
      "a\u202eb",
      "must have a name that can be read: it must not hold control characters or such that turn the direction of text, got U+202E as character 2",
    ],
  ])("fail on the name %j", (name, complaint) => {
    expect(generalTagProblems({ [name]: "x" })).toEqual([{ path: [name], complaint }]);
  });

  it.each([
    ["v".repeat(257), "must have at most 256 bytes, of which a letter outside ASCII takes two or more, got 257"],
    [`${"é".repeat(128)}a`, "must have at most 256 bytes, of which a letter outside ASCII takes two or more, got 257"],
    ["a\nb", "must not hold control characters or such that turn the direction of text, got U+000A as character 2"],
  ])("fail on the value %j", (value, complaint) => {
    expect(generalTagProblems({ owner: value })).toEqual([{ path: ["owner"], complaint }]);
  });

  it("fail on names that differ by capital letters only", () => {
    const complaint = "must differ from the other names by more than capital letters";
    expect(complaints({ owner: "a", Owner: "b", other: "c" })).toEqual([complaint, complaint]);
  });

  it("fail on everything at once", () => {
    expect(complaints({ ...many(50), "a/b": "v".repeat(257) })).toHaveLength(3);
  });
});

const DROPPED = ["1a", "a b", "a:b", "a(b", "Kostenträger", "a-", "a.", "a#b", "-", "", "東京"];

describe("tags of a private DNS zone", () => {
  it.each(["a", "_", "Owner", "cost-centre", "cost.centre_1", "_a", "-a", ".a"])(
    "are kept with the name %s",
    (name) => {
      expect(zonesKeepTag(name)).toBe(true);
    },
  );

  it.each(DROPPED)("are dropped with the name %j", (name) => {
    expect(zonesKeepTag(name)).toBe(false);
  });

  it("are those that it keeps where the others are left off", () => {
    expect(zoneTags({ owner: "a", "cost centre": "b", env: "c" })).toEqual({ owner: "a", env: "c" });
    expect(Object.keys(zoneTags({ "a b": "x", ...many(20) }))).toEqual(Object.keys(many(15)));
  });
});
