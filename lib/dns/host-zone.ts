import { PrivateDnsARecord } from "@cdktf/provider-azurerm/lib/private-dns-a-record";
import { PrivateDnsZone } from "@cdktf/provider-azurerm/lib/private-dns-zone";
import { PrivateDnsZoneVirtualNetworkLink } from "@cdktf/provider-azurerm/lib/private-dns-zone-virtual-network-link";
import { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

/** What a `HostZone` is made of. */
export interface HostZoneProps {
  /** The host name, which is also the name of the zone. */
  readonly hostName: string;
  /** The resource group of the zone. */
  readonly resourceGroupName: string;
  /** The network whose machines get the answer. */
  readonly virtualNetwork: { readonly id: string; readonly name: string };
  /** The address that the host name stands for. */
  readonly ipAddress: string;
  /** Seconds that a resolver keeps the answer. */
  readonly ttl: number;
}

/**
 * Defines a private DNS zone for one host name, with its address at the zone's apex, linked to one network.
 *
 * A zone for the parent domain would swallow every other name below it, such as other APIM instances.
 * https://learn.microsoft.com/azure/private-link/private-endpoint-dns
 */
export class HostZone extends Construct {
  /** The record and the link. */
  public readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: HostZoneProps) {
    super(scope, id);

    const zone = new PrivateDnsZone(this, "Resource", {
      name: props.hostName,
      resourceGroupName: props.resourceGroupName,
    });
    const address = new PrivateDnsARecord(this, "Address", {
      name: "@",
      zoneName: zone.name,
      resourceGroupName: props.resourceGroupName,
      ttl: props.ttl,
      records: [props.ipAddress],
    });
    const link = new PrivateDnsZoneVirtualNetworkLink(this, "Link", {
      name: props.virtualNetwork.name,
      privateDnsZoneName: zone.name,
      resourceGroupName: props.resourceGroupName,
      virtualNetworkId: props.virtualNetwork.id,
      registrationEnabled: false,
    });

    this.ready = [address, link];
  }
}
