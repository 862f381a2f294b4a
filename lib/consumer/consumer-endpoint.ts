import { DataAzurermPrivateEndpointConnection } from "@cdktf/provider-azurerm/lib/data-azurerm-private-endpoint-connection";
import { PrivateEndpoint } from "@cdktf/provider-azurerm/lib/private-endpoint";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { Subnet } from "@cdktf/provider-azurerm/lib/subnet";
import { VirtualNetwork } from "@cdktf/provider-azurerm/lib/virtual-network";
import { Construct } from "constructs";
import { addressPrefix, addressSpaceProblems, subnetProblems } from "../azure/ip";
import { azureName } from "../azure/names";
import { matching, Problem, refuse, ruled, under, wholeNumber } from "../azure/rule";
import { literal } from "../azure/terraform-text";
import { HostZone } from "./host-zone";
import { ServiceConnection } from "./service-connection";

/** The consumer's network and the subnet of the endpoint. */
export interface ConsumerNetworkSettings {
  /** The network's name. */
  readonly name: string;
  /** The IPv4 prefixes of the network; they may overlap the provider's. */
  readonly addressSpace: string[];
  /** The subnet of the endpoint; other things may stand in it. */
  readonly subnet: { readonly name: string; readonly addressPrefix: string };
}

/** What a `ConsumerEndpoint` is made of. */
export interface ConsumerEndpointProps {
  /** The name of the resource group that is made for everything on this side. */
  readonly resourceGroupName: string;
  /** The region, any; it need not be the provider's. */
  readonly location: string;
  /** The network and its subnet. */
  readonly network: ConsumerNetworkSettings;
  /** @default "pe-apim" */
  readonly name?: string;
  /** What the endpoint connects to, and how. */
  readonly connection: ServiceConnection;
  /** The host names that lead to the endpoint in this network, one private DNS zone for each. */
  readonly hostNames: readonly string[];
  /**
   * Seconds that resolvers keep the endpoint's address, 1 to 2147483647.
   *
   * @default 300
   */
  readonly ttl?: number;
}

// https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules#microsoftnetwork
const zoneName = matching(
  /^(?=.{3,63}$)[^.]+(\.[^.]+){1,33}$/,
  "at most 63 characters, the longest name of a private DNS zone",
);

/** What is wrong with the settings of a consumer's network. */
export function consumerNetworkProblems(network: ConsumerNetworkSettings): Problem[] {
  const subnet = { path: ["subnet", "addressPrefix"], addressPrefix: network.subnet.addressPrefix };
  const malformed = [
    ...network.addressSpace.flatMap((prefix, index) => ruled(["addressSpace", index], prefix, addressPrefix)),
    ...ruled(subnet.path, subnet.addressPrefix, addressPrefix),
  ];
  return [
    ...ruled("name", network.name, azureName.virtualNetwork),
    ...ruled(["subnet", "name"], network.subnet.name, azureName.subnet),
    ...malformed,
    ...(malformed.length > 0
      ? []
      : [
          ...addressSpaceProblems(["addressSpace"], network.addressSpace),
          ...subnetProblems([subnet], network.addressSpace),
        ]),
  ];
}

/** What is wrong with the host names and the lifetime of their records. */
export function consumerDnsProblems(hostNames: readonly string[], ttl: number | undefined): Problem[] {
  return [
    ...hostNames.flatMap((hostName, index) => ruled(["hostNames", index], hostName, zoneName)),
    ...ruled("ttl", ttl, wholeNumber(1, 2147483647, "seconds")),
  ];
}

/**
 * Defines the consumer's side: resource group, network and subnet, a private endpoint that connects to a Private Link
 * Service, and private DNS so that APIM's host names lead to the endpoint.
 */
export class ConsumerEndpoint extends Construct {
  /** The endpoint's address in the consumer's network; it stays while the endpoint exists. */
  public readonly privateIpAddress: string;
  /** `Approved`, `Pending`, `Rejected` or `Disconnected`, as Azure says after the endpoint is made. */
  public readonly connectionStatus: string;
  /** The endpoint's resource id. */
  public readonly id: string;

  constructor(scope: Construct, id: string, props: ConsumerEndpointProps) {
    super(scope, id);
    refuse(this, [
      ...ruled("name", props.name, azureName.privateEndpoint),
      ...under("network", consumerNetworkProblems(props.network)),
      ...under("connection", props.connection.problems()),
      ...consumerDnsProblems(props.hostNames, props.ttl),
    ]);

    const group = new ResourceGroup(this, "ResourceGroup", {
      name: props.resourceGroupName,
      location: props.location,
    });
    const { name: resourceGroupName, location } = group;
    const virtualNetwork = new VirtualNetwork(this, "VirtualNetwork", {
      name: props.network.name,
      resourceGroupName,
      location,
      addressSpace: props.network.addressSpace,
    });
    const subnet = new Subnet(this, "Subnet", {
      name: props.network.subnet.name,
      resourceGroupName,
      virtualNetworkName: virtualNetwork.name,
      addressPrefixes: [props.network.subnet.addressPrefix],
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
        requestMessage: message === undefined ? undefined : literal(message),
      },
    });
    const connection = new DataAzurermPrivateEndpointConnection(this, "Connection", {
      name: endpoint.name,
      resourceGroupName,
      dependsOn: [endpoint],
    });

    this.id = endpoint.id;
    this.privateIpAddress = endpoint.privateServiceConnection.privateIpAddress;
    this.connectionStatus = connection.privateServiceConnection.get(0).status;
    for (const hostName of props.hostNames) {
      new HostZone(this, hostName, {
        hostName,
        resourceGroupName,
        virtualNetwork,
        ipAddress: this.privateIpAddress,
        ttl: props.ttl ?? 300,
      });
    }
  }
}
