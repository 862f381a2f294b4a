import { addressPrefix, ipv4Address, overlap } from "../azure/ip";
import { pathText, Problem, Check, check, shown } from "../azure/check";

/** What a forwarder does: it takes connections of some sources on some ports to one address. */
export interface Forwarding {
  /** The IPv4 address that connections are forwarded to; may be a token. */
  readonly targetAddress: string;
  /** The TCP ports, each forwarded to the same port of the target. The load balancer probes the first one. */
  readonly ports: readonly number[];
  /** The IPv4 prefixes whose connections are forwarded: the subnet of the Private Link NAT. Elements may be tokens. */
  readonly allowFrom: readonly string[];
}

// the addresses that the health agent of Linux (linux/health.py) uses within its machine.
const HEALTH_PREFIX = "192.0.2.0/29";

/** A rule, and that an address or prefix is none that the guest uses itself. */
export function freeInGuest(rule: Check<string>): Check<string> {
  return (value) =>
    rule(value) ??
    (overlap(value, HEALTH_PREFIX)
      ? `must not overlap ${HEALTH_PREFIX}, which the guest uses, got ${shown(value)}`
      : undefined);
}

// a token does not pass: rules, probes and firewall names are made per port.
const port: Check<number> = (value) =>
  Number.isInteger(value) && value >= 1 && value <= 65535
    ? undefined
    : `must be a whole number from 1 to 65535, got ${shown(value)}`;

/** What is wrong with a list of ports. */
export function portProblems(ports: readonly number[]): Problem[] {
  return [
    ...(ports.length === 0 ? [{ path: ["ports"], complaint: "must name at least one port, got []" }] : []),
    ...ports.flatMap((value, index) => check(["ports", index], value, port)),
    ...ports.flatMap((value, index) =>
      ports.slice(0, index).includes(value)
        ? [{ path: ["ports", index], complaint: `must not be listed twice, got ${value}` }]
        : [],
    ),
  ];
}

/** What is wrong with a forwarding, so that no value can break out of the place it is put in. */
export function forwardingProblems({ targetAddress, ports, allowFrom }: Forwarding): Problem[] {
  return [
    ...check("targetAddress", targetAddress, freeInGuest(ipv4Address)),
    ...portProblems(ports),
    ...(allowFrom.length === 0 ? [{ path: ["allowFrom"], complaint: "must name at least one prefix, got []" }] : []),
    ...allowFrom.flatMap((value, index) => check(["allowFrom", index], value, freeInGuest(addressPrefix))),
  ];
}

/** Throws one error that lists every problem of a forwarding; does nothing when there is none. */
export function throwIfUnsound(forwarding: Forwarding): void {
  const problems = forwardingProblems(forwarding);
  if (problems.length > 0) {
    const lines = problems.map(({ path, complaint }) => `- ${pathText(path)} ${complaint}`);
    throw new Error(`invalid forwarding:\n${lines.join("\n")}`);
  }
}
