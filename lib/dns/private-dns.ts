import { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { z } from "zod";
import { settled } from "../azure/settled";
import { IVirtualNetwork } from "../network/virtual-network";
import { ExistingZone } from "./existing-zone";
import { hostNameList } from "./host-names";
import { HostZone } from "./host-zone";
import { hostScoped, privateDnsProblems, privateDnsSettings, zoneHolding } from "./private-dns-settings";

const settings = privateDnsSettings.extend({
  /** The host names that lead to the address. */
  hostNames: hostNameList,
});

/** What a `PrivateDns` is made of. */
export interface PrivateDnsProps extends z.input<typeof settings> {
  /** The address. */
  readonly ipAddress: string;
  /** The network whose machines get the answers. */
  readonly virtualNetwork: IVirtualNetwork;
  /** The resource group of the zones that are made. */
  readonly resourceGroupName: string;
  /** The tenant of zones in other subscriptions; where it is left out, that of whoever deploys. */
  readonly tenantId?: string;
}

/** Defines how host names lead to one address within one network: zones for single names, records in existing zones. */
export class PrivateDns extends Construct {
  /** The records and links; a host name resolves when they exist. */
  public readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: PrivateDnsProps) {
    super(scope, id);
    const chosen = settled(this, settings, props, (known) => privateDnsProblems(known.hostNames, known));

    const { ipAddress, virtualNetwork, resourceGroupName, tenantId } = props;
    const { hostNames, ttl } = chosen;
    const zones = hostScoped(hostNames, chosen).map(
      (hostName) => new HostZone(this, hostName, { hostName, resourceGroupName, virtualNetwork, ipAddress, ttl }),
    );
    const existingZones = new Construct(this, "ExistingZones");
    const names = new Set(chosen.existingZones.map(({ name }) => name));
    const longestFirst = [...chosen.existingZones].sort((a, b) => b.name.length - a.name.length);
    const existing = longestFirst.map(
      (zone) =>
        new ExistingZone(existingZones, zone.name, {
          ...zone,
          tenantId,
          hostNames: hostNames.filter((hostName) => zoneHolding(hostName, names) === zone.name),
          virtualNetwork,
          ipAddress,
          ttl,
        }),
    );

    this.ready = [...zones, ...existing].flatMap((zone) => zone.ready);
  }
}
