import { PrivateLinkService as AzurermPrivateLinkService } from "@cdktf/provider-azurerm/lib/private-link-service";
import { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { prefixed } from "../azure/check";
import { settled } from "../azure/settled";
import { IResourceGroup } from "../network/resource-group";
import { ISubnet } from "../network/subnet";
import {
  directConnectProblems,
  natAddressCount,
  privateLinkServiceProblems,
  PrivateLinkServiceSettings,
  privateLinkServiceSettings,
} from "./private-link-service-settings";
import { Visibility } from "./visibility";

/** The load balancer in front of the forwarders, as a Private Link Service needs it. */
export interface IPlsFrontend {
  /** The id of the frontend whose address connections are sent to. */
  readonly frontendIpConfigurationId: string;
  /** The rules of that frontend; connections are accepted only once there is something to carry them. */
  readonly rules: readonly ITerraformDependable[];
}

/**
 * Where connections go: to a load balancer's frontend, or straight to one address (Direct Connect).
 *
 * Direct Connect is a preview: it takes an even number of NAT addresses, works in some regions only and for consumers of
 * the same region only, and cannot be changed into the other later without a new alias.
 * https://learn.microsoft.com/azure/private-link/configure-private-link-service-direct-connect
 */
export type PlsDestination =
  | { readonly loadBalancer: IPlsFrontend; readonly destinationIpAddress?: undefined }
  | { readonly loadBalancer?: undefined; readonly destinationIpAddress: string };

/** What a `PrivateLinkService` is made of. */
export type PrivateLinkServiceProps = PrivateLinkServiceSettings &
  PlsDestination & {
    /** The resource group and region; the region is the load balancer's. */
    readonly resourceGroup: IResourceGroup;
    /** The subnet of the NAT addresses, whose network policies for Private Link Services are off. */
    readonly natSubnet: ISubnet;
    /** Who can ask for a connection, and who need not wait for an answer. */
    readonly visibility: Visibility;
  };

/**
 * Defines the Private Link Service in front of a load balancer, to which private endpoints of other networks connect.
 *
 * The proxy protocol is off: neither APIM nor a forwarder that works on packets understands it.
 */
export class PrivateLinkService extends Construct {
  /** The service. */
  public readonly service: AzurermPrivateLinkService;
  /** The name that other tenants connect to; a service that is replaced has another. */
  public readonly alias: string;
  /** The resource id, for consumers with rights on it or on the list. */
  public readonly id: string;
  /** The service's name in Azure. */
  public readonly name: string;

  constructor(scope: Construct, id: string, props: PrivateLinkServiceProps) {
    super(scope, id);
    const { destinationIpAddress, loadBalancer, natSubnet, resourceGroup, visibility } = props;
    const mode = destinationIpAddress === undefined ? "loadBalancer" : "directConnect";
    const settings = settled(this, privateLinkServiceSettings, props, (known) => [
      ...privateLinkServiceProblems(known, natSubnet.addressPrefix),
      ...(mode === "directConnect" ? directConnectProblems(known, resourceGroup.location) : []),
      ...prefixed("visibility", visibility.problems()),
    ]);

    const { subscriptionIds, autoApprovalSubscriptionIds } = visibility;
    this.name = settings.name;
    this.service = new AzurermPrivateLinkService(this, "Resource", {
      name: this.name,
      resourceGroupName: resourceGroup.name,
      location: resourceGroup.location,
      loadBalancerFrontendIpConfigurationIds: loadBalancer && [loadBalancer.frontendIpConfigurationId],
      destinationIpAddress,
      natIpConfiguration: Array.from({ length: natAddressCount(settings, mode) }, (_, index) => ({
        name: `nat-${index + 1}`,
        primary: index === 0,
        subnetId: natSubnet.id,
        privateIpAddress: settings.natIpAddresses?.[index],
      })),
      visibilitySubscriptionIds: subscriptionIds && [...subscriptionIds],
      autoApprovalSubscriptionIds:
        autoApprovalSubscriptionIds.length > 0 ? [...autoApprovalSubscriptionIds] : undefined,
      fqdns: settings.fqdns,
      dependsOn: loadBalancer && [...loadBalancer.rules],
    });
    this.id = this.service.id;
    this.alias = this.service.alias;
  }
}
