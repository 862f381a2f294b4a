import { MonitorAutoscaleSetting } from "@cdktf/provider-azurerm/lib/monitor-autoscale-setting";
import { dependable, ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { z } from "zod";
import { settled } from "../azure/settled";
import { IResourceGroup } from "../network/resource-group";
import { ISubnet, standingIn } from "../network/subnet";
import { IForwarder, IForwarderPool } from "./forwarder-pool";
import { IGuest, IScaleSet } from "./guest";
import {
  firstInstances,
  ForwarderScaleSetSettings,
  loneScaleSetProblems,
  loneScaleSetSettings,
  ScaleSet,
} from "./scale-set-settings";

/** What a `ForwarderScaleSet` is made of. */
export interface ForwarderScaleSetProps extends ForwarderScaleSetSettings {
  /** The resource group and region; the region is the network's. */
  readonly resourceGroup: IResourceGroup;
  /** The subnet of the machines. */
  readonly subnet: ISubnet;
  /** What runs in the machines. */
  readonly guest: IGuest;
  /**
   * What Terraform is done with before it touches the scale set.
   *
   * @default - nothing
   */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * Defines a scale set of forwarders: spread over zones, repaired when the load balancer's probe finds a machine dead,
 * brought up to date in batches when the model or APIM's address changes.
 */
export class ForwarderScaleSet extends Construct implements IForwarder {
  /** The scale set's name. */
  public readonly name: string;
  /** The scale set. */
  public readonly scaleSet: IScaleSet;
  /** What changes the number of machines with the load, if anything does. */
  public readonly autoscale?: MonitorAutoscaleSetting;
  private readonly settings: z.output<ReturnType<typeof loneScaleSetSettings>>;
  private readonly subnet: ISubnet;

  constructor(scope: Construct, id: string, props: ForwarderScaleSetProps) {
    super(scope, id);
    const { guest, subnet, resourceGroup, dependsOn = [] } = props;
    this.settings = settled(this, loneScaleSetSettings(guest.operatingSystem), props, (known) => [
      ...loneScaleSetProblems(known),
      ...guest.machineProblems(known),
    ]);

    const { autoscale } = this.settings;
    const instances = firstInstances(this.settings);
    this.name = this.settings.name;
    this.subnet = subnet;
    this.scaleSet = guest.scaleSet(this, "Resource", {
      ...this.settings,
      instances,
      resourceGroupName: resourceGroup.name,
      location: resourceGroup.location,
      // with autoscaling the number is Azure's; Terraform would set it back at every apply.
      ignoreChanges: autoscale ? ["instances"] : [],
      replaceTriggeredBy: standingIn(subnet),
      dependsOn: [...subnet.ready, ...dependsOn],
    });
    this.autoscale = autoscale && this.defineAutoscale(autoscale, instances, resourceGroup);
  }

  attachTo(pool: IForwarderPool): ITerraformDependable[] {
    const { subnet, name, settings } = this;
    this.scaleSet.putNetworkInterface([
      {
        name: `${name}-nic`,
        primary: true,
        enableIpForwarding: settings.ipForwardingEnabled,
        enableAcceleratedNetworking: settings.acceleratedNetworkingEnabled,
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
    this.scaleSet.dependsOn = [...(this.scaleSet.dependsOn ?? []), ...pool.rules.map(dependable)];
    return [this.scaleSet];
  }

  private defineAutoscale(
    { minimum, maximum }: NonNullable<ScaleSet["autoscale"]>,
    instances: number,
    resourceGroup: IResourceGroup,
  ): MonitorAutoscaleSetting {
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
    return new MonitorAutoscaleSetting(this, "Autoscale", {
      name: `${this.name}-autoscale`,
      resourceGroupName: resourceGroup.name,
      location: resourceGroup.location,
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
