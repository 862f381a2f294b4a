import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { EXPOSURES } from "../../review/facts/exposures";
import { factsOf } from "../../review/facts/facts";
import { findingsOf } from "../../review/findings/findings";
import { planned } from "../../review/plan/plan";
import { stackOf, Tree } from "../../review/read/stacks";
import { Body, tree } from "./trees";

/** What is said of a change, one kind of it. */
function whys(kind: string, before: Tree, after: Tree): string[] {
  return findingsOf(planned(before, after)).flatMap((finding) => (finding.kind === kind ? [finding.why] : []));
}

const LIB = join(dirname(require.resolve("@cdktf/provider-azurerm/package.json")), "lib");

/** The resources of azurerm, each with the declarations of its arguments. */
const AZURERM = readdirSync(LIB)
  .filter((folder) => !folder.startsWith("data-azurerm-") && existsSync(join(LIB, folder, "index.d.ts")))
  .map((folder) => {
    let text: string | undefined;
    const declared = (): string => (text ??= readFileSync(join(LIB, folder, "index.d.ts"), "utf8"));
    return { name: `azurerm_${folder.replaceAll("-", "_")}`, declared };
  });

/** What azurerm has and the package has not yet. */
const NEWER = ["azurerm_network_security_perimeter_access_rule"];

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

  it("refuses what is made anew in the other order than before, and not what only changes", () => {
    const two = (name: string, waiting: "A" | "B"): Tree => {
      const one = (own: string): Body => ({
        ...{ name: `${name}-${own}`, location: "x", resource_group_name: "rg" },
        ...(own === waiting ? { depends_on: [`azurerm_network_security_group.${own === "A" ? "B" : "A"}`] } : {}),
      });
      return tree({ azurerm_network_security_group: { A: one("A"), B: one("B") } });
    };
    expect(whys("refused", two("a", "A"), two("b", "B"))).toEqual([
      "`a-A`, `a-B` are made anew, and wait for one another in the other order than before: Terraform finds a cycle, as it would have to delete each of them before the other (`Cycle`).",
    ]);
    expect(whys("refused", two("a", "A"), two("b", "A"))).toEqual([]);
    expect(whys("refused", two("a", "A"), two("a", "B"))).toEqual([]);
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

describe("what an override plants", () => {
  const LB = { azurerm_lb: { L: { name: "lb", sku: "Standard" } } };
  const before = tree({ ...LB, azurerm_lb_rule: { R: { name: "https", protocol: "Tcp", backend_port: 443 } } });
  /** What is said of resources that are planted beside those of `before`. */
  const planted = (resources: Record<string, Record<string, Body>>, more: Body = {}): string[] =>
    whys("exposure", before, tree({ ...LB, azurerm_lb_rule: rules({}), ...resources }, more));
  const rules = (more: Record<string, Body>): Record<string, Body> => ({
    R: { name: "https", protocol: "Tcp", backend_port: 443 },
    ...more,
  });

  it.each(Object.entries(EXPOSURES.resources))("is said of %s", (type, says) => {
    expect(planted({ [type]: { P: { name: "p" } } })).toEqual([`\`p\` is ${says}.`]);
  });

  /** A resource that says nothing of a path but this; a path that ends with a dot stands for all that is below. */
  const below = ([step = "", ...rest]: string[], value: unknown): Body => ({
    [step === "" ? "any" : step]: rest.length === 0 ? value : [below(rest, value)],
  });

  it.each(EXPOSURES.arguments.map((one): [string, string, typeof one] => [one.type, one.path, one]))(
    "is said of %s, %s",
    (all, path, { to, says }) => {
      const type = all === "*" ? "azurerm_x" : all;
      const one = (body: Body): Tree => tree({ [type]: { P: { name: "p", ...body } } });
      const at = (value: unknown): Tree => one(below(path.split("."), value));
      for (const value of to === undefined ? ["planted"] : [to].flat()) {
        const former = typeof value === "boolean" ? !value : "former";
        expect(whys("exposure", at(former), at(value)).join()).toContain(says);
      }
    },
  );

  it.each(EXPOSURES.arguments.filter(({ type }) => factsOf(type)).map(({ type, path }) => [type, path]))(
    "is an argument that azurerm has: %s, %s",
    (type, path) => {
      const known = Object.keys(factsOf(type)?.arguments ?? {});
      expect(known.filter((one) => one === path || one.startsWith(path))).not.toEqual([]);
    },
  );

  it.each([...new Set(EXPOSURES.arguments.filter(({ type }) => type === "*").map(({ path }) => path))])(
    "is an argument that some resource of azurerm has: %s",
    (path) => {
      const camel = (path.split(".").at(-1) ?? "").replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
      const argument = new RegExp(`readonly ${camel}\\??:`);
      expect(AZURERM.some(({ declared }) => argument.test(declared()))).toBe(true);
    },
  );

  it.each(
    [EXPOSURES.resources, EXPOSURES.gone, EXPOSURES.defaults]
      .flatMap((one) => Object.keys(one))
      .concat(EXPOSURES.harmless)
      .filter((type) => type.startsWith("azurerm_") && !NEWER.includes(type)),
  )("is a type that azurerm has: %s", (type) => {
    expect(AZURERM.map(({ name }) => name)).toContain(type);
  });

  it.each(EXPOSURES.harmless)("is nothing where nobody reaches it: %s", (type) => {
    expect(planted({ [type]: { P: { name: "p" } } })).toEqual([]);
  });

  it("is said where nobody knows what it opens, when it is made and when it changes", () => {
    const unknown = (value: string): Tree => tree({ azurerm_x: { P: { name: "p", value } } });
    const said = ["The review does not know what resources of these types let in, or show: `azurerm_x`."];
    expect(planted({ azurerm_x: { P: { name: "p" } } })).toEqual(said);
    expect(whys("exposure", unknown("a"), unknown("b"))).toEqual(said);
    expect(whys("exposure", unknown("a"), unknown("a"))).toEqual([]);
  });

  it("is the design of a stack that is new, where others have such things", () => {
    const one = tree({ azurerm_x: { P: { name: "p" } } });
    const two = (type: string): Tree => new Map([...one, ["two", stackOf("two", { resource: { [type]: { P: {} } } })]]);
    expect(whys("exposure", one, two("azurerm_x"))).toEqual([]);
    expect(whys("exposure", one, two("azurerm_y"))).toHaveLength(1);
  });

  it("is something of others that a resource is joined to", () => {
    const link = (id: string): Tree =>
      tree({ azurerm_private_dns_zone_virtual_network_link: { L: { name: "l", virtual_network_id: id } } });
    expect(whys("exposure", link("/subscriptions/a"), link("/subscriptions/b"))).toEqual([
      "`l` is joined to something that is not of this deployment: `/subscriptions/b` (`virtual_network_id`).",
    ]);
    expect(whys("exposure", link("/subscriptions/a"), link("${azurerm_virtual_network.N.id}"))).toEqual([]);
  });

  it("is a record of an address that somebody wrote down", () => {
    const record = (records: string[]): string[] =>
      planted({ azurerm_private_dns_a_record: { A: { name: "api", zone_name: "example.com", records } } });
    expect(record(["203.0.113.7"])).toEqual([
      "`api.example.com` leads to `203.0.113.7`, and not to what this deployment makes: whoever has that address gets what is sent to it.",
    ]);
    expect(record(["${azurerm_private_endpoint.E.private_service_connection[0].private_ip_address}"])).toEqual([]);
  });

  it("is another port of the machines, and not another frontend of one that is there", () => {
    const rule = (port: number): string[] =>
      planted({
        azurerm_lb_rule: rules({ P: { name: "p", protocol: "Tcp", frontend_port: 8443, backend_port: port } }),
      });
    expect(rule(22)).toEqual([
      "The load balancer leads to another port of the machines: rule `p` takes `Tcp` `8443` to `22`, and every consumer may call it.",
    ]);
    expect(rule(443)).toEqual([]);
  });

  it("is a machine in a subnet without a security group", () => {
    const card = (subnet: string): Tree =>
      tree({
        azurerm_network_interface: {
          N: { name: "nic", ip_configuration: [{ subnet_id: `\${azurerm_subnet.${subnet}.id}` }] },
        },
        azurerm_subnet: { S: { name: "guarded" }, T: { name: "bare" } },
        azurerm_subnet_network_security_group_association: {
          A: { subnet_id: "${azurerm_subnet.S.id}", network_security_group_id: "/nsg" },
        },
      });
    expect(whys("exposure", card("S"), card("T"))).toEqual([
      "`nic` stands in a subnet without a security group: everything in the network, and in networks that are joined to it, reaches it.",
    ]);
    expect(whys("exposure", card("T"), card("S"))).toEqual([]);
    expect(whys("exposure", card("T"), card("T"))).toEqual([]);
  });

  it("is a network that gets more addresses, where rules let the whole network in", () => {
    const network = (source: string, ...ranges: string[]): Tree =>
      tree({
        azurerm_virtual_network: { N: { name: "vnet", address_space: ranges } },
        azurerm_network_security_group: {
          G: {
            name: "nsg",
            security_rule: [
              {
                ...{ name: "in", access: "Allow", priority: 100, direction: "Inbound", protocol: "*" },
                ...{ source_address_prefix: source, destination_address_prefix: "*", destination_port_range: "*" },
              },
            ],
          },
        },
      });
    expect(
      whys("exposure", network("VirtualNetwork", "10.0.0.0/16"), network("VirtualNetwork", "10.0.0.0/15")),
    ).toEqual([
      "The network `vnet` gets more addresses, `10.0.0.0/15`: rules that let `VirtualNetwork` in hold for them too.",
    ]);
    expect(
      whys("exposure", network("VirtualNetwork", "10.0.0.0/16"), network("VirtualNetwork", "10.0.0.0/17")),
    ).toEqual([]);
    expect(whys("exposure", network("10.0.1.0/24", "10.0.0.0/16"), network("10.0.1.0/24", "10.0.0.0/15"))).toEqual([]);
  });

  it.each([
    [">= 4.62.0, < 5.0.0", ">= 4.62.0", "`>= 4.62.0, < 5.0.0` → `>= 4.62.0`"],
    ["~> 4.62", undefined, "`~> 4.62` → none is named"],
    ["4.81.0", "!= 4.80.0", "`4.81.0` → `!= 4.80.0`"],
  ])("is a provider that may be of any later version: %s, then %s", (had, has, said) => {
    const required = (version?: string): Tree =>
      tree({}, { terraform: { required_providers: { azurerm: { source: "azurerm", version } } } });
    expect(whys("exposure", required(had), required(has))).toEqual([
      `Terraform may run any later version of the provider \`azurerm\` (${said}), the next major one too.`,
    ]);
    expect(whys("exposure", required(had), required("< 4.99"))).toEqual([]);
    expect(whys("exposure", required(has), required(has))).toEqual([]);
  });

  it("is a rule that lets in what another one kept out, once it comes before that one", () => {
    const group = (allow: number, deny: number): Tree => {
      const rule = (name: string, access: string, priority: number): Body => ({
        ...{ name, access, priority, direction: "Inbound", protocol: "*", destination_port_range: "*" },
        ...{ source_address_prefix: "10.9.0.0/16", destination_address_prefix: "*" },
      });
      const security_rule = [rule("in", "Allow", allow), rule("out", "Deny", deny)];
      return tree({ azurerm_network_security_group: { G: { name: "nsg", security_rule } } });
    };
    expect(whys("exposure", group(300, 200), group(100, 200))).toEqual([
      "A security group lets more through: `in` of `nsg`: any protocol all ports in from `10.9.0.0/16` to `*`.",
    ]);
    expect(whys("exposure", group(300, 200), group(250, 200))).toEqual([]);
    expect(whys("exposure", group(100, 200), group(150, 200))).toEqual([]);
  });

  const provider = (azurerm: Body[]): Tree => tree({}, { provider: { azurerm: [{ features: {} }, ...azurerm] } });
  const own = (more: Body): Tree => tree({}, { provider: { azurerm: [{ features: {}, ...more }] } });

  it.each<[string, Tree, string]>([
    [
      "another subscription to work in",
      provider([{ alias: "x", subscription_id: "b" }]),
      "Terraform works in another subscription too: `b`.",
    ],
    [
      "another place to log in at",
      own({ metadata_host: "h", environment: "e" }),
      "Terraform logs in otherwise, or elsewhere, than before: the provider's `environment`, `metadata_host`.",
    ],
    [
      "groups that go with all that is in them",
      own({ features: { resource_group: { prevent_deletion_if_contains_resources: false } } }),
      "A resource group that Terraform deletes takes with it what others have put there.",
    ],
    [
      "another provider",
      tree(
        {},
        { terraform: { required_providers: { x: { source: "y/x" } } }, provider: { azurerm: [{ features: {} }] } },
      ),
      "Terraform downloads another provider, `y/x`, and runs it with all that Terraform may do.",
    ],
  ])("is %s", (_, after, says) => {
    expect(whys("exposure", own({}), after)).toEqual([says]);
    expect(whys("exposure", after, after)).toEqual([]);
  });
});
