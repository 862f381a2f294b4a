import { PrivateDnsZone } from "@cdktf/provider-azurerm/lib/private-dns-zone";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { Subnet } from "@cdktf/provider-azurerm/lib/subnet";
import { Aspects, TerraformStack } from "cdktf";
import { Tags, TagsEverywhere, tagProblems } from "../../lib/azure/tags";
import { template } from "../support/template";

const many = (count: number): Tags => Object.fromEntries(Array.from({ length: count }, (_, i) => [`tag${i}`, "x"]));

describe("tags", () => {
  it.each([
    ["none", {}],
    ["fifteen", many(15)],
    ["a name of 512 characters", { ["n".repeat(512)]: "x" }],
    ["a value of 256 characters", { owner: "v".repeat(256) }],
    ["an empty value", { owner: "" }],
  ])("can be %s", (_, tags: Tags) => {
    expect(tagProblems(tags)).toEqual([]);
  });

  it("fails on sixteen", () => {
    expect(tagProblems(many(16))).toEqual([{ path: [], complaint: "must be at most 15 tags, got 16" }]);
  });

  it.each([
    ...["", "n".repeat(513), "a<b", "a>b", "a%b", "a&b", "a\\b", "a?b", "a/b"],
    ...["a b", "a(b", "a)b", "1a", "microsoft-x", "Azure", "windows"],
  ])("fails on the name %j", (name) => {
    expect(tagProblems({ [name]: "x" })).toEqual([
      {
        path: [name],
        complaint:
          "must have a name of 1 to 512 characters without blanks, parentheses, < > % & \\ ? or /, not beginning with a digit, microsoft, azure or windows",
      },
    ]);
  });

  it("fails on a value of 257 characters", () => {
    expect(tagProblems({ owner: "v".repeat(257) })).toEqual([
      { path: ["owner"], complaint: "must have at most 256 characters, got 257" },
    ]);
  });

  it("fails on everything that is wrong at once", () => {
    expect(tagProblems({ ...many(15), "a/b": "v".repeat(257) }).map(({ path }) => path)).toEqual([
      [],
      ["a/b"],
      ["a/b"],
    ]);
  });
});

describe("TagsEverywhere", () => {
  const tagged = (tags: Tags, define: (stack: TerraformStack) => void) =>
    template((stack) => {
      define(stack);
      Aspects.of(stack).add(new TagsEverywhere(tags));
    });
  const group = (stack: TerraformStack, tags?: Record<string, string>) =>
    new ResourceGroup(stack, "Group", { name: "rg-test", location: "uksouth", tags });

  it("tags every resource that can have tags, and no other", () => {
    const stack = tagged({ owner: "platform" }, (scope) => {
      const { name } = group(scope);
      new PrivateDnsZone(scope, "Zone", { name: "a.example", resourceGroupName: name });
      new Subnet(scope, "Subnet", {
        name: "snet-test",
        resourceGroupName: name,
        virtualNetworkName: "vnet-test",
        addressPrefixes: ["10.0.0.0/24"],
      });
    });
    expect(stack.one(ResourceGroup).values.tags).toEqual({ owner: "platform" });
    expect(stack.one(PrivateDnsZone).values.tags).toEqual({ owner: "platform" });
    expect(stack.one(Subnet).values).not.toHaveProperty("tags");
  });

  it("leaves a resource its own tags", () => {
    const stack = tagged({ owner: "platform", tier: "prod" }, (scope) => group(scope, { owner: "apis", extra: "1" }));
    expect(stack.one(ResourceGroup).values.tags).toEqual({ owner: "apis", tier: "prod", extra: "1" });
  });

  it("keeps what a person typed from becoming a template", () => {
    const stack = tagged({ "cost${x}": "${path.cwd} at 5%{if}" }, (scope) => group(scope));
    expect(stack.one(ResourceGroup).values.tags).toEqual({ "cost$${x}": "$${path.cwd} at 5%%{if}" });
  });
});
