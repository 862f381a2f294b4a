import { App, TerraformOutput, TerraformStack } from "cdktf";
import { ServiceLocator } from "../azure/approval-command";
import { defineAzurerm } from "../azure/azurerm-provider";
import { addressUse } from "../deployment/address-plan";
import { ProviderSection } from "../deployment/provider-section";
import { StateSection } from "../deployment/state-section";
import { defineState, StateIdentity } from "../deployment/state";
import { chosenHostNames, HostNames } from "../dns/host-names";
import { PrivateDns } from "../dns/private-dns";
import { resourceGroupName } from "../network/resource-group";
import { ApimVnet, ApimVnetProps } from "./apim-vnet";
import { defineDestination } from "./destination";
import { PendingConnections } from "./pending-connections";
import { PrivateLinkService } from "./private-link-service";
import { scaleSetFeatures } from "./scale-set-settings";
import { ServiceState } from "./service-state";
import { Visibility } from "./visibility";

/** What a `ProviderStack` is made of. */
export interface ProviderStackProps {
  /** The provider's section of the file. */
  readonly provider: ProviderSection;
  /** Where and under which name the state is kept. */
  readonly state: StateSection;
  readonly identity: StateIdentity;
  /** Who can see the service. */
  readonly visibility: Visibility;
  /** The host names of APIM, or of the other service. */
  readonly hostNames: HostNames;
}

/** The provider's subscription: APIM in its network, forwarders, load balancer and Private Link Service. */
export class ProviderStack extends TerraformStack {
  /** The state from which consumers of the same deployment read the service's id or alias. */
  public readonly serviceState: ServiceState;
  /** The service as the Azure command line names it. */
  public readonly service: ServiceLocator;

  constructor(scope: App, id: string, { provider, state, identity, visibility, hostNames }: ProviderStackProps) {
    super(scope, id);

    this.serviceState = new ServiceState(this, defineState(this, state, identity));
    const resourceProviders = [
      "Microsoft.ApiManagement",
      "Microsoft.Compute",
      // autoscaling
      "Microsoft.Insights",
      "Microsoft.Network",
    ];
    defineAzurerm(this, provider, resourceProviders, scaleSetFeatures(provider.forwarder?.scaleSet));

    const vnet = new ApimVnet(this, "ApimVnet", {
      ...provider,
      apim: carriedTo(provider),
      apimClients: provider.apim && "allowedClients" in provider.apim ? provider.apim.allowedClients : undefined,
      ports: provider.forwarder?.ports,
      addresses: addressUse(provider),
    });
    const { resourceGroup, virtualNetwork, plsSubnet, apim } = vnet;
    const service = new PrivateLinkService(this, "PrivateLinkService", {
      ...provider.privateLinkService,
      ...defineDestination(this, provider, vnet),
      resourceGroup,
      natSubnet: plsSubnet,
      visibility,
    });
    this.service = {
      subscriptionId: provider.subscriptionId,
      resourceGroup: resourceGroupName(provider.resourceGroup),
      serviceName: service.name,
    };
    const pending = new PendingConnections(this, "PendingConnections", {
      service,
      resourceGroup,
      address: this.service,
    });
    if (provider.dns) {
      new PrivateDns(this, "Dns", {
        ...provider.dns,
        hostNames: chosenHostNames(hostNames),
        ipAddress: apim.privateIpAddress,
        virtualNetwork,
        resourceGroupName: resourceGroup.name,
      });
    }

    const outputs = {
      private_link_service_id: service.id,
      private_link_service_alias: service.alias,
      private_link_service_location: provider.location,
      apim_private_ip_address: apim.privateIpAddress,
      host_names: hostNames,
      pending_connections: pending.list,
    };
    for (const [name, value] of Object.entries(outputs)) new TerraformOutput(this, name, { value });
  }
}

function carriedTo({ apim, target }: ProviderSection): ApimVnetProps["apim"] {
  const carried = target ?? apim;
  if (carried === undefined) throw new Error("a provider has an APIM instance or another target");
  return carried;
}
