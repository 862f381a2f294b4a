import { DataAzurermPrivateEndpointConnection } from "@cdktf/provider-azurerm/lib/data-azurerm-private-endpoint-connection";
import { PrivateEndpoint } from "@cdktf/provider-azurerm/lib/private-endpoint";
import { Subnet } from "@cdktf/provider-azurerm/lib/subnet";
import { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { azureName } from "../azure/names";
import { throwIfAny, check, prefixed } from "../azure/check";
import { escapeTemplate } from "../azure/terraform-text";
import { PrivateDns, privateDnsProblems, PrivateDnsSettings } from "../dns/private-dns";
import { ExistingSubnet } from "../network/existing-subnet";
import { IResourceGroup, resourceGroupFor, ResourceGroupSettings } from "../network/resource-group";
import { virtualNetworkFor } from "../network/virtual-network";
import { ConsumerNetworkSettings, consumerNetworkProblems } from "./network-settings";
import { ServiceConnection } from "./service-connection";

/** What a `ConsumerEndpoint` is made of. */
export interface ConsumerEndpointProps {
  /** The resource group for everything on this side, to make or existing. */
  readonly resourceGroup: ResourceGroupSettings;
  /** The region, any; it need not be the provider's. */
  readonly location: string;
  /** The network and its subnet, to make or existing. */
  readonly network: ConsumerNetworkSettings;
  /** @default "pe-apim" */
  readonly name?: string;
  /** What the endpoint connects to, and how. */
  readonly connection: ServiceConnection;
  /** The host names that lead to the endpoint in this network. */
  readonly hostNames: readonly string[];
  /** @default - one private DNS zone for each host name */
  readonly dns?: PrivateDnsSettings;
}

/**
 * Defines the consumer's side: resource group, network and subnet, a private endpoint that connects to a Private Link
 * Service, and private DNS so that the service's host names lead to the endpoint. Group, network, subnet and zones can
 * exist already.
 */
export class ConsumerEndpoint extends Construct {
  /** The name and region that this side is put into. */
  public readonly resourceGroup: IResourceGroup;
  /** The id of the endpoint's subnet. */
  public readonly subnetId: string;
  /** The endpoint's address in the consumer's network; it stays while the endpoint exists. */
  public readonly privateIpAddress: string;
  /** `Approved`, `Pending`, `Rejected` or `Disconnected`, as Azure says after the endpoint is made. */
  public readonly connectionStatus: string;
  /** The endpoint's resource id. */
  public readonly id: string;
  /** What must exist before somebody calls through the endpoint. */
  public readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: ConsumerEndpointProps) {
    super(scope, id);
    throwIfAny(this, [
      ...check("name", props.name, azureName.privateEndpoint),
      ...prefixed("network", consumerNetworkProblems(props.network)),
      ...prefixed("connection", props.connection.problems()),
      ...privateDnsProblems(props.hostNames, props.dns ?? {}),
    ]);

    const { network, hostNames } = props;
    this.resourceGroup = resourceGroupFor(this, props.resourceGroup, props.location);
    const { name: resourceGroupName, location } = this.resourceGroup;
    const virtualNetwork = virtualNetworkFor(this, network, this.resourceGroup, props.location);
    const subnet =
      "existing" in network.subnet
        ? new ExistingSubnet(this, "Subnet", { name: network.subnet.existing, virtualNetwork, addressesNeeded: 1 })
        : new Subnet(this, "Subnet", {
            name: network.subnet.name,
            resourceGroupName: virtualNetwork.resourceGroupName,
            virtualNetworkName: virtualNetwork.name,
            addressPrefixes: [network.subnet.addressPrefix],
            defaultOutboundAccessEnabled: false,
          });
    const name = props.name ?? "pe-apim";
    const { resourceId, alias, message } = props.connection.target;
    const endpoint = new PrivateEndpoint(this, "Resource", {
      name,
      resourceGroupName,
      location,
      subnetId: subnet.id,
      privateServiceConnection: {
        name,
        privateConnectionResourceId: resourceId,
        privateConnectionResourceAlias: alias,
        isManualConnection: message !== undefined,
        requestMessage: message === undefined ? undefined : escapeTemplate(message),
      },
    });
    const connection = new DataAzurermPrivateEndpointConnection(this, "Connection", {
      name: endpoint.name,
      resourceGroupName,
      dependsOn: [endpoint],
    });

    this.subnetId = subnet.id;
    this.id = endpoint.id;
    this.privateIpAddress = endpoint.privateServiceConnection.privateIpAddress;
    this.connectionStatus = connection.privateServiceConnection.get(0).status;
    const dns = new PrivateDns(this, "Dns", {
      ...props.dns,
      hostNames,
      ipAddress: this.privateIpAddress,
      virtualNetwork,
      resourceGroupName,
    });
    this.ready = [endpoint, ...dns.ready];
  }
}
