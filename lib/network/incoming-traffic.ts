import { Token } from "cdktf";
import { Expectation } from "./postconditions";

/** TCP connections that a subnet's security group has to let in. */
export interface IncomingTraffic {
  /** Who connects, as a message says it, such as "the forwarders". */
  readonly who: string;
  /**
   * Where they connect from: the IPv4 prefix of a subnet, or a service tag, with the prefix that it stands for if that is known.
   *
   * @default - the subnet itself
   */
  readonly source?:
    { readonly prefix: string; readonly tag?: string } | { readonly prefix?: undefined; readonly tag: string };
  /** The ports. */
  readonly ports: readonly number[];
}

/**
 * Expects a security group that was read to let connections into a subnet. The first of its rules that concerns them must not deny
 * them; where none does, Azure's own rules let them in. A rule that denies concerns them if all of them are meant, one
 * that allows if some can be: so whoever is refused is certainly kept out, and a rule for a part of a subnet is left to its owner.
 * https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview
 *
 * @param subnet the subnet's name
 * @param prefix the subnet's only IPv4 prefix
 */
export function lettingIn(traffic: IncomingTraffic, subnet: string, prefix: string): Expectation {
  const { who, source = { prefix }, ports } = traffic;
  const concerned = [
    `rule.direction == "Inbound"`,
    `contains(["*", "tcp"], lower(rule.protocol))`,
    `anytrue([for range in ${listed("rule.destination_port_range")} : range == "*" || try(tonumber(split("-", range)[0]) <= port && port <= tonumber(reverse(split("-", range))[0]), false)])`,
    `(rule.access == "Allow" || contains(${listed("rule.source_port_range")}, "*"))`,
    source.prefix === undefined ? comesFrom(source.tag) : concerns("rule.source", source.prefix, source.tag),
    concerns("rule.destination", prefix),
  ].join(" && ");
  const inOrder = `sort([for rule in self.security_rule : format("%04d %s", rule.priority, rule.access) if ${concerned}])`;
  return {
    condition: `alltrue([for port in [${ports.join(", ")}] : !endswith(try(${inOrder}[0], ""), "Deny")])`,
    remedy: `The security group of the subnet ${subnet} must let TCP ${ports.join(", ")} in from ${who}, and a rule of it denies that; allow it before that rule.`,
  };
}

/** A rule has one value, or several under a name in the plural. */
function listed(argument: string, plural = `${argument}s`): string {
  return `compact(concat([${argument}], tolist(${plural})))`;
}

/** Whether a rule concerns a service: which addresses that has, nobody here knows. */
function comesFrom(tag: string): string {
  const addresses = listed("rule.source_address_prefix", "rule.source_address_prefixes");
  return `(rule.access == "Allow" || length(setintersection(["*", "0.0.0.0/0", "${tag}"], ${addresses})) > 0)`;
}

/** Whether a side of a rule concerns a prefix of the network, or of a service: all of it, or where the rule allows a part. */
function concerns(side: string, prefix: string, tag = "VirtualNetwork"): string {
  const given = `split("/", ${Token.isUnresolved(prefix) ? prefix : JSON.stringify(prefix)})`;
  const addresses = listed(`${side}_address_prefix`, `${side}_address_prefixes`);
  // an address without a length stands for itself; whatever else is no prefix is the name of other addresses.
  const parts = `[for address in ${addresses} : split("/", format("%s/32", address))]`;
  const sameNetwork = `cidrhost(format("%s/%s", part[0], min(part[1], ${given}[1])), 0) == cidrhost(format("%s/%s", ${given}[0], min(part[1], ${given}[1])), 0)`;
  // VirtualNetwork has addresses of the platform too, which of them is not said for each.
  const names = `contains(["*", "${tag}"], part[0])${tag === "VirtualNetwork" ? "" : ` || rule.access == "Allow" && part[0] == "VirtualNetwork"`}`;
  const met = `${names} || try((rule.access == "Allow" || tonumber(part[1]) <= tonumber(${given}[1])) && ${sameNetwork}, false)`;
  const group = `rule.access == "Allow" && length(${side}_application_security_group_ids) > 0`;
  return `(${group} || anytrue([for part in ${parts} : ${met}]))`;
}
