import { planned } from "../../review/plan/plan";
import { Tree } from "../../review/read/stacks";
import { actions, Body, tree } from "./trees";

const group = (more: Body = {}): Record<string, Body> => ({ G: { name: "rg", location: "uksouth", ...more } });
const subnet = (more: Body = {}): Record<string, Body> => ({
  S: {
    name: "snet",
    resource_group_name: "${azurerm_resource_group.G.name}",
    virtual_network_name: "vnet",
    address_prefixes: ["10.0.0.0/24"],
    ...more,
  },
});
const endpoint = (more: Body = {}): Record<string, Body> => ({
  E: {
    name: "pe",
    location: "${azurerm_resource_group.G.location}",
    resource_group_name: "rg",
    subnet_id: "${azurerm_subnet.S.id}",
    private_service_connection: { name: "c", is_manual_connection: false, private_connection_resource_id: "/x" },
    ...more,
  },
});
const all = (
  parts: { group?: Body; subnet?: Body; endpoint?: Body } = {},
  more: Body = {},
  others: Record<string, Record<string, Body>> = {},
): Tree =>
  tree(
    {
      ...others,
      azurerm_resource_group: group(parts.group),
      azurerm_subnet: subnet(parts.subnet),
      azurerm_private_endpoint: endpoint(parts.endpoint),
    },
    more,
  );

