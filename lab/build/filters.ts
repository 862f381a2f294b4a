import { Interface, Network } from "../read/model";
import { routeTo } from "../read/routes";
import { SecurityGroup, SecurityRule, orderedRules } from "../read/security-groups";
import { PLATFORM } from "./topology";

/** An interface on the provider's network as its router sees it. */
export interface Attached {
  /** The router's end of the link. */
  readonly link: string;
  readonly name: string;
  readonly nic: Interface;
  /** The address that it had before, as long as it still answers there. */
  readonly formerly?: string;
}

/** What a packet met that stopped it. */
export interface Obstacle {
  /** The counter's name. */
  readonly counter: string;
  /** The interface that the packet came to or from. */
  readonly at: string;
  readonly inbound: boolean;
  readonly group?: string;
  /** Whether it is a route that leads elsewhere. */
  readonly route?: boolean;
  readonly text: string;
}

/** The filters of a network, and what each of their counters means. */
export interface Filters {
  readonly ruleset: string;
  readonly obstacles: readonly Obstacle[];
}

/**
 * The security groups of a network as the packet filter of its router: for a connection, the groups of the sender's
 * subnet and interface, then those of the receiver, each rule in order of priority, Azure's own at the end.
 */
export function networkFilters(attached: readonly Attached[], networks: readonly Network[]): Filters {
  const obstacles: Obstacle[] = [];
  const chains: string[] = [];
  const jumps: string[] = [];
  const guards: string[] = [];
  const obstacle = (found: Omit<Obstacle, "counter">): string => {
    const counter = `obstacle_${obstacles.length}`;
    obstacles.push({ counter, ...found });
    return counter;
  };
  for (const { link, name, nic, formerly } of attached) {
    const own = formerly === undefined ? nic.address : `{ ${nic.address}, ${formerly} }`;
    const strange = nic.ipForwarding ? "so that answers pass it by" : "which Azure drops";
    const foreign = obstacle({ at: name, inbound: false, text: `sends packets that are not its own, ${strange}` });
    guards.push(`iifname "${link}" ip saddr != ${own} counter name ${foreign}${nic.ipForwarding ? "" : " drop"}`);
    const addresses = nic.subnet.network.addressSpace;
    for (const inbound of [false, true]) {
      const groups = inbound ? [...nic.subnet.groups, ...nic.groups] : [...nic.groups, ...nic.subnet.groups];
      groups.forEach((group, index) => {
        const chain = `${link}_${inbound ? "in" : "out"}_${index}`;
        chains.push(
          groupChain(chain, group, inbound, addresses, (text) =>
            obstacle({ at: name, inbound, group: group.name, text }),
          ),
        );
        jumps.push(`${inbound ? "oifname" : "iifname"} "${link}" jump ${chain}`);
      });
    }
  }
  const astray = detours(attached, obstacle);
  const separate = networks.length > 1 ? separated(attached, obstacle) : [];
  const ruleset = `
table ip network
delete table ip network
table ip network {
${obstacles.map(({ counter }) => `  counter ${counter} {}`).join("\n")}
${chains.join("\n")}
  chain forward {
    type filter hook forward priority filter; policy accept;
    ${[...guards, ...astray, "ct state established,related accept", ...separate, ...jumps].join("\n    ")}
  }
}
`;
  return { ruleset, obstacles };
}

/** What leaves by a route of its subnet that leads to something else than the receiver, which the lab has not. */
function detours(attached: readonly Attached[], obstacle: (found: Omit<Obstacle, "counter">) => string): string[] {
  return attached.flatMap(({ link, name, nic }) =>
    attached.flatMap((other) => {
      const route = routeTo(nic.subnet, other.nic.address);
      if (!route || other.nic === nic) return [];
      const text = `route ${route.name} of ${nic.subnet.name} takes what is for ${other.name} to ${route.nextHopAddress || route.nextHop}`;
      const counter = obstacle({ at: name, inbound: false, route: true, text });
      return `iifname "${link}" ip daddr ${other.nic.address} counter name ${counter} drop`;
    }),
  );
}

/** Different networks reach each other only when they are peered, and no design of this project peers them. */
function separated(attached: readonly Attached[], obstacle: (found: Omit<Obstacle, "counter">) => string): string[] {
  return attached.flatMap((one) =>
    attached
      .filter((other) => other.nic.subnet.network !== one.nic.subnet.network)
      .map((other) => {
        const text = `the networks ${one.nic.subnet.network.name} and ${other.nic.subnet.network.name} are not peered`;
        const counter = obstacle({ at: other.name, inbound: true, text });
        return `iifname "${one.link}" oifname "${other.link}" counter name ${counter} drop`;
      }),
  );
}

function groupChain(
  chain: string,
  group: SecurityGroup,
  inbound: boolean,
  network: readonly string[],
  counterFor: (text: string) => string,
): string {
  const lines = orderedRules(group, inbound).flatMap((rule) => {
    const counter = rule.allow ? undefined : counterFor(`rule ${rule.name} (priority ${rule.priority}) denies`);
    const verdict = counter === undefined ? "return" : `counter name ${counter} drop`;
    return matches(rule, network).map((match) => `    ${match} ${verdict}`.replace(/^ +/, "    "));
  });
  return `  chain ${chain} {\n${lines.join("\n")}\n  }`;
}

/** A rule's conditions in the language of nft, one line for each protocol that they are about. */
function matches(rule: SecurityRule, network: readonly string[]): string[] {
  const addresses = [
    ...prefixes("saddr", rule.sources, network),
    ...prefixes("daddr", rule.destinations, network),
  ].join(" ");
  const ports = [...portRanges("sport", rule.sourcePorts), ...portRanges("dport", rule.destinationPorts)];
  if (ports.length === 0) {
    return [`${addresses} ${rule.protocol === "*" ? "" : `ip protocol ${rule.protocol}`}`];
  }
  const protocols = rule.protocol === "*" ? ["tcp", "udp"] : [rule.protocol];
  return protocols.map((protocol) => `${addresses} ${ports.map((port) => `${protocol} ${port}`).join(" ")}`);
}

function portRanges(side: string, ranges: readonly string[]): string[] {
  return ranges.includes("*") || ranges.length === 0 ? [] : [`${side} { ${ranges.join(", ")} }`];
}

function prefixes(side: string, texts: readonly string[], network: readonly string[]): string[] {
  if (texts.some((text) => text === "*" || text === "0.0.0.0/0") || texts.length === 0) return [];
  if (texts.length === 1 && texts[0] === "Internet") return [`ip ${side} != { ${virtualNetwork(network)} }`];
  return [`ip ${side} { ${texts.map((text) => tagged(text, network)).join(", ")} }`];
}

/** https://learn.microsoft.com/azure/virtual-network/service-tags-overview#available-service-tags */
function virtualNetwork(network: readonly string[]): string {
  return [...network, PLATFORM].join(", ");
}

function tagged(text: string, network: readonly string[]): string {
  if (/^[\d./]+$/.test(text)) return text;
  if (text === "VirtualNetwork") return virtualNetwork(network);
  if (text === "AzureLoadBalancer") return PLATFORM;
  // any other service has public addresses, of which the lab has none: one stands for all, another for each service.
  const digest = [...text].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 254, 7);
  return `198.51.100.${digest + 1}`;
}
