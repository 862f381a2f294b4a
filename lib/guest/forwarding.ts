import { z } from "zod";
import { isToken, pathText, withSchema } from "../azure/check";
import { frontendPort, MAX_RULES_PER_INTERFACE } from "../azure/ports";
import { asked, list, listOnce, section, text } from "../azure/setting";
import { targetAddress, ownPrefix } from "../azure/target";
import { judged } from "../azure/settled";

// a token does not pass: rules, probes and firewall names are made per port.
const port = withSchema<number>(
  (value) =>
    isToken(value) ? "must be known before Terraform runs: there is one rule for each port" : frontendPort(value),
  frontendPort.schema,
);

type AtLeastOne = [number, ...number[]];

const ports = listOnce(asked(z.number(), port)).min(1).max(MAX_RULES_PER_INTERFACE) as unknown as z.ZodType<
  AtLeastOne,
  number[]
>;

/** The TCP ports that are forwarded, where nobody names others those of HTTPS. */
export const forwardedPorts = ports.default([443]);

/** What a forwarder does: it takes connections of some sources on some ports to one address. */
export const forwardingSettings = section({
  /** The IPv4 address that connections are forwarded to; may be a token. */
  targetAddress: text(targetAddress),
  /** The TCP ports, each forwarded to the same port of the target. The load balancer probes the first one. */
  ports: forwardedPorts,
  /** The IPv4 prefixes whose connections are forwarded: the subnet of the Private Link NAT. Elements may be tokens. */
  allowFrom: list(text(ownPrefix)).min(1),
});

/** What a forwarder does, as somebody writes it. */
export type ForwardingSettings = z.input<typeof forwardingSettings>;

/** What a forwarder does, with nothing left out. */
export type Forwarding = Required<ForwardingSettings>;

/** Throws one error that lists every problem of a forwarding, so that no value can break out of the place it is put in. */
export function throwIfUnsound(forwarding: Forwarding): void {
  const { problems } = judged(forwardingSettings, forwarding);
  if (problems.length > 0) {
    const lines = problems.map(({ path, complaint }) => `- ${pathText(path)} ${complaint}`);
    throw new Error(`invalid forwarding:\n${lines.join("\n")}`);
  }
}
