import { DataAzurermPrivateDnsZone } from "@cdktf/provider-azurerm/lib/data-azurerm-private-dns-zone";
import { PrivateDnsARecord } from "@cdktf/provider-azurerm/lib/private-dns-a-record";
import { PrivateDnsZoneVirtualNetworkLink } from "@cdktf/provider-azurerm/lib/private-dns-zone-virtual-network-link";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { dependable, ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { AzureAccount, azurermOf } from "../azure/azurerm-provider";
import { IVirtualNetwork } from "../network/virtual-network";

/** A private DNS zone that exists already. */
export interface ExistingZoneSettings {
  /** The zone's name; host names at or below it get their records there. */
  readonly name: string;
  /** The zone's resource group. */
  readonly resourceGroup: string;
  /**
   * The zone's account, such as a hub's.
   *
   * @default - the network's
   */
  readonly account?: AzureAccount;
  /**
   * Whether the network is linked to the zone already.
   *
   * @default true, so that only records are made
   */
  readonly linked?: boolean;
}

/** What an `ExistingZone` is made of. */
export interface ExistingZoneProps extends ExistingZoneSettings {
  /** The network whose machines get the answers. */
  readonly virtualNetwork: IVirtualNetwork;
  /** The host names, all at or below the zone's name. */
  readonly hostNames: readonly string[];
  /** The address that the host names stand for. */
  readonly ipAddress: string;
  /** Seconds that a resolver keeps the answer. */
  readonly ttl: number;
}

/** Whether a zone holds the records of a host name. */
export function holds(zone: ExistingZoneSettings, hostName: string): boolean {
  return hostName === zone.name || hostName.endsWith(`.${zone.name}`);
}

/** Puts records into a private DNS zone that somebody else made, and links a network to it unless it is linked. */
export class ExistingZone extends Construct {
  /** The records, and the link if there is one. */
  public readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: ExistingZoneProps) {
    super(scope, id);

    const provider = props.account && azurermOf(this, props.account);
    const zone = new DataAzurermPrivateDnsZone(this, "Resource", {
      provider,
      name: props.name,
      resourceGroupName: props.resourceGroup,
    });
    const records = props.hostNames.map(
      (hostName) =>
        new PrivateDnsARecord(this, hostName, {
          provider,
          name: hostName === props.name ? "@" : hostName.slice(0, -props.name.length - 1),
          zoneName: zone.name,
          resourceGroupName: props.resourceGroup,
          ttl: props.ttl,
          records: [props.ipAddress],
        }),
    );

    this.ready = props.linked === false ? [...records, this.link(props, zone.name, provider)] : records;
  }

  private link(
    { virtualNetwork, resourceGroup }: ExistingZoneProps,
    zoneName: string,
    provider: AzurermProvider | undefined,
  ): ITerraformDependable {
    return new PrivateDnsZoneVirtualNetworkLink(this, "Link", {
      provider,
      // a zone has one link of a name, and networks of one name are many.
      name: `${virtualNetwork.name}-\${substr(sha256(${dependable(virtualNetwork)}.id), 0, 8)}`,
      privateDnsZoneName: zoneName,
      resourceGroupName: resourceGroup,
      virtualNetworkId: virtualNetwork.id,
      registrationEnabled: false,
    });
  }
}
