import { PrivateLinkService as AzurermPrivateLinkService } from "@cdktf/provider-azurerm/lib/private-link-service";
import { dependable, ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { prefixed } from "../azure/check";
import { z } from "zod";
import { deletionProtection } from "../azure/deletion-protection";
import { settled } from "../azure/settled";
import { IResourceGroup } from "../network/resource-group";
import { ISubnet } from "../network/subnet";
import {
  directConnectProblems,
  natAddressCount,
  privateLinkServiceProblems,
  privateLinkServiceSettings,
} from "./private-link-service-settings";
import { Visibility } from "./visibility";

/** The load balancer in front of the forwarders, as a Private Link Service needs it. */
export interface IPlsFrontend {
  /** The id of the frontend whose address connections are sent to. */
  readonly frontendIpConfigurationId: string;
  /**
   * All that carries connections from there on. The service comes last and goes first: Azure refuses to delete one that is
   * connected, and then nothing else was touched.
   */
  readonly carriers: readonly ITerraformDependable[];
  /**
   * What changes when the frontend becomes another one: Azure changes none that a service stands before, so the service is
   * made anew.
   *
   * @default - nothing
   */
  readonly frontend?: ITerraformDependable;
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

const settings = privateLinkServiceSettings.extend({
  /** Whether Terraform refuses to destroy or replace the service, of which every consumer is cut off then. */
  deletionProtection,
});

/** What a `PrivateLinkService` is made of. */
export type PrivateLinkServiceProps = z.input<typeof settings> &
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
    const chosen = settled(this, settings, props, (known) => [
      ...privateLinkServiceProblems(known, natSubnet.addressPrefix),
      ...(mode === "directConnect" ? directConnectProblems(known, resourceGroup.location) : []),
      ...prefixed("visibility", visibility.problems()),
    ]);

    const { subscriptionIds, autoApprovalSubscriptionIds } = visibility;
    this.name = chosen.name;
    this.service = new AzurermPrivateLinkService(this, "Resource", {
      name: this.name,
      resourceGroupName: resourceGroup.name,
      location: resourceGroup.location,
      loadBalancerFrontendIpConfigurationIds: loadBalancer && [loadBalancer.frontendIpConfigurationId],
      destinationIpAddress,
      natIpConfiguration: Array.from({ length: natAddressCount(chosen, mode) }, (_, index) => ({
        name: `nat-${index + 1}`,
        primary: index === 0,
        // azurerm refuses one that it does not know yet as another one, in a service that is made anew in another region too.
        subnetId: natSubnet.knownId,
        privateIpAddress: chosen.natIpAddresses?.[index],
      })),
      visibilitySubscriptionIds: subscriptionIds && [...subscriptionIds],
      autoApprovalSubscriptionIds:
        autoApprovalSubscriptionIds.length > 0 ? [...autoApprovalSubscriptionIds] : undefined,
      fqdns: chosen.fqdns,
      dependsOn: [...natSubnet.made, ...(loadBalancer?.carriers ?? [])],
      lifecycle: {
        ...(chosen.deletionProtection ? { preventDestroy: true } : {}),
        ...(loadBalancer?.frontend ? { replaceTriggeredBy: [dependable(loadBalancer.frontend)] } : {}),
      },
    });
    this.id = this.service.id;
    this.alias = this.service.alias;
  }
}
