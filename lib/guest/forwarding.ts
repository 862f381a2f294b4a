import { z } from "zod";
import { both, Check, pathText, shown, withSchema } from "../azure/check";
import { addressPrefix, ipv4Address, overlap } from "../azure/ip";
import { asked, list, listOnce, section, text } from "../azure/setting";
import { judged } from "../azure/settled";

// the addresses that the health agent of Linux (linux/health.py) uses within its machine.
const HEALTH_PREFIX = "192.0.2.0/29";

/** A rule, and that an address or prefix is none that the guest uses itself. */
export function freeInGuest(rule: Check<string>): Check<string> {
  return both(rule, (value) =>
    overlap(value, HEALTH_PREFIX)
      ? `must not overlap ${HEALTH_PREFIX}, which the guest uses, got ${shown(value)}`
      : undefined,
  );
}

// a token does not pass: rules, probes and firewall names are made per port.
const port = withSchema<number>(
  (value) =>
    Number.isInteger(value) && value >= 1 && value <= 65535
      ? undefined
      : `must be a whole number from 1 to 65535, got ${shown(value)}`,
  { type: "integer", minimum: 1, maximum: 65535 },
);

type AtLeastOne = [number, ...number[]];

const ports = listOnce(asked(z.number(), port)).min(1) as unknown as z.ZodType<AtLeastOne, number[]>;

/** The TCP ports that are forwarded, where nobody names others those of HTTPS. */
export const forwardedPorts = ports.default([443]);

/** What a forwarder does: it takes connections of some sources on some ports to one address. */
export const forwardingSettings = section({
  /** The IPv4 address that connections are forwarded to; may be a token. */
  targetAddress: text(freeInGuest(ipv4Address)),
  /** The TCP ports, each forwarded to the same port of the target. The load balancer probes the first one. */
  ports,
  /** The IPv4 prefixes whose connections are forwarded: the subnet of the Private Link NAT. Elements may be tokens. */
  allowFrom: list(text(freeInGuest(addressPrefix))).min(1),
});

/** What a forwarder does, as somebody writes it. */
export type Forwarding = z.input<typeof forwardingSettings>;

/** Throws one error that lists every problem of a forwarding, so that no value can break out of the place it is put in. */
export function throwIfUnsound(forwarding: Forwarding): void {
  const { problems } = judged(forwardingSettings, forwarding);
  if (problems.length > 0) {
    const lines = problems.map(({ path, complaint }) => `- ${pathText(path)} ${complaint}`);
    throw new Error(`invalid forwarding:\n${lines.join("\n")}`);
  }
}
