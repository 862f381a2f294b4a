import { AzurermProviderFeatures } from "@cdktf/provider-azurerm/lib/provider";
import { App, TerraformOutput, TerraformStack } from "cdktf";
import { endpointKey, ServiceLocator } from "../azure/approval-command";
import { defineAzurerm, PROVIDER_REGISTRATIONS } from "../azure/azurerm-provider";
import { sayWhatProtects } from "../azure/deletion-protection";
import { addressUse } from "../deployment/address-plan";
import { ConsumerSection, endpointOf } from "../deployment/consumer-section";
import { ProviderSection } from "../deployment/provider-section";
import { StateSettings } from "../deployment/state-settings";
import { chosenHostNames } from "../dns/host-names";
import { PrivateDns } from "../dns/private-dns";
import { ApimVnet, ApimVnetProps } from "../provider/apim-vnet";
import { Forwarders } from "../provider/forwarders";
import { PendingConnections } from "../provider/pending-connections";
import { PlsLoadBalancer } from "../provider/pls-load-balancer";
import { PrivateLinkService } from "../provider/private-link-service";
import { scaleSetFeatures } from "../provider/scale-set-settings";
import { Visibility } from "../provider/visibility";
import { defineDestination } from "./destination";
import { ServiceState } from "./service-state";
import { defineState, stateFile, StateIdentity } from "./state";

/** What a `ProviderStack` is made of. */
export interface ProviderStackProps {
  /** The provider's section of the file. */
  readonly provider: ProviderSection;
  /** Where and under which name the state is kept. */
  readonly state: StateSettings;
  readonly identity: StateIdentity;
  /** Who can see the service. */
  readonly visibility: Visibility;
  /** Whose connections are known by name. */
  readonly consumers: readonly ConsumerSection[];
}

/** The provider's subscription: APIM in its network, forwarders, load balancer and Private Link Service. */
export class ProviderStack extends TerraformStack {
  /** The network, and the APIM instance or other service in it. */
  public readonly vnet: ApimVnet;
  /** What carries the connections; undefined with Direct Connect. */
  public readonly forwarders?: Forwarders;
  /** What spreads the connections; undefined with Direct Connect. */
  public readonly loadBalancer?: PlsLoadBalancer;
  /** The service that consumers connect to. */
  public readonly service: PrivateLinkService;
  /** Private DNS in the provider's own network, if the file asks for it. */
  public readonly dns?: PrivateDns;
  /** The state from which consumers of the same deployment read the service's id or alias. */
  public readonly serviceState: ServiceState;
  /** The service as the Azure command line names it. */
  public readonly locator: ServiceLocator;

  constructor(scope: App, id: string, { provider, state, identity, visibility, consumers }: ProviderStackProps) {
    super(scope, id);

    this.serviceState = new ServiceState(this, defineState(this, state, identity), stateFile(state, identity, id));
    defineAzurerm(this, provider, PROVIDER_REGISTRATIONS, {
      ...scaleSetFeatures(provider.forwarder?.scaleSet),
      ...softDeleteFeatures(provider),
    });
    if (provider.deletionProtection) sayWhatProtects(this);

    this.vnet = new ApimVnet(this, "ApimVnet", {
      ...provider,
      apim: carriedTo(provider),
      ports: provider.forwarder?.ports,
      addresses: addressUse(provider),
    });
    const { resourceGroup, virtualNetwork, plsSubnet, apim, hostNames } = this.vnet;
    const { forwarders, loadBalancer } = defineDestination(this, provider, this.vnet);
    this.forwarders = forwarders;
    this.loadBalancer = loadBalancer;
    this.service = new PrivateLinkService(this, "PrivateLinkService", {
      ...provider.privateLinkService,
      deletionProtection: provider.deletionProtection,
      ...(loadBalancer ? { loadBalancer } : { destinationIpAddress: apim.privateIpAddress }),
      resourceGroup,
      natSubnet: plsSubnet,
      visibility,
    });
    this.locator = {
      subscriptionId: provider.subscriptionId,
      resourceGroup: provider.resourceGroup.name,
      serviceName: this.service.name,
    };
    const pending = new PendingConnections(this, "PendingConnections", {
      service: this.service,
      resourceGroup,
      locator: this.locator,
      consumers: Object.fromEntries(
        consumers.map((consumer) => [endpointKey(endpointOf(consumer)), consumer.name] as const).sort(),
      ),
    });
    this.dns =
      provider.dns &&
      new PrivateDns(this, "Dns", {
        ...provider.dns,
        hostNames: chosenHostNames(hostNames),
        ipAddress: apim.privateIpAddress,
        virtualNetwork,
        resourceGroupName: resourceGroup.name,
      });

    const outputs = {
      private_link_service_id: this.service.id,
      private_link_service_alias: this.service.alias,
      private_link_service_location: provider.location,
      apim_private_ip_address: apim.privateIpAddress,
      host_names: hostNames,
      pending_connections: pending.list,
      connections: pending.all,
    };
    for (const [name, value] of Object.entries(outputs)) new TerraformOutput(this, name, { value });
  }
}

/** What becomes of an APIM instance that is destroyed: one that is protected is kept for a while, and can be recovered. */
function softDeleteFeatures({ apim, deletionProtection }: ProviderSection): AzurermProviderFeatures {
  return apim?.kind === "new" && deletionProtection ? { apiManagement: [{ purgeSoftDeleteOnDestroy: false }] } : {};
}

function carriedTo({ apim, target }: ProviderSection): ApimVnetProps["apim"] {
  const carried = target ?? apim;
  if (carried === undefined) throw new Error("a provider has an APIM instance or another target");
  return carried;
}
