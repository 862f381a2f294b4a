import { z } from "zod";
import { check, Problem } from "../azure/check";
import { addressProblems, ipv4Address } from "../azure/ip";
import { azureName } from "../azure/names";
import { section, text, whole } from "../azure/setting";
import { zones } from "../azure/zone";

const probe = section({
  /** The name of the probe. */
  name: text(azureName.loadBalancerPart).default("forwarder-health"),
  /** Seconds between two probes. */
  intervalInSeconds: whole(5, 60, "seconds").default(5),
  /** How many probes in a row must fail, or succeed, to change a forwarder's state. */
  probeThreshold: whole(1, 10, "probes").default(2),
});

const rule = section({
  /** The name of the rule; of several ports, each but the first adds its number. */
  name: text(azureName.loadBalancerPart).default("https"),
  /**
   * Minutes after which an idle connection ends; Private Link ends it after about five anyway.
   * https://learn.microsoft.com/azure/private-link/private-link-service-overview#limitations
   */
  idleTimeoutInMinutes: whole(4, 5, "minutes").default(4),
});

/** The load balancer in front of the forwarders. */
export const loadBalancerSettings = section({
  /** The load balancer's name. */
  name: text(azureName.loadBalancer).default("lbi-apim"),
  /** The frontend's address in the Private Link Service's subnet; not one of its first four or its last. */
  privateIpAddress: text(ipv4Address),
  /** The name of the frontend. */
  frontendName: text(azureName.loadBalancerPart).default("frontend"),
  /** The zones of the frontend, which can never be changed; without any, nothing is promised when a zone fails. */
  zones: zones.optional(),
  /** The name of the pool. */
  backendAddressPoolName: text(azureName.loadBalancerPart).default("forwarders"),
  /** How the load balancer finds out which forwarders work. */
  probe: probe.prefault({}),
  /** How the load balancer treats connections. */
  rule: rule.prefault({}),
});

/** The load balancer in front of the forwarders, as somebody writes it. */
export type LoadBalancerSettings = z.input<typeof loadBalancerSettings>;

/** What is wrong between a load balancer, its subnet and its ports. */
export function loadBalancerProblems(
  { privateIpAddress, rule: { name } }: z.output<typeof loadBalancerSettings>,
  subnetPrefix: string,
  ports: readonly number[],
): Problem[] {
  return [
    ...addressProblems([{ path: ["privateIpAddress"], address: privateIpAddress }], subnetPrefix),
    ...ports
      .flatMap((port) => check(["rule", "name"], ruleName(name, port, ports), azureName.loadBalancerPart))
      .slice(0, 1),
  ];
}

/** The name of the rule of one of the ports; the first has the name itself. */
export function ruleName(name: string, port: number, ports: readonly number[]): string {
  return port === ports[0] ? name : `${name}-${port}`;
}
