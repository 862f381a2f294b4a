import { Lb } from "@cdktf/provider-azurerm/lib/lb";
import { LbBackendAddressPool } from "@cdktf/provider-azurerm/lib/lb-backend-address-pool";
import { LbProbe } from "@cdktf/provider-azurerm/lib/lb-probe";
import { LbRule } from "@cdktf/provider-azurerm/lib/lb-rule";
import { DataResource, dependable, ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { settled } from "../azure/settled";
import { forwardedPorts } from "../guest/forwarding";
import { IResourceGroup } from "../network/resource-group";
import { ISubnet, standingIn } from "../network/subnet";
import { IForwarder, IForwarderPool } from "./forwarder-pool";
import { loadBalancerProblems, LoadBalancerSettings, loadBalancerSettings, ruleName } from "./load-balancer-settings";

/** What a `PlsLoadBalancer` is made of. */
export interface PlsLoadBalancerProps extends LoadBalancerSettings {
  /** The resource group and region; the region is the network's. */
  readonly resourceGroup: IResourceGroup;
  /** The subnet of the frontend. */
  readonly subnet: ISubnet;
  /** What carries the traffic, at least one. */
  readonly forwarders: readonly IForwarder[];
  /** The TCP ports, one rule for each; the probe asks the first. Where they are left out, 443. */
  readonly ports?: number[];
}

/**
 * Defines a Standard internal load balancer with a static frontend address, a pool of network interfaces, a probe, and
 * a rule for each port that is bound to the probe.
 *
 * The pool is made of network interfaces because a Private Link Service refuses one made of addresses.
 */
export class PlsLoadBalancer extends Construct implements IForwarderPool {
  /** The load balancer. */
  public readonly loadBalancer: Lb;
  /** The id of the frontend, which a Private Link Service sends connections to. */
  public readonly frontendIpConfigurationId: string;
  /** What changes when the frontend becomes another one, with which a Private Link Service does not go on. */
  public readonly frontend: ITerraformDependable;
  /** The frontend's address. */
  public readonly privateIpAddress: string;
  /** The pool of the forwarders' network interfaces. */
  public readonly backendAddressPool: LbBackendAddressPool;
  public readonly backendAddressPoolId: string;
  /** The probe. */
  public readonly probe: LbProbe;
  public readonly probeId: string;
  /** The rules, one for each port. */
  public readonly rules: readonly LbRule[];
  /** All that carries connections: the rules, the machines, and what makes them members of the pool. */
  public readonly carriers: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: PlsLoadBalancerProps) {
    super(scope, id);
    const schema = loadBalancerSettings.extend({ ports: forwardedPorts });
    const settings = settled(this, schema, props, (known) => [
      ...loadBalancerProblems(known, props.subnet.addressPrefix, known.ports),
      ...(props.forwarders.length > 0 ? [] : [{ path: ["forwarders"], complaint: "must have at least one, got []" }]),
    ]);

    const { ports, frontendName } = settings;
    this.loadBalancer = new Lb(this, "Resource", {
      name: settings.name,
      resourceGroupName: props.resourceGroup.name,
      location: props.resourceGroup.location,
      sku: "Standard",
      frontendIpConfiguration: [
        {
          name: frontendName,
          subnetId: props.subnet.id,
          privateIpAddressAllocation: "Static",
          privateIpAddress: settings.privateIpAddress,
          zones: settings.zones,
        },
      ],
      lifecycle: { replaceTriggeredBy: standingIn(props.subnet) },
    });
    // a frontend that is called otherwise, or stands in another subnet, is another one to Azure; its id in Terraform stays.
    this.frontend = new DataResource(this, "Frontend", { input: { name: frontendName, subnet: props.subnet.id } });
    const loadbalancerId = this.loadBalancer.id;
    this.backendAddressPool = new LbBackendAddressPool(this, "Pool", {
      name: settings.backendAddressPoolName,
      loadbalancerId,
    });
    this.probe = new LbProbe(this, "Probe", {
      name: settings.probe.name,
      loadbalancerId,
      protocol: "Tcp",
      port: ports[0],
      intervalInSeconds: settings.probe.intervalInSeconds,
      // number_of_probes is ignored by Azure and goes away in 2027: https://learn.microsoft.com/azure/load-balancer/whats-new
      probeThreshold: settings.probe.probeThreshold,
    });
    this.rules = ports.map(
      (port) =>
        new LbRule(this, `Rule${port}`, {
          name: ruleName(settings.rule.name, port, ports),
          loadbalancerId,
          frontendIpConfigurationName: frontendName,
          protocol: "Tcp",
          frontendPort: port,
          backendPort: port,
          backendAddressPoolIds: [this.backendAddressPool.id],
          probeId: this.probe.id,
          idleTimeoutInMinutes: settings.rule.idleTimeoutInMinutes,
          tcpResetEnabled: true,
          // Azure deletes no pool and no probe that a rule names, and renames no frontend that it does.
          lifecycle: {
            replaceTriggeredBy: [
              `${dependable(this.backendAddressPool)}.id`,
              `${dependable(this.probe)}.id`,
              dependable(this.frontend),
            ],
          },
        }),
    );
    this.frontendIpConfigurationId = this.loadBalancer.frontendIpConfiguration.get(0).id;
    this.privateIpAddress = settings.privateIpAddress;
    this.backendAddressPoolId = this.backendAddressPool.id;
    this.probeId = this.probe.id;
    this.carriers = [...this.rules, ...props.forwarders.flatMap((forwarder) => forwarder.attachTo(this))];
  }
}
