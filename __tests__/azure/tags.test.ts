import { PrivateDnsZone } from "@cdktf/provider-azurerm/lib/private-dns-zone";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { Subnet } from "@cdktf/provider-azurerm/lib/subnet";
import { Aspects, TerraformStack } from "cdktf";
import { judged } from "../../lib/azure/settled";
import { Tags, tags, TagsEverywhere } from "../../lib/azure/tags";
import { template } from "../support/template";

it("tags of a file or a construct are judged by name, all at once", () => {
  expect(judged(tags, { owner: "platform", "cost centre": "" })).toEqual({
    value: { owner: "platform", "cost centre": "" },
    problems: [],
  });
  expect(judged(tags, { "a/b": "x", owner: 5, Azure: "v" }).problems.map(({ path }) => path)).toEqual([["owner"]]);
  expect(judged(tags, { "a/b": "x", Azure: "v".repeat(257) }).problems.map(({ path }) => path)).toEqual([
    ["a/b"],
    ["Azure"],
    ["Azure"],
  ]);
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

  it("leaves off what private DNS zones would drop, there only", () => {
    const stack = tagged({ "cost centre": "7", owner: "platform" }, (scope) => {
      new PrivateDnsZone(scope, "Zone", { name: "a.example", resourceGroupName: group(scope).name });
    });
    expect(stack.one(ResourceGroup).values.tags).toEqual({ "cost centre": "7", owner: "platform" });
    expect(stack.one(PrivateDnsZone).values.tags).toEqual({ owner: "platform" });
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
