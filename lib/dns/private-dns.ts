import { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { azureName } from "../azure/names";
import { Problem, throwIfAny, check, prefixed, wholeNumber } from "../azure/check";
import { IVirtualNetwork } from "../network/virtual-network";
import { ExistingZone, ExistingZoneSettings, holds } from "./existing-zone";
import { hostNameProblems, hostNameRule } from "./host-names";
import { HostZone } from "./host-zone";

/** The part of private DNS that people decide. */
export interface PrivateDnsSettings {
  /**
   * Whether each host name that no existing zone holds gets a zone of its own.
   *
   * @default "hostScoped"
   */
  readonly zones?: "hostScoped" | "none";
  /**
   * Zones that exist; each host name goes into the longest that holds it.
   *
   * @default - none
   */
  readonly existingZones?: readonly ExistingZoneSettings[];
  /**
   * Seconds that resolvers keep the address, 1 to 2147483647.
   *
   * @default 300
   */
  readonly ttl?: number;
}

/** What a `PrivateDns` is made of. */
export interface PrivateDnsProps extends PrivateDnsSettings {
  /** The host names that lead to the address. */
  readonly hostNames: readonly string[];
  /** The address. */
  readonly ipAddress: string;
  /** The network whose machines get the answers. */
  readonly virtualNetwork: IVirtualNetwork;
  /** The resource group of the zones that are made. */
  readonly resourceGroupName: string;
}

/** The host names that get a zone of their own. */
export function hostScoped(hostNames: readonly string[], settings: PrivateDnsSettings): string[] {
  const zones = settings.existingZones ?? [];
  return settings.zones === "none" ? [] : hostNames.filter((hostName) => !zones.some((zone) => holds(zone, hostName)));
}

/** What is wrong with host names and how they are to be resolved. */
export function privateDnsProblems(hostNames: readonly string[], settings: PrivateDnsSettings): Problem[] {
  return [
    ...hostNameProblems("hostNames", hostNames, hostScoped(hostNames, settings)),
    ...prefixed("existingZones", existingZoneProblems(hostNames, settings.existingZones ?? [])),
    ...check("ttl", settings.ttl, wholeNumber(1, 2147483647, "seconds")),
  ];
}

function existingZoneProblems(hostNames: readonly string[], zones: readonly ExistingZoneSettings[]): Problem[] {
  const names = zones.map(({ name }) => name);
  return zones.flatMap(({ name, resourceGroup }, index) => {
    const malformed = [
      ...check([index, "name"], name, hostNameRule),
      ...check([index, "resourceGroup"], resourceGroup, azureName.resourceGroup),
    ];
    if (malformed.length > 0) return malformed;
    const complaint =
      names.indexOf(name) < index
        ? `must not be listed twice, got "${name}" again; a network is linked to one zone of a name`
        : `must hold one of the host names ${hostNames.join(", ")}, got "${name}"`;
    const held = hostNames.some((hostName) => holds({ name, resourceGroup }, hostName));
    return held && names.indexOf(name) === index ? [] : [{ path: [index, "name"], complaint }];
  });
}

/** Defines how host names lead to one address within one network: zones for single names, records in existing zones. */
export class PrivateDns extends Construct {
  /** The records and links; a host name resolves when they exist. */
  public readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: PrivateDnsProps) {
    super(scope, id);
    throwIfAny(this, privateDnsProblems(props.hostNames, props));

    const { hostNames, ipAddress, virtualNetwork, resourceGroupName } = props;
    const ttl = props.ttl ?? 300;
    const zones = hostScoped(hostNames, props).map(
      (hostName) => new HostZone(this, hostName, { hostName, resourceGroupName, virtualNetwork, ipAddress, ttl }),
    );
    const existingZones = new Construct(this, "ExistingZones");
    const longestFirst = [...(props.existingZones ?? [])].sort((a, b) => b.name.length - a.name.length);
    const existing = longestFirst.map(
      (zone) =>
        new ExistingZone(existingZones, zone.name, {
          ...zone,
          hostNames: hostNames.filter((hostName) => longestFirst.find((other) => holds(other, hostName)) === zone),
          virtualNetwork,
          ipAddress,
          ttl,
        }),
    );

    this.ready = [...zones, ...existing].flatMap((zone) => zone.ready);
  }
}
