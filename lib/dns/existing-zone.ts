import { DataAzurermPrivateDnsZone } from "@cdktf/provider-azurerm/lib/data-azurerm-private-dns-zone";
import { DataAzurermPrivateDnsZoneVirtualNetworkLink } from "@cdktf/provider-azurerm/lib/data-azurerm-private-dns-zone-virtual-network-link";
import { PrivateDnsARecord } from "@cdktf/provider-azurerm/lib/private-dns-a-record";
import { PrivateDnsZoneVirtualNetworkLink } from "@cdktf/provider-azurerm/lib/private-dns-zone-virtual-network-link";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { dependable, ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { azurermOf } from "../azure/azurerm-provider";
import { postconditions } from "../network/postconditions";
import { IVirtualNetwork } from "../network/virtual-network";
import { ExistingZoneSettings } from "./private-dns-settings";

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
  /** The tenant of a zone in another subscription; where it is left out, that of whoever deploys. */
  readonly tenantId?: string;
}

/**
 * Puts records into a private DNS zone that somebody else made, and links a network to it unless it is linked. Of a link that is
 * named, Terraform checks when it plans that it leads to the network.
 */
export class ExistingZone extends Construct {
  /** The records, and the link if there is one. */
  public readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: ExistingZoneProps) {
    super(scope, id);

    const { subscriptionId, tenantId } = props;
    const provider = subscriptionId === undefined ? undefined : azurermOf(this, { subscriptionId, tenantId });
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

    if (props.link !== undefined) this.readLink(props.link, props, provider);
    this.ready = props.linked ? records : [...records, this.link(props, zone.name, provider)];
  }

  private readLink(name: string, zone: ExistingZoneProps, provider: AzurermProvider | undefined): void {
    new DataAzurermPrivateDnsZoneVirtualNetworkLink(this, "NamedLink", {
      provider,
      name,
      privateDnsZoneName: zone.name,
      resourceGroupName: zone.resourceGroup,
      lifecycle: postconditions([
        {
          condition: `lower(self.virtual_network_id) == lower(${dependable(zone.virtualNetwork)}.id)`,
          remedy: `The link ${name} of the zone ${zone.name} must lead to the network ${zone.virtualNetwork.name}, whose machines would not resolve the names there; name its own link, or set linked to false.`,
        },
      ]),
    });
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
