import { App, TerraformBackend, TerraformOutput, TerraformStack } from "cdktf";
import { APIM_ENDPOINTS, apimHostName } from "../azure/api-management";
import { approvalCommand, ServiceAddress } from "../azure/approval-command";
import { defineAzurerm } from "../azure/azurerm-provider";
import { Deployment } from "../deployment/schema";
import { defineState } from "../deployment/state";
import { ApimVnet } from "./apim-vnet";
import { Forwarders } from "./forwarders";
import { PlsLoadBalancer } from "./pls-load-balancer";
import { PrivateLinkService } from "./private-link-service";
import { Visibility } from "./visibility";

/** What a `ProviderStack` is made of. */
export interface ProviderStackProps {
  readonly deployment: Deployment;
  /** Who can see the service. */
  readonly visibility: Visibility;
}

/** The provider's subscription: APIM in its network, forwarders, load balancer and Private Link Service. */
export class ProviderStack extends TerraformStack {
  /** Where this stack keeps its state, from which consumers of the same deployment read its outputs. */
  public readonly backend: TerraformBackend;
  /** The service as the Azure command line names it. */
  public readonly service: ServiceAddress;

  constructor(scope: App, id: string, { deployment, visibility }: ProviderStackProps) {
    super(scope, id);

    const { provider } = deployment;
    this.backend = defineState(this, deployment.state, {
      deployment: deployment.name,
      subscriptionId: provider.subscriptionId,
      resourceGroup: provider.resourceGroup,
    });
    defineAzurerm(this, provider, [
      "Microsoft.ApiManagement",
      "Microsoft.Compute",
      // autoscaling
      "Microsoft.Insights",
      "Microsoft.Network",
    ]);

    const vnet = new ApimVnet(this, "ApimVnet", {
      resourceGroupName: provider.resourceGroup,
      location: provider.location,
      network: provider.network,
      apim: provider.apim,
      apimClients: provider.apim.allowedClients,
      ports: provider.forwarder.ports,
    });
    const { resourceGroup, plsSubnet } = vnet;
    const forwarders = new Forwarders(this, "Forwarders", {
      settings: provider.forwarder,
      forwarding: {
        targetAddress: vnet.apim.privateIpAddress,
        ports: provider.forwarder.ports,
        allowFrom: [plsSubnet.addressPrefix],
      },
      resourceGroup,
      subnet: vnet.forwarderSubnet,
    });
    const loadBalancer = new PlsLoadBalancer(this, "PlsLoadBalancer", {
      ...provider.loadBalancer,
      resourceGroup,
      subnet: plsSubnet,
      forwarders: [forwarders],
      ports: provider.forwarder.ports,
    });
    const service = new PrivateLinkService(this, "PrivateLinkService", {
      ...provider.privateLinkService,
      resourceGroup,
      loadBalancer,
      natSubnet: plsSubnet,
      visibility,
    });

    this.service = {
      subscriptionId: provider.subscriptionId,
      resourceGroup: provider.resourceGroup,
      serviceName: service.name,
    };
    const outputs = {
      private_link_service_id: service.id,
      private_link_service_alias: service.alias,
      apim_private_ip_address: vnet.apim.privateIpAddress,
      apim_host_names: Object.fromEntries(APIM_ENDPOINTS.map((name) => [name, apimHostName(vnet.apim.name, name)])),
      approve_pending_connections_command: approvalCommand(
        this.service,
        "privateLinkServiceConnectionState.status=='Pending'",
      ),
    };
    for (const [name, value] of Object.entries(outputs)) new TerraformOutput(this, name, { value });
  }
}
