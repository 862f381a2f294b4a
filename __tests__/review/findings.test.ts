import { findingsOf } from "../../review/findings/findings";
import { planned } from "../../review/plan/plan";
import { Tree } from "../../review/read/stacks";
import { Body, tree } from "./trees";

/** What is said of a change, one kind of it. */
function whys(kind: string, before: Tree, after: Tree): string[] {
  return findingsOf(planned(before, after)).flatMap((finding) => (finding.kind === kind ? [finding.why] : []));
}

const connection = (manual: boolean): Tree =>
  tree({
    azurerm_private_endpoint: {
      E: {
        name: "pe",
        location: "uksouth",
        resource_group_name: "rg",
        subnet_id: "/s",
        private_service_connection: { name: "c", is_manual_connection: manual, private_connection_resource_id: "/x" },
      },
    },
  });

describe("what a finding says", () => {
  it("has somebody approve again where the new connection waits, whatever the old one did", () => {
    expect(whys("cut", connection(false), connection(true)).join()).toContain("approve the connection again");
    expect(whys("cut", connection(true), connection(false)).join()).not.toContain("approve");
  });

  it("names a cause where an id leads to something that was not there before", () => {
    const service = (frontends: Body): Tree =>
      tree({
        azurerm_private_link_service: {
          P: { name: "pls", location: "uksouth", resource_group_name: "rg", ...frontends },
        },
        ...(Object.keys(frontends).includes("destination_ip_address")
          ? {}
          : { azurerm_lb: { L: { name: "lb", location: "uksouth", resource_group_name: "rg" } } }),
      });
    const [direct, balanced] = [
      service({ destination_ip_address: "10.0.0.4" }),
      service({ load_balancer_frontend_ip_configuration_ids: ["${azurerm_lb.L.frontend_ip_configuration[0].id}"] }),
    ];
    const all = [...whys("cut", direct, balanced), ...whys("replace", direct, balanced)].join("\n");
    expect(all).toContain("leads to something that this change makes");
    expect(all).not.toMatch(/\(\)|Terraform's plan says so/);
  });

  it("takes a name for told where another zone of the same change tells it", () => {
    const names = (resources: Parameters<typeof tree>[0]): Tree =>
      tree({ azurerm_private_endpoint: { E: { name: "pe" } }, ...resources });
    const record = (zone: string, name: string): Body => ({
      name,
      zone_name: zone,
      resource_group_name: "rg",
      ttl: 300,
    });
    const own = names({ azurerm_private_dns_a_record: { A: record("api.example.com", "@") } });
    const theirs = names({ azurerm_private_dns_a_record: { B: record("example.com", "api") } });
    expect(whys("cut", own, theirs)).toEqual([
      expect.stringContaining("`api.example.com` leads nowhere until other zones"),
    ]);
    expect(whys("cut", own, names({}))).toEqual([expect.stringContaining("leads nowhere private any more")]);
  });

  it("lets a machine wait for the name that another one gives up, and says so where it does not", () => {
    const rules = (one: Body, other: Body): Tree => tree({ azurerm_lb_rule: { A: one, B: other } });
    const rule = (name: string, more: Body = {}): Body => ({ name, loadbalancer_id: "/lb", ...more });
    const before = rules(rule("https"), rule("https-8443"));
    expect(whys("collision", before, rules(rule("https-443"), rule("https")))).toHaveLength(1);
    const waiting = rules(rule("https-443"), rule("https", { depends_on: ["azurerm_lb_rule.A"] }));
    expect(whys("collision", before, waiting)).toEqual([]);
  });
});
