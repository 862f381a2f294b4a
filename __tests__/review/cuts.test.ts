import { made } from "../../commands/pairs";
import { findingsOf } from "../../review/findings/findings";
import { planned } from "../../review/plan/plan";
import { JsonObject } from "../../review/read/json";
import { stackOf } from "../../review/read/stacks";
import { tree } from "./trees";

type Args = Record<string, unknown>;

/** The resources of the provider's stack, open to change. */
class Resources {
  constructor(readonly json: { resource: Record<string, Record<string, Args>> }) {}

  /** The first resource of a type. */
  first(type: string): Args {
    const [found] = Object.values(this.json.resource[type] ?? {});
    if (found === undefined) throw new Error(`the stack has no ${type}`);
    return found;
  }

  all(type: string): Args[] {
    return Object.values(this.json.resource[type] ?? {});
  }

  add(type: string, key: string, args: Args): void {
    (this.json.resource[type] ??= {})[key] = args;
  }
}

const within = (args: Args, name: string): Args => [args[name]].flat()[0] as Args;

const securityRule = (more: Args): Args => ({
  ...{ name: "planted", priority: 100, protocol: "*", destination_port_range: "*", source_port_range: "*" },
  ...{ source_address_prefix: "*", destination_address_prefix: "*", direction: "Inbound", access: "Deny" },
  ...more,
});

function addGroup(resources: Resources, ...rules: Args[]): void {
  const group = { name: "nsg-planted", location: "eastus", resource_group_name: "rg", security_rule: rules };
  resources.add("azurerm_network_security_group", "X", group);
}

/** Gives each subnet that has a security group another one. */
function otherGroup(resources: Resources): void {
  for (const one of resources.all("azurerm_subnet_network_security_group_association"))
    one.network_security_group_id = "${azurerm_network_security_group.X.id}";
}

function groupOfCard(resources: Resources): void {
  const [card] = Object.keys(resources.json.resource.azurerm_network_interface ?? {});
  resources.add("azurerm_network_interface_security_group_association", "Y", {
    network_interface_id: `\${azurerm_network_interface.${card}.id}`,
    network_security_group_id: "${azurerm_network_security_group.X.id}",
  });
}

const fixedInstances = { "provider.forwarder.scaleSet.autoscale": null, "provider.forwarder.scaleSet.instances": 2 };

/** What the review says of who is cut off by a change of the provider's Terraform. */
function cuts(of: string, change: (resources: Resources) => void, first: Args = {}): string[] {
  const pair = made({ name: "cut", of, first, says: [] });
  const json = structuredClone(pair.before.get("provider")?.json) as JsonObject;
  change(new Resources(json as never));
  const after = new Map([...pair.before, ["provider", stackOf("provider", json)]]);
  return findingsOf(planned(pair.before, after)).flatMap(({ kind, why }) => (kind === "cut" ? [why] : []));
}