describe("what Terraform would do", () => {
  it("is nothing for another order, another form of the same, and cdktf's comments", () => {
    const lb = (frontends: unknown, more: Body = {}): Tree =>
      tree({
        azurerm_lb: {
          L: {
            name: "lb",
            location: "UK South",
            resource_group_name: "rg",
            frontend_ip_configuration: frontends,
            ...more,
          },
        },
      });
    const block = { zones: ["1", "2"], name: "f", private_ip_address: "10.0.0.5" };
    const other = { name: "f", private_ip_address: "10.0.0.5", zones: [2, "1"] };
    expect(
      actions(lb([block]), lb(other, { location: "uksouth", sku: "Standard", edge_zone: null, "//": { x: 1 } })),
    ).toEqual({});
  });

  it("is nothing where an argument that Azure gives is left out", () => {
    const nic = (more: Body): Tree =>
      tree({
        azurerm_network_interface: {
          N: {
            name: "n",
            location: "x",
            resource_group_name: "rg",
            ip_configuration: [{ name: "i", private_ip_address_allocation: "Static", ...more }],
          },
        },
      });
    expect(actions(nic({ private_ip_address: "10.0.0.9" }), nic({}))).toEqual({});
  });

  it("spreads through ids of what is made anew, and not through names", () => {
    expect(actions(all(), all({ subnet: { name: "other" } }))).toEqual({
      "azurerm_subnet.S": "replace",
      "azurerm_private_endpoint.E": "replace",
    });
    expect(actions(all(), all({ group: { location: "ukwest" } }))).toEqual({
      "azurerm_resource_group.G": "replace",
      "azurerm_private_endpoint.E": "replace",
    });
  });

  it("knows what azurerm takes where nothing is written, of what is made anew too", () => {
    const lb = (name: string, attribute: string): Tree =>
      tree({
        azurerm_lb: { L: { name, location: "x", resource_group_name: "rg" } },
        azurerm_resource_group: group({ tags: { of: `\${azurerm_lb.L.${attribute}}` } }),
      });
    const changed = (attribute: string) => actions(lb("a", attribute), lb("b", attribute))["azurerm_resource_group.G"];
    expect(changed("sku_tier")).toBeUndefined();
    expect(changed("private_ip_address")).toBe("update");
  });

  it("follows local values and expressions", () => {
    const vm = (text: string): Tree =>
      tree(
        {
          azurerm_linux_virtual_machine: {
            V: {
              name: "v",
              location: "x",
              resource_group_name: "rg",
              custom_data: '${base64encode(join("\\n", local.lines))}',
            },
          },
        },
        { locals: { lines: ["#cloud-config", text] } },
      );
    expect(actions(vm("a"), vm("a"))).toEqual({});
    expect(actions(vm("a"), vm("b"))).toEqual({ "azurerm_linux_virtual_machine.V": "replace" });
  });

  it("honours ignore_changes, whole or of one argument", () => {
    for (const ignored of [["address_prefixes"], "all", ["all"]]) {
      const lifecycle = { ignore_changes: ignored };
      expect(
        actions(all({ subnet: { lifecycle } }), all({ subnet: { lifecycle, address_prefixes: ["10.9.0.0/24"] } })),
      ).toEqual({});
    }
    const lifecycle = { ignore_changes: ['tags["owner"]'] };
    const tagged = (tags: Body): Tree => all({ group: { tags, lifecycle } });
    expect(actions(tagged({ owner: "a", x: "1" }), tagged({ owner: "b", x: "1" }))).toEqual({});
    expect(actions(tagged({ owner: "a", x: "1" }), tagged({ owner: "a", x: "2" }))).toEqual({
      "azurerm_resource_group.G": "update",
    });
  });

  it("keeps what is ignored for whoever refers to it, and not where the resource is made anew", () => {
    const ignoring = (ignored: unknown, name: string, more: Body = {}): Tree =>
      all(
        { subnet: { virtual_network_name: "${azurerm_virtual_network.N.name}" } },
        {},
        {
          azurerm_virtual_network: {
            N: {
              ...{ name, location: "x", resource_group_name: "rg", address_space: ["10.0.0.0/16"], ...more },
              lifecycle: { ignore_changes: ignored },
            },
          },
        },
      );
    for (const ignored of [["name"], "all"]) {
      expect(actions(ignoring(ignored, "a"), ignoring(ignored, "b"))).toEqual({});
    }
    expect(actions(ignoring(["name"], "a"), ignoring(["name"], "b", { location: "y" }))).toEqual({
      "azurerm_virtual_network.N": "replace",
      "azurerm_subnet.S": "replace",
      "azurerm_private_endpoint.E": "replace",
    });
    const named = (address: string): Tree =>
      tree({
        azurerm_lb: {
          L: {
            ...{ name: "lb", location: "x", resource_group_name: "rg" },
            frontend_ip_configuration: { name: "f", private_ip_address: address },
            lifecycle: { ignore_changes: ["frontend_ip_configuration[0].private_ip_address"] },
          },
        },
        azurerm_resource_group: group({
          tags: { at: "${azurerm_lb.L.frontend_ip_configuration[0].private_ip_address}" },
        }),
      });
    expect(actions(named("10.0.0.5"), named("10.0.0.6"))).toEqual({});
  });

  it("honours replace_triggered_by, of a resource and of an attribute", () => {
    const lifecycle = (by: string): Body => ({ lifecycle: { replace_triggered_by: [by] } });
    const changed = { subnet: { address_prefixes: ["10.9.0.0/24"] } };
    const run = (by: string) => actions(all({ endpoint: lifecycle(by) }), all({ ...changed, endpoint: lifecycle(by) }));
    expect(run("azurerm_subnet.S")["azurerm_private_endpoint.E"]).toBe("replace");
    expect(run("azurerm_subnet.S.address_prefixes")["azurerm_private_endpoint.E"]).toBe("replace");
    expect(run("azurerm_subnet.S.id")["azurerm_private_endpoint.E"]).toBeUndefined();
  });

  it("honours replace_triggered_by of a part of an argument, and of what Azure gives in a block", () => {
    const by = (part: string): Record<string, Record<string, Body>> => ({
      azurerm_private_dns_a_record: {
        R: {
          name: "@",
          zone_name: "z",
          resource_group_name: "rg",
          ttl: 1,
          lifecycle: { replace_triggered_by: [part] },
        },
      },
    });
    const run = (part: string, before: Body, after: Body) =>
      actions(all(before, {}, by(part)), all(after, {}, by(part)))["azurerm_private_dns_a_record.R"];
    const tags = (owner: string): Body => ({ group: { tags: { owner, stage: "a" } } });
    expect(run('azurerm_resource_group.G.tags["owner"]', tags("a"), tags("b"))).toBe("replace");
    expect(run("azurerm_resource_group.G.tags.stage", tags("a"), tags("b"))).toBeUndefined();
    const connection = (text: string): Body => ({
      endpoint: { private_service_connection: { name: "c", is_manual_connection: true, request_message: text } },
    });
    const message = "azurerm_private_endpoint.E.private_service_connection[0].request_message";
    const address = "azurerm_private_endpoint.E.private_service_connection[0].private_ip_address";
    expect(run(message, connection("a"), connection("b"))).toBe("replace");
    expect(run(address, connection("a"), connection("b"))).toBeUndefined();
    expect(run(address, {}, { endpoint: { name: "other" } })).toBe("replace");
    expect(run(message, {}, { endpoint: { name: "other" } })).toBeUndefined();
  });

  it("honours replace_triggered_by of instances, and of what nothing is known of", () => {
    const run = (part: string) => {
      const groups = (owner: string): Tree =>
        tree({
          azurerm_application_security_group: {
            A: { name: "a", location: "x", resource_group_name: "rg", tags: { owner }, count: 2 },
            B: { name: "b", location: "x", resource_group_name: "rg", tags: { owner: "a" } },
          },
          azurerm_resource_group: group({ lifecycle: { replace_triggered_by: [part] } }),
        });
      return actions(groups("a"), groups("b"))["azurerm_resource_group.G"];
    };
    expect(run("azurerm_application_security_group.A")).toBe("replace");
    expect(run("azurerm_application_security_group.A[1]")).toBe("replace");
    expect(run("azurerm_application_security_group.A[1].tags")).toBe("replace");
    expect(run("azurerm_application_security_group.A[1].name")).toBeUndefined();
    expect(run("azurerm_application_security_group.B")).toBeUndefined();
  });

  it("takes what is only looked up from now on for what it was, by its name", () => {
    const type = "azurerm_api_management";
    const used = (from: string): Parameters<typeof tree>[0] => ({
      azurerm_resource_group: { G: { name: "rg", location: "x", tags: { a: `\${${from}.private_ip_addresses[0]}` } } },
    });
    const own = tree({ [type]: { A: { name: "apim", resource_group_name: "rg" } }, ...used(`${type}.A`) });
    const found = (name: string): Tree =>
      tree(used(`data.${type}.B`), {
        data: { [type]: { B: { name, resource_group_name: "rg" } } },
        removed: [{ from: `${type}.A`, lifecycle: { destroy: false } }],
      });
    expect(actions(own, found("apim"))).toEqual({});
    expect(actions(own, found("other"))).toEqual({ "azurerm_resource_group.G": "update" });
  });

  it("reads a data source anew once anything happens to what it names", () => {
    const looked = (more: Body, network: Body = {}): Tree =>
      tree(
        {
          azurerm_virtual_network: {
            N: { name: "vnet", location: "x", resource_group_name: "rg", address_space: ["10.0.0.0/16"], ...network },
          },
          azurerm_resource_group: group({ tags: { of: "${data.azurerm_virtual_network.N.guid}" } }),
        },
        { data: { azurerm_virtual_network: { N: { name: "vnet", resource_group_name: "rg", ...more } } } },
      );
    const update = { "azurerm_virtual_network.N": "update" };
    const busy = { ...update, "azurerm_resource_group.G": "update" };
    const run = (more: Body) => actions(looked(more), looked(more, { tags: { a: "b" } }));
    expect(run({})).toEqual(update);
    expect(run({ name: "${azurerm_virtual_network.N.name}" })).toEqual(busy);
    expect(run({ depends_on: ["azurerm_virtual_network.N"] })).toEqual(busy);
  });

  it("gives terraform_data another output with every change of its input", () => {
    const data = (input: string): Tree =>
      tree({
        terraform_data: { D: { input } },
        azurerm_resource_group: { G: { name: "rg", location: "x", tags: { a: "${terraform_data.D.output}" } } },
      });
    expect(actions(data("1"), data("2"))).toEqual({
      "terraform_data.D": "update",
      "azurerm_resource_group.G": "update",
    });
  });

  it("follows moved blocks, and forgets what removed blocks keep", () => {
    const renamed = tree(
      { azurerm_resource_group: { New: { name: "rg", location: "uksouth" } } },
      { moved: [{ from: "azurerm_resource_group.G", to: "azurerm_resource_group.New" }] },
    );
    const before = tree({ azurerm_resource_group: group() });
    expect(actions(before, renamed)).toEqual({});
    expect(planned(before, renamed).stacks.get("one")?.changes.get("azurerm_resource_group.New")?.movedFrom).toBe(
      "azurerm_resource_group.G",
    );
    expect(
      actions(before, tree({}, { removed: [{ from: "azurerm_resource_group.G", lifecycle: { destroy: false } }] })),
    ).toEqual({});
    const several = tree({ azurerm_resource_group: group({ count: 2 }) });
    expect(
      actions(several, tree({}, { removed: [{ from: "azurerm_resource_group.G", lifecycle: { destroy: false } }] })),
    ).toEqual({});
    expect(actions(before, tree({}))).toEqual({ "azurerm_resource_group.G": "destroy" });
  });

  it("follows moved blocks from one to the next in any order, and with all instances", () => {
    const moved = (from: string, to: string) => ({
      from: `azurerm_resource_group.${from}`,
      to: `azurerm_resource_group.${to}`,
    });
    const renamed = (name: string, blocks: unknown[], more: Body = {}): Tree =>
      tree({ azurerm_resource_group: { [name]: group(more).G ?? {} } }, { moved: blocks });
    const before = tree({ azurerm_resource_group: group() });
    expect(actions(before, renamed("C", [moved("B", "C"), moved("G", "B")]))).toEqual({});
    expect(actions(before, renamed("B", [moved("G", 'B["b"]')], { for_each: { b: "x" } }))).toEqual({});
    const counted = { count: 2 };
    expect(actions(tree({ azurerm_resource_group: group(counted) }), renamed("B", [moved("G", "B")], counted))).toEqual(
      {},
    );
    const both = tree({ azurerm_resource_group: { G: group().G ?? {}, B: group({ name: "b" }).G ?? {} } });
    expect(actions(both, renamed("B", [moved("G", "B")], { name: "b" }))).toEqual({
      "azurerm_resource_group.G": "destroy",
    });
  });

  it("counts instances, names those of a set, and takes one without a number for the first", () => {
    const counted = (count: number): Tree => tree({ azurerm_resource_group: group({ count }) });
    expect(actions(counted(1), counted(3))).toEqual({
      "azurerm_resource_group.G[1]": "create",
      "azurerm_resource_group.G[2]": "create",
    });
    expect(actions(tree({ azurerm_resource_group: group() }), counted(1))).toEqual({});
    const each = (keys: string): Tree => tree({ azurerm_resource_group: group({ for_each: `\${toset(${keys})}` }) });
    expect(actions(each('["a"]'), each('["a", "b"]'))).toEqual({ 'azurerm_resource_group.G["b"]': "create" });
  });

  it("sees another number of instances in what names all of them", () => {
    const several = (count: number, text: string): Tree =>
      tree({
        azurerm_virtual_network: {
          N: {
            name: "n-${count.index}",
            location: "x",
            resource_group_name: "rg",
            address_space: ["10.0.0.0/16"],
            count,
          },
        },
        azurerm_resource_group: group({ tags: { of: text } }),
      });
    const run = (text: string) => actions(several(1, text), several(2, text))["azurerm_resource_group.G"];
    expect(run('${join(",", azurerm_virtual_network.N[*].name)}')).toBe("update");
    expect(run('${join(",", azurerm_virtual_network.N.*.guid)}')).toBe("update");
    expect(run("${length(azurerm_virtual_network.N)}")).toBe("update");
    expect(run("${azurerm_virtual_network.N[0].guid}")).toBeUndefined();
  });

  it("tells instances what they call themselves", () => {
    const each = (values: Body): Tree =>
      tree({ azurerm_resource_group: group({ for_each: values, tags: { a: "${each.key}-${each.value.tag}" } }) });
    expect(actions(each({ a: { tag: "1" }, b: { tag: "2" } }), each({ a: { tag: "1" }, b: { tag: "3" } }))).toEqual({
      'azurerm_resource_group.G["b"]': "update",
    });
    const counted = (name: string): Tree => tree({ azurerm_resource_group: group({ count: 2, name }) });
    expect(actions(counted("rg-${count.index}"), counted("rg-${count.index}"))).toEqual({});
    const second = planned(counted("x"), counted("rg-${count.index}")).stacks.get("one");
    expect([...(second?.changes.values() ?? [])].map(({ differences }) => differences[0]?.after)).toEqual([
      "rg-0",
      "rg-1",
    ]);
  });
});
