import { Token } from "cdktf";
import { z } from "zod";
import { matching } from "../../lib/azure/check";
import { withKey, choice, flag, kinds, list, listOnce, section, text, whole } from "../../lib/azure/setting";
import { judged } from "../../lib/azure/settled";

const complaints = (schema: z.ZodType, value: unknown) =>
  judged(schema, value).problems.map(({ path, complaint }) => [path.join("."), complaint]);

describe("a setting", () => {
  it.each<[string, z.ZodType, unknown, unknown]>([
    ["text", text(), "x", "x"],
    ["text that Terraform computes", text(matching(/^a$/, "a")), Token.asString({ resolve: () => "b" }), undefined],
    ["a whole number", whole(1, 3), 3, 3],
    ["true or false", flag(), false, false],
    ["one of several words", choice("a", "b"), "b", "b"],
    ["a list", list(text()), ["a", "a"], ["a", "a"]],
    ["a list that holds nothing twice", listOnce(text()), ["a", "b"], ["a", "b"]],
    ["a default", section({ size: text().default("small") }), {}, { size: "small" }],
  ])("can be %s", (_, schema, value, read) => {
    expect(judged(schema, value)).toEqual({ value: read ?? value, problems: [] });
  });

  it.each<[string, z.ZodType, unknown, string]>([
    ["text", text(), 5, "must be text, got 5"],
    ["text that is missing", text(), undefined, "is missing; it must be text"],
    ["text of a shape", text(matching(/^a$/, "a")), "b", 'must be a, got "b"'],
    ["a number", whole(1, 3), "2", 'must be a number, got "2"'],
    ["a whole number", whole(1, 3, "probes"), 4, "must be a whole number from 1 to 3 probes, got 4"],
    ["true or false", flag(), "yes", 'must be true or false, got "yes"'],
    ["one of several words", choice("a", "b"), "c", 'must be one of a, b, got "c"'],
    ["a list", list(text()), "a", 'must be a list, got "a"'],
    ["a list of one at least", list(text()).min(1), [], "must have at least 1 element, got []"],
    ["a list of two at most", list(text()).max(2), ["a", "b", "c"], 'must have at most 2 elements, got ["a","b","c"]'],
    ["a section", section({}), null, "must be a section with keys, got null"],
  ])("fails where it is not %s", (_, schema, value, complaint) => {
    expect(complaints(schema, value)).toEqual([["", complaint]]);
  });

  it("counts a list that nobody would read", () => {
    expect(complaints(list(flag()).max(2), Array(11).fill(true))).toEqual([
      ["", "must have at most 2 elements, got 11"],
    ]);
  });

  it("fails for each place of a list that is wrong, and for each repetition", () => {
    expect(complaints(list(text()), ["a", 1, "b", 2])).toEqual([
      ["1", "must be text, got 1"],
      ["3", "must be text, got 2"],
    ]);
    expect(complaints(listOnce(text()), ["a", "b", "a", "a"])).toEqual([
      ["2", 'must not be listed twice, got "a" again'],
      ["3", 'must not be listed twice, got "a" again'],
    ]);
  });
});

describe("an unknown key", () => {
  const service = section({
    natIpCount: whole(1, 8).optional(),
    loadBalancer: section({ name: text().optional() }).optional(),
  });

  it.each([
    ["natIPCount", "natIpCount"],
    ["natIpCounts", "natIpCount"],
    ["loadbalancer", "loadBalancer"],
    ["loadBalncer", "loadBalancer"],
  ])("%s suggests %s", (key, nearest) => {
    expect(complaints(service, { [key]: 1 })).toEqual([[key, `is not a key here; did you mean ${nearest}?`]]);
  });

  it("suggests all keys where none is near, at its own place, each by itself", () => {
    expect(complaints(service, { loadBalancer: { sku: "x" }, ports: [443], zones: [] })).toEqual([
      ["loadBalancer.sku", "is not a key here; there are name"],
      ["ports", "is not a key here; there are natIpCount, loadBalancer"],
      ["zones", "is not a key here; there are natIpCount, loadBalancer"],
    ]);
  });
});

describe("a section whose kinds are told by a word", () => {
  const state = z.discriminatedUnion("backend", [
    section({ backend: z.literal("local"), path: text() }),
    section({ backend: z.literal("azurerm") }),
  ]);

  it("fails for another word, and for none, at the word", () => {
    expect(complaints(state, { backend: "s3" })).toEqual([["backend", 'must be one of local, azurerm, got "s3"']]);
    expect(complaints(state, {})).toEqual([["backend", "is missing; it must be one of local, azurerm"]]);
  });

  it("fails for what is wrong of its kind", () => {
    expect(complaints(state, { backend: "azurerm", path: "x" })).toEqual([
      ["path", "is not a key here; there are backend"],
    ]);
  });
});

describe("a section of several kinds", () => {
  const network = kinds({
    existing: {
      when: withKey("existing"),
      schema: section({ existing: section({ name: text() }), subnet: text() }).transform(({ existing, subnet }) => ({
        ...existing,
        subnet,
      })),
    },
    peered: { when: withKey("peering"), schema: section({ peering: text() }) },
    new: { schema: section({ name: text().default("vnet"), size: whole(2, 29) }) },
  });

  it.each([
    [
      { existing: { name: "hub" }, subnet: "s" },
      { kind: "existing", name: "hub", subnet: "s" },
    ],
    [{ peering: "p" }, { kind: "peered", peering: "p" }],
    [{ size: 24 }, { kind: "new", name: "vnet", size: 24 }],
  ])("is told by its key: %j", (written, read) => {
    expect({ ...network.parse(written) }).toEqual(read);
  });

  it("is the same when it is read again, alone or within another section", () => {
    const read = network.parse({ existing: { name: "hub" }, subnet: "s" });
    expect(network.parse(read)).toBe(read);
    expect(section({ network }).parse({ network: read }).network).toBe(read);
  });

  it.each<[string, unknown, [string, string][]]>([
    [
      "of the kind that it is",
      { existing: { nam: "hub" }, size: 24 },
      [
        ["network.existing.name", "is missing; it must be text"],
        ["network.existing.nam", "is not a key here; did you mean name?"],
        ["network.subnet", "is missing; it must be text"],
        ["network.size", "is not a key here; there are existing, subnet"],
      ],
    ],
    [
      "of the last kind where no key tells another",
      { size: 1 },
      [["network.size", "must be a whole number from 2 to 29, got 1"]],
    ],
    [
      "of a misspelt key that would have told another kind",
      { exsting: { name: "hub" } },
      [
        ["network.size", "is missing; it must be a number"],
        ["network.exsting", "is not a key here; did you mean existing?"],
      ],
    ],
    ["of what is no section", "hub", [["network", 'must be a section with keys, got "hub"']]],
    ["of nothing", undefined, [["network", "is missing; it must be a section with keys"]]],
  ])("fails at the places %s", (_, value, expected) => {
    expect(complaints(section({ network }), { network: value })).toEqual(expected);
  });

  it("does not take the name of its kind from somebody who writes it", () => {
    expect(complaints(network, { kind: "new", size: 24 })).toEqual([
      ["kind", "is not a key here; there are name, size, existing, peering"],
    ]);
  });
});
