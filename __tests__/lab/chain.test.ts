import { linkedTwice, wayOf } from "../../lab/read/chain";
import { Consumer, Design, Endpoint, Forwarder, LoadBalancerRule, Service, Subnet } from "../../lab/read/model";

const network = { id: "n", name: "vnet", addressSpace: ["10.0.0.0/16"], dnsServers: [] };
const subnet: Subnet = {
  id: "s",
  name: "snet",
  prefix: "10.0.1.0/24",
  network,
  groups: [],
  routes: [],
  made: true,
  natPolicies: false,
};
const nic = { address: "10.0.1.4", subnet, groups: [], ipForwarding: false, pools: ["pool"] };
const forwarder: Forwarder = { name: "vm", nic, customData: "", scripts: [], size: "B1s", origin: "" };
const probe = { id: "probe", name: "probe", protocol: "tcp", port: 443, path: "/", interval: 5, threshold: 2 } as const;
const RULE: LoadBalancerRule = {
  ...{ name: "https", frontendId: "lb/frontend", protocol: "tcp", frontendPort: 443, backendPort: 443 },
  ...{ pools: ["pool"], probe, floatingIp: false },
};
const SERVICE: Service = {
  ...{ id: "pls", name: "pls", alias: "pls.alias", subscription: "provider", frontendIds: ["lb/frontend"] },
  ...{
    nat: [{ address: "10.0.1.6", subnet }],
    visibility: ["consumer"],
    autoApproval: ["consumer"],
    proxyProtocol: false,
  },
};
const ENDPOINT: Endpoint = { name: "pe", address: "10.9.0.4", subnet, target: "pls", manual: false };

const broken = (changes: {
  service?: Partial<Service>;
  rule?: Partial<LoadBalancerRule>;
  endpoint?: Partial<Endpoint>;
  forwarders?: Forwarder[];
  approve?: boolean;
}) => {
  const design: Design = {
    apim: { name: "apim", nic, hostNames: ["apim.example.com"], existing: false, gateway: true },
    networks: [network],
    forwarders: changes.forwarders ?? [forwarder],
    frontends: [{ id: "lb/frontend", name: "frontend", address: "10.0.1.5", subnet }],
    rules: [{ ...RULE, ...changes.rule }],
    services: [{ ...SERVICE, ...changes.service }],
    consumers: [],
  };
  const consumer = { name: "c", subscription: "consumer" } as Consumer;
  return wayOf(design, consumer, { ...ENDPOINT, ...changes.endpoint }, changes.approve ?? false).broken;
};

describe("the way of an endpoint", () => {
  it("is whole when every part leads to the next one", () => {
    expect(broken({})).toBeUndefined();
  });

  it("is open to an alias as to an id", () => {
    expect(broken({ endpoint: { target: "pls.alias", manual: true } })).toBeUndefined();
  });

  test.each([
    ["an unknown service", { endpoint: { target: "other" } }, "private endpoint"],
    ["a subscription that does not see the service", { service: { visibility: ["other"] } }, "connection approval"],
    ["a connection that nobody approves", { service: { autoApproval: [] } }, "connection approval"],
    [
      "network policies on the NAT addresses",
      { service: { nat: [{ address: "10.0.1.6", subnet: { ...subnet, natPolicies: true } }] } },
      "private link service",
    ],
    ["the proxy protocol", { service: { proxyProtocol: true } }, "private link service"],
    ["a frontend that there is not", { service: { frontendIds: ["lb/other"] } }, "private link service"],
    ["a frontend without a rule", { rule: { frontendId: "lb/other" } }, "private link service"],
    ["a rule without a probe", { rule: { probe: undefined } }, "load balancer rule"],
    ["floating IP", { rule: { floatingIp: true } }, "load balancer rule"],
    ["an empty pool", { forwarders: [] }, "load balancer pool"],
  ])("ends at %s", (_, changes, hop) => {
    expect(broken(changes)?.hop).toBe(hop);
  });

  it("is open once the owner approves a request that waits", () => {
    const waiting = { service: { autoApproval: [] }, endpoint: { manual: true } };
    expect(broken(waiting)).toEqual({
      hop: "connection approval",
      why: "the request of endpoint pe waits until the owner of pls approves it",
    });
    expect(broken({ ...waiting, approve: true })).toBeUndefined();
  });
});

describe("a network that several consumers share", () => {
  const linked = (...names: string[]) =>
    linkedTwice({
      network,
      zones: names.map((name) => ({
        name,
        addresses: new Map(),
        aliases: new Map(),
        existing: false,
        networks: ["n"],
      })),
    } as unknown as Consumer);

  it("is linked to one zone of a name only", () => {
    expect(linked("api.example.com", "apim.azure-api.net")).toBeUndefined();
    expect(linked("api.example.com", "api.example.com")).toEqual({
      hop: "dns",
      why: "network vnet is linked to two zones api.example.com, which Azure refuses",
    });
  });
});