describe("what an override changes in place", () => {
  it.each<[string, string, (resources: Resources) => void]>([
    [
      "The gateway of APIM `apim-quickstart-4821` is switched off: it answers nobody.",
      "quickstart",
      (all) => (all.first("azurerm_api_management").gateway_disabled = true),
    ],
    [
      "(it leaves the pool)",
      "production",
      (all) => {
        const card = within(all.first("azurerm_linux_virtual_machine_scale_set"), "network_interface");
        within(card, "ip_configuration").load_balancer_backend_address_pool_ids = [];
      },
    ],
    [
      "(its autoscale setting allows no instance)",
      "production",
      (all) => {
        const profile = within(all.first("azurerm_monitor_autoscale_setting"), "profile");
        profile.capacity = { default: 0, minimum: 0, maximum: 0 };
      },
    ],
    [
      "(its IP configuration gets another name, with which it leaves the pool)",
      "quickstart",
      (all) => (within(all.first("azurerm_network_interface"), "ip_configuration").name = "other"),
    ],
    [
      "The security group `nsg-planted` does not let port 443 from `VirtualNetwork`, port 443 from `AzureLoadBalancer` in any more",
      "quickstart",
      (all) => {
        addGroup(all, securityRule({}));
        otherGroup(all);
      },
    ],
    [
      "The security group `nsg-planted` does not let port 443 from `VirtualNetwork`, port 443 from `AzureLoadBalancer` in any more",
      "quickstart",
      (all) => {
        addGroup(all, securityRule({}));
        groupOfCard(all);
      },
    ],
    [
      "The security group `nsg-pls` does not let port 443 to `10.0.2.0/24` out any more, where the forwarders send connections.",
      "quickstart",
      (all) => {
        const group = all.all("azurerm_network_security_group").find(({ name }) => name === "nsg-pls");
        (group?.security_rule as Args[]).push(securityRule({ direction: "Outbound" }));
      },
    ],
  ])("cuts off, and the review says so: %s", (said, of, change) => {
    expect(cuts(of, change).join("\n")).toContain(said);
  });

  it("cuts off where a scale set has no instance any more, and not where it has fewer", () => {
    const instances = (count: number): string[] =>
      cuts(
        "production",
        (all) => (all.first("azurerm_linux_virtual_machine_scale_set").instances = count),
        fixedInstances,
      );
    expect(instances(0).join()).toContain("(`instances` becomes 0)");
    expect(instances(1)).toEqual([]);
  });

  it("cuts off where floating IP is switched on, and not where it is switched off", () => {
    const floating = (on: boolean): ReturnType<typeof tree> =>
      tree({
        azurerm_private_link_service: { P: { name: "pls" } },
        azurerm_lb_rule: { R: { name: "https", frontend_port: 443, floating_ip_enabled: on } },
      });
    const kinds = (before: boolean, after: boolean): string[] =>
      findingsOf(planned(floating(before), floating(after))).map(({ kind }) => kind);
    expect(kinds(false, true)).toContain("cut");
    expect(kinds(true, false)).not.toContain("cut");
  });

  it("cuts off by host names that APIM does not answer to any more", () => {
    const hosts = (...names: string[]): Args => ({ proxy: names.map((host_name) => ({ host_name })) });
    const change = (before: Args, after: Args): string[] => {
      const pair = made({ name: "cut", of: "quickstart", says: [] });
      const side = (configuration: Args): ReturnType<typeof stackOf> => {
        const json = structuredClone(pair.before.get("provider")?.json) as JsonObject;
        new Resources(json as never).first("azurerm_api_management").hostname_configuration = configuration;
        return stackOf("provider", json);
      };
      const sides = (configuration: Args): typeof pair.before =>
        new Map([...pair.before, ["provider", side(configuration)]]);
      const found = findingsOf(planned(sides(before), sides(after)));
      return found.flatMap(({ kind, why }) => (kind === "cut" ? [why] : []));
    };
    expect(change(hosts("a.example.com", "b.example.com"), hosts("b.example.com")).join()).toContain(
      "APIM `apim-quickstart-4821` does not answer to `a.example.com` any more; whoever calls by that name gets no certificate that fits.",
    );
    expect(change(hosts("a.example.com"), hosts("a.example.com", "b.example.com"))).toEqual([]);
  });

  it.each<[string, (resources: Resources) => void]>([
    [
      "another group that lets the same in",
      (all) => {
        const allow = { access: "Allow", priority: 4000 };
        addGroup(all, securityRule(allow));
        otherGroup(all);
      },
    ],
    [
      "a group without rules, as Azure's own let the network in",
      (all) => {
        addGroup(all);
        otherGroup(all);
      },
    ],
    [
      "a group of the machine's own that keeps something else out",
      (all) => {
        addGroup(all, securityRule({ destination_port_range: "22" }));
        groupOfCard(all);
      },
    ],
    [
      "a rule that lets nothing out to somebody else",
      (all) => {
        const group = all.all("azurerm_network_security_group").find(({ name }) => name === "nsg-pls");
        const elsewhere = { direction: "Outbound", destination_address_prefix: "10.99.0.0/16" };
        (group?.security_rule as Args[]).push(securityRule(elsewhere));
      },
    ],
    ["a probe that asks more seldom", (all) => (all.first("azurerm_lb_probe").interval_in_seconds = 60)],
    ["a rule with another idle timeout", (all) => (all.first("azurerm_lb_rule").idle_timeout_in_minutes = 7)],
    [
      "a route to somewhere else",
      (all) => {
        const route = { name: "r", address_prefix: "0.0.0.0/0", next_hop_type: "VirtualAppliance" };
        const table = { name: "rt", location: "eastus", resource_group_name: "rg" };
        all.add("azurerm_route_table", "T", { ...table, route: [{ ...route, next_hop_in_ip_address: "10.9.9.9" }] });
        const [subnet] = Object.keys(all.json.resource.azurerm_subnet ?? {});
        all.add("azurerm_subnet_route_table_association", "A", {
          subnet_id: `\${azurerm_subnet.${subnet}.id}`,
          route_table_id: "${azurerm_route_table.T.id}",
        });
      },
    ],
  ])("cuts nobody off: %s", (_, change) => {
    expect(cuts("quickstart", change)).toEqual([]);
  });
});
