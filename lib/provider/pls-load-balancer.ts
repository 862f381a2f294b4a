import { Lb } from "@cdktf/provider-azurerm/lib/lb";
import { LbBackendAddressPool } from "@cdktf/provider-azurerm/lib/lb-backend-address-pool";
import { LbProbe } from "@cdktf/provider-azurerm/lib/lb-probe";
import { LbRule } from "@cdktf/provider-azurerm/lib/lb-rule";
import { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { IResourceGroup } from "../network/resource-group";
import { addressProblems, ipv4Address } from "../azure/ip";
import { azureName } from "../azure/names";
import { Problem, refuse, ruled, wholeNumber } from "../azure/rule";
import { portProblems } from "../guest/forwarding";
import { ISubnet } from "../network/subnet";

/** What a load balancer offers the forwarders behind it. */
export interface IForwarderPool extends Construct {
  /** The load balancer itself; its frontend has its address once this exists. */
  readonly loadBalancer: ITerraformDependable;
  /** The pool that forwarders join. */
  readonly backendAddressPoolId: string;
  /** The probe that tells which forwarders carry traffic. */
  readonly probeId: string;
  /** The rules; a scale set may use the probe only when they do. */
  readonly rules: readonly ITerraformDependable[];
}

/** Something that carries traffic behind the load balancer. */
export interface IForwarder {
  /** Puts this forwarder into the pool. */
  attachTo(pool: IForwarderPool): void;
}

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

/** What a `PlsLoadBalancer` is made of. */
export interface PlsLoadBalancerProps extends LoadBalancerSettings {
  /** The resource group and region; the region is the network's. */
  readonly resourceGroup: IResourceGroup;
  /** The subnet of the frontend. */
  readonly subnet: ISubnet;
  /** What carries the traffic, at least one. */
  readonly forwarders: readonly IForwarder[];
  /**
   * The TCP ports, one rule for each; the probe asks the first.
   *
   * @default [443]
   */
  readonly ports?: number[];
}

/** What is wrong with the settings of a load balancer in a subnet. */
export function loadBalancerProblems(
  settings: LoadBalancerSettings,
  subnetPrefix: string,
  ports: readonly number[],
): Problem[] {
  const malformed = ruled("privateIpAddress", settings.privateIpAddress, ipv4Address);
  return [
    ...ruled("name", settings.name, azureName.loadBalancer),
    ...ruled("frontendName", settings.frontendName, azureName.loadBalancerPart),
    ...ruled("backendAddressPoolName", settings.backendAddressPoolName, azureName.loadBalancerPart),
    ...ruled(["probe", "name"], settings.probe?.name, azureName.loadBalancerPart),
    ...ruled(["probe", "intervalInSeconds"], settings.probe?.intervalInSeconds, wholeNumber(5, 60, "seconds")),
    ...ruled(["probe", "probeThreshold"], settings.probe?.probeThreshold, wholeNumber(1, 10, "probes")),
    ...ruleNames(settings, ports)
      .flatMap((ruleName) => ruled(["rule", "name"], ruleName, azureName.loadBalancerPart))
      .slice(0, 1),
    // https://learn.microsoft.com/azure/private-link/private-link-service-overview#limitations
    ...ruled(["rule", "idleTimeoutInMinutes"], settings.rule?.idleTimeoutInMinutes, wholeNumber(4, 5, "minutes")),
    ...malformed,
    ...(malformed.length > 0
      ? []
      : addressProblems([{ path: ["privateIpAddress"], address: settings.privateIpAddress }], subnetPrefix)),
  ];
}

/** The names of the rules, one for each port; the first has the name itself. */
function ruleNames({ rule }: LoadBalancerSettings, ports: readonly number[]): string[] {
  const name = rule?.name ?? "https";
  return ports.map((port, index) => (index === 0 ? name : `${name}-${port}`));
}

/**
 * Defines a Standard internal load balancer with a static frontend address, a pool of network interfaces, a probe, and
 * a rule for each port that is bound to the probe.
 *
 * The pool is made of network interfaces because a Private Link Service refuses one made of addresses.
 */
export class PlsLoadBalancer extends Construct implements IForwarderPool {
  public readonly loadBalancer: ITerraformDependable;
  public readonly frontendIpConfigurationId: string;
  public readonly backendAddressPoolId: string;
  public readonly probeId: string;
  public readonly rules: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: PlsLoadBalancerProps) {
    super(scope, id);
    const ports = props.ports ?? [443];
    refuse(this, [
      ...loadBalancerProblems(props, props.subnet.addressPrefix, ports),
      ...portProblems(ports),
      ...(props.forwarders.length > 0 ? [] : [{ path: ["forwarders"], complaint: "must have at least one, got []" }]),
    ]);

    const frontendName = props.frontendName ?? "frontend";
    const loadBalancer = new Lb(this, "Resource", {
      name: props.name ?? "lbi-apim",
      resourceGroupName: props.resourceGroup.name,
      location: props.resourceGroup.location,
      sku: "Standard",
      frontendIpConfiguration: [
        {
          name: frontendName,
          subnetId: props.subnet.id,
          privateIpAddressAllocation: "Static",
          privateIpAddress: props.privateIpAddress,
          zones: props.zones,
        },
      ],
    });
    const pool = new LbBackendAddressPool(this, "Pool", {
      name: props.backendAddressPoolName ?? "forwarders",
      loadbalancerId: loadBalancer.id,
    });
    const probe = new LbProbe(this, "Probe", {
      name: props.probe?.name ?? "forwarder-health",
      loadbalancerId: loadBalancer.id,
      protocol: "Tcp",
      port: ports[0] ?? 443,
      intervalInSeconds: props.probe?.intervalInSeconds ?? 5,
      // number_of_probes is ignored by Azure and goes away in 2027: https://learn.microsoft.com/azure/load-balancer/whats-new
      probeThreshold: props.probe?.probeThreshold ?? 2,
    });
    const names = ruleNames(props, ports);
    this.rules = ports.map(
      (port, index) =>
        new LbRule(this, `Rule${port}`, {
          name: names[index] ?? "",
          loadbalancerId: loadBalancer.id,
          frontendIpConfigurationName: frontendName,
          protocol: "Tcp",
          frontendPort: port,
          backendPort: port,
          backendAddressPoolIds: [pool.id],
          probeId: probe.id,
          idleTimeoutInMinutes: props.rule?.idleTimeoutInMinutes ?? 4,
          tcpResetEnabled: true,
        }),
    );
    this.loadBalancer = loadBalancer;
    this.frontendIpConfigurationId = loadBalancer.frontendIpConfiguration.get(0).id;
    this.backendAddressPoolId = pool.id;
    this.probeId = probe.id;
    for (const forwarder of props.forwarders) forwarder.attachTo(this);
  }
}
