import { MonitorAutoscaleSetting } from "@cdktf/provider-azurerm/lib/monitor-autoscale-setting";
import { dependable } from "cdktf";
import { Construct } from "constructs";
import { IResourceGroup } from "../network/resource-group";
import { Problem, refuse, ruled, wholeNumber } from "../azure/rule";
import { machineProblems } from "./forwarder-vm";
import { IGuest, IScaleSet, MachineSettings } from "./guest";
import { IForwarder, IForwarderPool } from "./pls-load-balancer";
import { ISubnet } from "../network/subnet";

/** The part of a scale set that people decide. */
export interface ForwarderScaleSetSettings {
  /** The scale set's name, which begins its machines' host names: at most 58 characters on Linux, 9 on Windows. */
  readonly name: string;
  /**
   * How many machines, 1 to 100; with autoscaling, how many at first.
   *
   * @default 2
   */
  readonly instances?: number;
  /**
   * The zones that the machines are spread over, evenly.
   *
   * @default - none
   */
  readonly zones?: string[];
  /**
   * How machines come to a changed model: in batches of a fifth that must become healthy, or all at once.
   *
   * @default "Rolling"
   */
  readonly upgradeMode?: "Rolling" | "Automatic";
  /**
   * The fewest and the most machines, when their number follows the load.
   *
   * @default - the number is fixed
   */
  readonly autoscale?: AutoscaleSettings;
}

/** Between how many machines the load decides. */
export interface AutoscaleSettings {
  /** 1 to 100. */
  readonly minimum: number;
  /** `minimum` to 100. */
  readonly maximum: number;
}

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
  /** @default false */
  readonly acceleratedNetworkingEnabled?: boolean;
}

const DEFAULT_INSTANCES = 2;

// one placement group holds so many, https://learn.microsoft.com/azure/virtual-machine-scale-sets/virtual-machine-scale-sets-placement-groups
const machines = wholeNumber(1, 100, "machines");

/** What is wrong with the settings of a scale set. */
export function scaleSetProblems(settings: ForwarderScaleSetSettings): Problem[] {
  const { instances, autoscale } = settings;
  const malformed = [
    ...ruled("instances", instances, machines),
    ...ruled(["autoscale", "minimum"], autoscale?.minimum, machines),
    ...ruled(["autoscale", "maximum"], autoscale?.maximum, machines),
  ];
  if (malformed.length > 0 || autoscale === undefined) return malformed;
  const { minimum, maximum } = autoscale;
  return [
    ...(maximum < minimum
      ? [{ path: ["autoscale", "maximum"], complaint: `must be at least minimum, ${minimum}, got ${maximum}` }]
      : []),
    ...(instances !== undefined && maximum >= minimum && (instances < minimum || instances > maximum)
      ? [{ path: ["instances"], complaint: `must be between autoscale's ${minimum} and ${maximum}, got ${instances}` }]
      : []),
  ];
}

/** How many machines a scale set has at first: within the bounds of autoscaling, if there is any. */
function firstInstances({ instances, autoscale }: ForwarderScaleSetSettings): number {
  if (instances !== undefined || autoscale === undefined) return instances ?? DEFAULT_INSTANCES;
  return Math.min(Math.max(autoscale.minimum, DEFAULT_INSTANCES), autoscale.maximum);
}

/** The most machines that a scale set comes to have. */
export function mostInstances(settings: ForwarderScaleSetSettings): number {
  return settings.autoscale?.maximum ?? settings.instances ?? DEFAULT_INSTANCES;
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
    refuse(this, [
      ...ruled("name", props.name, props.guest.scaleSetName),
      ...machineProblems(props),
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
    // the number is Azure's from now on; Terraform would set it back at every apply.
    this.scaleSet.lifecycle = { ignoreChanges: ["instances"] };
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
