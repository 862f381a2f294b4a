import { DataAzurermPrivateEndpointConnection } from "@cdktf/provider-azurerm/lib/data-azurerm-private-endpoint-connection";
import { PrivateEndpoint } from "@cdktf/provider-azurerm/lib/private-endpoint";
import { Subnet } from "@cdktf/provider-azurerm/lib/subnet";
import { DataResource, dependable, ITerraformDependable, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { z } from "zod";
import { prefixed } from "../azure/check";
import { azureName } from "../azure/names";
import { allowUnlistedRegion, region, unlistedRegionProblems } from "../azure/region";
import { section, text } from "../azure/setting";
import { settled } from "../azure/settled";
import { escapeTemplate } from "../azure/terraform-text";
import { hostNameList } from "../dns/host-names";
import { PrivateDns } from "../dns/private-dns";
import { privateDnsProblems, privateDnsSettings } from "../dns/private-dns-settings";
import { ExistingSubnet } from "../network/existing-subnet";
import { asCondition, Expectation } from "../network/postconditions";
import { IResourceGroup, resourceGroupFor, resourceGroupSettings } from "../network/resource-group";
import { ISubnet, subnetLifecycle } from "../network/subnet";
import { IVirtualNetwork, virtualNetworkFor } from "../network/virtual-network";
import { warnUnless } from "../network/warnings";
import { ConsumerNetwork, consumerNetworkProblems, consumerNetworkSettings } from "./consumer-network-settings";
import { ServiceConnection } from "./service-connection";

/** The private endpoint's name. */
export const endpointName = text(azureName.privateEndpoint).default("pe-apim");

const consumerEndpointSettings = section({
  /** The resource group for everything on this side, to make or existing. */
  resourceGroup: resourceGroupSettings,
  /** The region, any; it need not be the provider's. */
  location: region,
  /** Says that the region exists although this product does not know it. */
  allowUnlistedRegion,
  /** The network and its subnet, to make or existing. */
  network: consumerNetworkSettings,
  /** The private endpoint's name. */
  name: endpointName,
  /** The host names that lead to the endpoint in this network. */
  hostNames: hostNameList,
  /** How the host names lead to the endpoint. */
  dns: privateDnsSettings.prefault({}),
});

/** What a `ConsumerEndpoint` is made of. */
export interface ConsumerEndpointProps extends z.input<typeof consumerEndpointSettings> {
  /** What the endpoint connects to, and how. */
  readonly connection: ServiceConnection;
  /**
   * What must be true before the endpoint can be planned, such as that the service is there.
   *
   * @default - nothing
   */
  readonly expectation?: Expectation;
  /** The tenant of DNS zones in other subscriptions; where it is left out, that of whoever deploys. */
  readonly tenantId?: string;
}

/**
 * Defines the consumer's side: resource group, network and subnet, a private endpoint that connects to a Private Link
 * Service, and private DNS so that the service's host names lead to the endpoint. Group, network, subnet and zones can
 * exist already.
 */
export class ConsumerEndpoint extends Construct {
  /** The name and region that this side is put into. */
  public readonly resourceGroup: IResourceGroup;
  /** The virtual network. */
  public readonly virtualNetwork: IVirtualNetwork;
  /** The endpoint. */
  public readonly endpoint: PrivateEndpoint;
  /** The endpoint's name. */
  public readonly name: string;
  /** How the host names lead to the endpoint. */
  public readonly dns: PrivateDns;
  /** The endpoint's subnet. */
  public readonly subnet: Pick<ISubnet, "id" | "made">;
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
    const { tenantId, connection, expectation } = props;
    const settings = settled(this, consumerEndpointSettings, props, (known) => [
      ...unlistedRegionProblems(known.location, known.allowUnlistedRegion),
      ...prefixed("network", consumerNetworkProblems(known.network)),
      ...prefixed("connection", connection.problems()),
      ...privateDnsProblems(known.hostNames, known.dns).map(({ path, complaint }) => ({
        path: path[0] === "hostNames" ? path : ["dns", ...path],
        complaint,
      })),
    ]);

    this.name = settings.name;
    this.resourceGroup = resourceGroupFor(this, settings.resourceGroup, settings.location);
    const { name: resourceGroupName, location } = this.resourceGroup;
    this.virtualNetwork = virtualNetworkFor(this, settings.network, this.resourceGroup, settings.location);
    this.subnet = this.defineSubnet(settings.network.subnet);
    const { resourceId, alias, message, serviceAlias } = connection.target;
    const service =
      serviceAlias === undefined ? undefined : new DataResource(this, "Service", { input: { alias: serviceAlias } });
    this.endpoint = new PrivateEndpoint(this, "Resource", {
      name: this.name,
      resourceGroupName,
      location,
      subnetId: this.subnet.id,
      privateServiceConnection: {
        name: this.name,
        privateConnectionResourceId: resourceId,
        privateConnectionResourceAlias: alias,
        isManualConnection: message !== undefined,
        requestMessage: message === undefined ? undefined : escapeTemplate(message),
      },
      lifecycle: (service ?? expectation) && {
        ...(expectation ? { precondition: [asCondition(expectation)] } : {}),
        ...(service ? { replaceTriggeredBy: [dependable(service)] } : {}),
      },
    });
    const state = new DataAzurermPrivateEndpointConnection(this, "Connection", {
      name: this.endpoint.name,
      resourceGroupName,
      dependsOn: [this.endpoint],
    });

    warnUnless(state, {
      condition: `!contains(["Rejected", "Disconnected"], ${dependable(state)}.private_service_connection[0].status)`,
      remedy: `The connection of the private endpoint ${this.name} is rejected, or its service is gone: it carries nothing, and stays so. When the service is there and its owner agrees, make the endpoint anew: terraform -chdir=cdktf.out/stacks/${TerraformStack.of(this).node.id} apply -replace='${dependable(this.endpoint)}'`,
    });

    this.id = this.endpoint.id;
    this.privateIpAddress = this.endpoint.privateServiceConnection.privateIpAddress;
    this.connectionStatus = state.privateServiceConnection.get(0).status;
    this.dns = new PrivateDns(this, "Dns", {
      ...settings.dns,
      tenantId,
      hostNames: settings.hostNames,
      ipAddress: this.privateIpAddress,
      virtualNetwork: this.virtualNetwork,
      resourceGroupName,
    });
    this.ready = [this.endpoint, ...this.dns.ready];
  }

  private defineSubnet(subnet: ConsumerNetwork["subnet"]): Pick<ISubnet, "id" | "made"> {
    const { virtualNetwork } = this;
    const { name } = subnet;
    if (subnet.kind === "existing") {
      return new ExistingSubnet(this, "Subnet", { name, virtualNetwork, addressesNeeded: 1 });
    }
    const made = new Subnet(this, "Subnet", {
      name,
      resourceGroupName: virtualNetwork.resourceGroupName,
      virtualNetworkName: virtualNetwork.name,
      addressPrefixes: [subnet.addressPrefix],
      defaultOutboundAccessEnabled: false,
      lifecycle: subnetLifecycle(virtualNetwork),
    });
    return { id: made.id, made: [made] };
  }
}
