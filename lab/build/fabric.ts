import { Way } from "../read/chain";
import { Endpoint } from "../read/model";

/** An endpoint as the fabric sees it. */
export interface FabricEndpoint {
  readonly endpoint: Endpoint;
  /** The address that stands for it on the link to its consumer. */
  readonly identity: string;
  readonly way: Way;
}

/** The fabric's end of a consumer's link. */
export function consumerLink(index: number): string {
  return `consumer${index}`;
}

/** The rules of a consumer's router: an endpoint's address leads to the service, from one address of the fabric's. */
export function endpointRules(endpoints: readonly FabricEndpoint[], link: string, transit: string): string {
  const targets = endpoints.map(
    ({ endpoint, identity }) => `ip daddr ${endpoint.address} meta l4proto { tcp, udp } dnat to ${identity}`,
  );
  return `
table ip endpoint
delete table ip endpoint
table ip endpoint {
  chain prerouting {
    type nat hook prerouting priority dstnat; policy accept;
    ${targets.join("\n    ")}
  }
  chain postrouting {
    type nat hook postrouting priority srcnat; policy accept;
    oifname "${link}" snat to ${transit}
  }
}
`;
}

/** The part of Private Link and of the load balancer that stays: the NAT addresses. */
export function natRules(endpoints: readonly FabricEndpoint[], providerLink: string): string {
  const nat = endpoints.flatMap(({ identity, way }) => {
    const addresses = way.service?.nat.map(({ address }) => address) ?? [];
    if (addresses.length === 0) return [];
    const map = addresses.map((address, index) => `${index} : ${address}`).join(", ");
    const hash = `jhash ip saddr . tcp sport mod ${addresses.length} seed 0x5eed`;
    return [
      `ct original ip daddr ${identity} oifname "${providerLink}" snat to ${addresses.length > 1 ? `${hash} map { ${map} }` : addresses[0]}`,
    ];
  });
  return `
table ip fabric
delete table ip fabric
table ip fabric {
  chain prerouting {
    type nat hook prerouting priority dstnat; policy accept;
  }
  chain postrouting {
    type nat hook postrouting priority srcnat; policy accept;
    ${nat.join("\n    ")}
  }
}
`;
}

/**
 * The part that changes with the probes: each rule spreads new connections over the members that are up, by a digest of
 * the five-tuple; connections that are there stay where they are.
 */
export function balancerRules(
  endpoints: readonly FabricEndpoint[],
  isUp: (address: string, probe: string) => boolean,
): string {
  const lines = endpoints.flatMap(({ identity, way }) => {
    if (way.broken && way.rules.length === 0) return [`ip daddr ${identity} drop`];
    const perRule = way.rules.map(({ rule, members }) => {
      const port =
        rule.frontendPort === 0 ? "meta l4proto { tcp, udp }" : `${rule.protocol} dport ${rule.frontendPort}`;
      const up = members.filter(({ nic }) => rule.probe === undefined || isUp(nic.address, rule.probe.id));
      const to = up.map(({ nic }) => (rule.backendPort === 0 ? nic.address : `${nic.address} . ${rule.backendPort}`));
      const hash = `jhash ip saddr . tcp sport . ip daddr . tcp dport mod ${to.length} seed 0xba1a`;
      const map = `map { ${to.map((target, index) => `${index} : ${target}`).join(", ")} }`;
      const dnat = rule.backendPort === 0 ? "dnat to" : "dnat ip addr . port to";
      return `ip daddr ${identity} ${port} ${to.length === 0 ? "drop" : `${dnat} ${hash} ${map}`}`;
    });
    return [...perRule, `ip daddr ${identity} drop`];
  });
  return `flush chain ip fabric prerouting\n${lines.map((line) => `add rule ip fabric prerouting ${line}\n`).join("")}`;
}
