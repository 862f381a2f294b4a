import { MonitorAutoscaleSetting } from "@cdktf/provider-azurerm/lib/monitor-autoscale-setting";
import { dependable } from "cdktf";
import { Construct } from "constructs";
import { IResourceGroup } from "../network/resource-group";
import { throwIfAny, check } from "../azure/check";
import { IGuest, IScaleSet } from "./guest";
import { machineProblems, MachineSettings } from "./machine";
import { IForwarder, IForwarderPool } from "./pls-load-balancer";
import { ISubnet } from "../network/subnet";
import { AutoscaleSettings, firstInstances, ForwarderScaleSetSettings, scaleSetProblems } from "./scale-set-settings";

/** What a `ForwarderScaleSet` is made of. */
export interface ForwarderScaleSetProps extends ForwarderScaleSetSettings, MachineSettings {
  /** The resource group and region; the region is the network's. */
  readonly resourceGroup: IResourceGroup;
  /** The subnet of the machines. */
  readonly subnet: ISubnet;
  /** What runs in the machines. */
  readonly guest: IGuest;
  /** @default false */
  readonly ipForwardingEnabled?: boolean;
}

/**
 * Defines a scale set of forwarders: spread over zones, repaired when the load balancer's probe finds a machine dead,
 * brought up to date in batches when the model or APIM's address changes.
 */
export class ForwarderScaleSet extends Construct implements IForwarder {
  private readonly scaleSet: IScaleSet;
  private readonly props: ForwarderScaleSetProps;

  constructor(scope: Construct, id: string, props: ForwarderScaleSetProps) {
    super(scope, id);
    throwIfAny(this, [
      ...check("name", props.name, props.guest.scaleSetName),
      ...machineProblems(props, props.guest.size),
      ...scaleSetProblems(props),
    ]);

    const { name: resourceGroupName, location } = props.resourceGroup;
    const instances = firstInstances(props);
    this.scaleSet = props.guest.scaleSet(this, "Resource", {
      ...props,
      instances,
      upgradeMode: props.upgradeMode ?? "Rolling",
      resourceGroupName,
      location,
      // with autoscaling the number is Azure's; Terraform would set it back at every apply.
      ignoreChanges: props.autoscale ? ["instances"] : [],
      dependsOn: props.subnet.ready,
    });
    this.props = props;
    if (props.autoscale) this.defineAutoscale(props.autoscale, instances);
  }

  attachTo(pool: IForwarderPool): void {
    const { subnet, name } = this.props;
    this.scaleSet.putNetworkInterface([
      {
        name: `${name}-nic`,
        primary: true,
        enableIpForwarding: this.props.ipForwardingEnabled ?? false,
        enableAcceleratedNetworking: this.props.acceleratedNetworkingEnabled ?? false,
        ipConfiguration: [
          {
            name: "ipconfig1",
            primary: true,
            subnetId: subnet.id,
            loadBalancerBackendAddressPoolIds: [pool.backendAddressPoolId],
          },
        ],
      },
    ]);
    this.scaleSet.healthProbeId = pool.probeId;
    // Azure takes a probe for machines' health only while a rule uses it.
    this.scaleSet.dependsOn = [...subnet.ready, ...pool.rules].map(dependable);
  }

  private defineAutoscale({ minimum, maximum }: AutoscaleSettings, instances: number): void {
    const step = (metricName: string, operator: string, threshold: number, direction: string) => ({
      metricTrigger: {
        metricName,
        metricResourceId: this.scaleSet.id,
        operator,
        threshold,
        statistic: "Average",
        timeAggregation: "Average",
        timeGrain: "PT1M",
        timeWindow: direction === "Increase" ? "PT5M" : "PT15M",
      },
      scaleAction: { direction, type: "ChangeCount", value: 1, cooldown: direction === "Increase" ? "PT5M" : "PT15M" },
    });
    new MonitorAutoscaleSetting(this, "Autoscale", {
      name: `${this.props.name}-autoscale`,
      resourceGroupName: this.props.resourceGroup.name,
      location: this.props.resourceGroup.location,
      targetResourceId: this.scaleSet.id,
      profile: [
        {
          name: "load",
          capacity: { minimum, maximum, default: instances },
          rule: [
            step("Percentage CPU", "GreaterThan", 70, "Increase"),
            step("Percentage CPU", "LessThan", 25, "Decrease"),
            // a forwarder has about 64,000 source ports toward APIM, and counts a connection once on each side.
            step("Inbound Flows", "GreaterThan", 40000, "Increase"),
            step("Inbound Flows", "LessThan", 10000, "Decrease"),
          ],
        },
      ],
    });
  }
}
