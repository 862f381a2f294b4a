import { networkFilters } from "../../lab/build/filters";
import { Interface } from "../../lab/read/model";
import { SecurityRule } from "../../lab/read/security-groups";

const rule = (changes: Partial<SecurityRule>): SecurityRule => ({
  ...{ name: "rule", priority: 100, inbound: true, allow: true, protocol: "tcp" },
  ...{ sources: ["*"], sourcePorts: ["*"], destinations: ["*"], destinationPorts: ["*"] },
  ...changes,
});

const nic = (rules: SecurityRule[], ipForwarding = false): Interface => {
  const network = { id: "n", name: "vnet", addressSpace: ["10.0.0.0/16"], dnsServers: [] };
  const subnet = {
    id: "s",
    name: "snet",
    prefix: "10.0.1.0/24",
    network,
    groups: [{ name: "nsg", rules }],
    routes: [],
    made: true,
    natPolicies: true,
  };
  return { address: "10.0.1.4", subnet, groups: [], ipForwarding, pools: [] };
};

const inbound = (rules: SecurityRule[]): string[] => {
  const { ruleset } = networkFilters([{ link: "vm", name: "vm", nic: nic(rules) }], []);
  const chain = /chain vm_in_0 \{\n([^}]*(?:\{[^}]*\}[^}]*)*?)\n {2}\}/.exec(ruleset)?.[1] ?? "";
  return chain.split("\n").map((line) => line.trim().replaceAll(/ +/g, " "));
};

describe("the filters of a security group", () => {
  it("are asked in the order of their priorities, Azure's own at the end", () => {
    const lines = inbound([
      rule({ name: "late", priority: 200, destinationPorts: ["80"] }),
      rule({ name: "early", priority: 100, allow: false, destinationPorts: ["443", "8000-8080"] }),
    ]);
    expect(lines).toEqual([
      expect.stringMatching(/^tcp dport \{ 443, 8000-8080 \} counter name obstacle_\d+ drop$/),
      "tcp dport { 80 } return",
      "ip saddr { 10.0.0.0/16, 168.63.129.16 } ip daddr { 10.0.0.0/16, 168.63.129.16 } return",
      "ip saddr { 168.63.129.16 } return",
      expect.stringMatching(/^counter name obstacle_\d+ drop$/),
    ]);
  });

  test.each([
    ["10.0.1.0/24", "ip saddr { 10.0.1.0/24 } tcp dport { 1 } return"],
    ["VirtualNetwork", "ip saddr { 10.0.0.0/16, 168.63.129.16 } tcp dport { 1 } return"],
    ["AzureLoadBalancer", "ip saddr { 168.63.129.16 } tcp dport { 1 } return"],
    ["Internet", "ip saddr != { 10.0.0.0/16, 168.63.129.16 } tcp dport { 1 } return"],
  ])("understand the source %s", (source, line) => {
    expect(inbound([rule({ sources: [source], destinationPorts: ["1"] })])[0]).toBe(line);
  });

  it("give every other service a public address of its own", () => {
    const [one, other] = ["Storage", "Sql"].map(
      (tag) => inbound([rule({ sources: [tag], destinationPorts: ["1"] })])[0],
    );
    expect(one).toMatch(/^ip saddr \{ 198\.51\.100\.\d+ \} tcp dport \{ 1 \} return$/);
    expect(other).not.toBe(one);
  });

  it("drop packets that are not the sender's own, unless the interface may send such", () => {
    const ruleset = (ipForwarding: boolean): string =>
      networkFilters([{ link: "vm", name: "vm", nic: nic([], ipForwarding) }], []).ruleset;
    expect(ruleset(false)).toMatch(/iifname "vm" ip saddr != 10\.0\.1\.4 counter name obstacle_0 drop/);
    expect(ruleset(true)).toMatch(/iifname "vm" ip saddr != 10\.0\.1\.4 counter name obstacle_0\n/);
    const moving = { link: "vm", name: "vm", nic: nic([]), formerly: "10.0.1.9" };
    expect(networkFilters([moving], []).ruleset).toContain('iifname "vm" ip saddr != { 10.0.1.4, 10.0.1.9 } counter');
  });
});
