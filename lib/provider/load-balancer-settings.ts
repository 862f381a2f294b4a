import { addressProblems, ipv4Address } from "../azure/ip";
import { azureName } from "../azure/names";
import { Problem, check, wholeNumber } from "../azure/check";

/** The part of the load balancer that people decide. */
export interface LoadBalancerSettings {
  /** @default "lbi-apim" */
  readonly name?: string;
  /** The frontend's address in its subnet, not one of the first four or the last. */
  readonly privateIpAddress: string;
  /** @default "frontend" */
  readonly frontendName?: string;
  /**
   * The zones of the frontend; they can never be changed.
   *
   * @default - none, which promises nothing when a zone fails
   */
  readonly zones?: string[];
  /** @default "forwarders" */
  readonly backendAddressPoolName?: string;
  /** @default - see `LoadBalancerProbeSettings` */
  readonly probe?: LoadBalancerProbeSettings;
  /** @default - see `LoadBalancerRuleSettings` */
  readonly rule?: LoadBalancerRuleSettings;
}

/** How the load balancer finds out which forwarders work. */
export interface LoadBalancerProbeSettings {
  /** @default "forwarder-health" */
  readonly name?: string;
  /**
   * Seconds between two probes, 5 to 60.
   *
   * @default 5
   */
  readonly intervalInSeconds?: number;
  /**
   * How many probes in a row must fail, or succeed, to change a forwarder's state, 1 to 10.
   *
   * @default 2
   */
  readonly probeThreshold?: number;
}

/** How the load balancer treats connections. */
export interface LoadBalancerRuleSettings {
  /** @default "https" */
  readonly name?: string;
  /**
   * Minutes after which an idle connection ends, 4 or 5: Private Link ends it after about five anyway.
   *
   * @default 4
   */
  readonly idleTimeoutInMinutes?: number;
}

/** What is wrong with the settings of a load balancer in a subnet. */
export function loadBalancerProblems(
  settings: LoadBalancerSettings,
  subnetPrefix: string,
  ports: readonly number[],
): Problem[] {
  const malformed = check("privateIpAddress", settings.privateIpAddress, ipv4Address);
  return [
    ...check("name", settings.name, azureName.loadBalancer),
    ...check("frontendName", settings.frontendName, azureName.loadBalancerPart),
    ...check("backendAddressPoolName", settings.backendAddressPoolName, azureName.loadBalancerPart),
    ...check(["probe", "name"], settings.probe?.name, azureName.loadBalancerPart),
    ...check(["probe", "intervalInSeconds"], settings.probe?.intervalInSeconds, wholeNumber(5, 60, "seconds")),
    ...check(["probe", "probeThreshold"], settings.probe?.probeThreshold, wholeNumber(1, 10, "probes")),
    ...ruleNames(settings, ports)
      .flatMap((ruleName) => check(["rule", "name"], ruleName, azureName.loadBalancerPart))
      .slice(0, 1),
    // https://learn.microsoft.com/azure/private-link/private-link-service-overview#limitations
    ...check(["rule", "idleTimeoutInMinutes"], settings.rule?.idleTimeoutInMinutes, wholeNumber(4, 5, "minutes")),
    ...malformed,
    ...(malformed.length > 0
      ? []
      : addressProblems([{ path: ["privateIpAddress"], address: settings.privateIpAddress }], subnetPrefix)),
  ];
}

/** The names of the rules, one for each port; the first has the name itself. */
export function ruleNames({ rule }: LoadBalancerSettings, ports: readonly number[]): string[] {
  const name = rule?.name ?? "https";
  return ports.map((port, index) => (index === 0 ? name : `${name}-${port}`));
}
