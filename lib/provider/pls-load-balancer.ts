import { Lb } from "@cdktf/provider-azurerm/lib/lb";
import { LbBackendAddressPool } from "@cdktf/provider-azurerm/lib/lb-backend-address-pool";
import { LbProbe } from "@cdktf/provider-azurerm/lib/lb-probe";
import { LbRule } from "@cdktf/provider-azurerm/lib/lb-rule";
import { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { IResourceGroup } from "../network/resource-group";
import { throwIfAny } from "../azure/check";
import { portProblems } from "../guest/forwarding";
import { loadBalancerProblems, LoadBalancerSettings, ruleNames } from "./load-balancer-settings";
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
    throwIfAny(this, [
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
