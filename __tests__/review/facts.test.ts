import { Tree } from "../../review/read/stacks";
import { actions, Body, tree } from "./trees";

const group = (more: Body = {}): Record<string, Body> => ({ G: { name: "rg", location: "uksouth", ...more } });
describe("what a change of an argument amounts to", () => {
  it("is not known for types, arguments and imports that nothing is known of, and never taken for safe", () => {
    const other = (type: string, more: Body): Tree => tree({ [type]: { X: { name: "x", ...more } } });
    expect(
      actions(other("azurerm_storage_account", {}), other("azurerm_storage_account", { account_tier: "Premium" })),
    ).toEqual({ "azurerm_storage_account.X": "unknown" });
    expect(actions(other("azurerm_lb", {}), other("azurerm_lb", { brand_new: 1 }))).toEqual({
      "azurerm_lb.X": "unknown",
    });
    expect(
      actions(
        tree({}),
        tree({ azurerm_resource_group: group() }, { import: [{ to: "azurerm_resource_group.G", id: "/x" }] }),
      ),
    ).toEqual({ "azurerm_resource_group.G": "unknown" });
  });

  it("decides by the values where azurerm does", () => {
    const apim = (sku: string, more: Body = {}): Tree =>
      tree({
        azurerm_api_management: { A: { name: "a", location: "x", resource_group_name: "rg", sku_name: sku, ...more } },
      });
    const to = (before: Tree, after: Tree) => actions(before, after)["azurerm_api_management.A"];
    expect(to(apim("Developer_1"), apim("Premium_1"))).toBe("update");
    expect(to(apim("Premium_1"), apim("PremiumV2_1"))).toBe("replace");
    expect(to(apim("Premium_1"), apim("Premium_1", { virtual_network_type: "Internal" }))).toBe("update");
    expect(
      to(
        apim("Premium_1", { virtual_network_type: "Internal" }),
        apim("Premium_1", { virtual_network_type: "External" }),
      ),
    ).toBe("replace");
    const set = (zones: string[]): Tree =>
      tree({ azurerm_linux_virtual_machine_scale_set: { V: { name: "v", zones } } });
    expect(actions(set(["1"]), set(["2", "1"]))).toEqual({ "azurerm_linux_virtual_machine_scale_set.V": "update" });
    expect(actions(set(["1", "2"]), set(["2"]))).toEqual({ "azurerm_linux_virtual_machine_scale_set.V": "replace" });
  });

  it("takes a later NAT address in place, as azurerm does since 4.59", () => {
    const service = (count: number): Tree =>
      tree({
        azurerm_private_link_service: {
          P: {
            name: "p",
            nat_ip_configuration: Array.from({ length: count }, (_, i) => ({
              name: `n${i}`,
              primary: i === 0,
              subnet_id: "/s",
            })),
          },
        },
      });
    expect(actions(service(1), service(3))).toEqual({ "azurerm_private_link_service.P": "update" });
  });

  it("does not end where names lead in a circle", () => {
    const circle = tree({
      azurerm_resource_group: {
        A: { name: "${azurerm_resource_group.B.name}" },
        B: { name: "${azurerm_resource_group.A.name}" },
      },
    });
    expect(actions(circle, circle)).toEqual({});
  });
});
