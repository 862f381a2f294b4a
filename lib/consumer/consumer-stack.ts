import { App, TerraformOutput, TerraformStack } from "cdktf";
import { apimHostName, LIVE_APIM_ENDPOINTS } from "../azure/api-management";
import { approvalCommand } from "../azure/approval-command";
import { defineAzurerm } from "../azure/azurerm-provider";
import { PlannedConnection } from "../deployment/connections";
import { ConsumerSection, Deployment } from "../deployment/schema";
import { defineState } from "../deployment/state";
import { ProviderStack } from "../provider/provider-stack";
import { ConsumerEndpoint } from "./consumer-endpoint";
import { ServiceConnection } from "./service-connection";

/** What a `ConsumerStack` is made of. */
export interface ConsumerStackProps {
  readonly deployment: Deployment;
  /** The consumer's section of the file. */
  readonly consumer: ConsumerSection;
  /** The stack whose service is connected to. */
  readonly provider: ProviderStack;
  /** How it is connected to. */
  readonly connection: PlannedConnection;
}

/** One consumer's subscription: network, private endpoint and private DNS. */
export class ConsumerStack extends TerraformStack {
  constructor(scope: App, id: string, { deployment, consumer, provider, connection }: ConsumerStackProps) {
    super(scope, id);

    this.addDependency(provider);
    defineState(this, deployment.state, {
      deployment: deployment.name,
      subscriptionId: consumer.subscriptionId,
      resourceGroup: consumer.resourceGroup,
    });
    defineAzurerm(this, consumer, ["Microsoft.Network"]);

    // named outputs, because the automatic ones are sensitive and called after construct paths.
    const providerState = provider.backend.getRemoteStateDataSource(this, "ProviderState", provider.node.id);
    const hostNames = (consumer.dns.endpoints ?? LIVE_APIM_ENDPOINTS).map((name) =>
      apimHostName(deployment.provider.apim.name, name),
    );
    const endpoint = new ConsumerEndpoint(this, "ConsumerEndpoint", {
      resourceGroupName: consumer.resourceGroup,
      location: consumer.location,
      network: consumer.network,
      name: consumer.endpoint.name,
      connection: ServiceConnection.planned(connection, (output) => providerState.getString(output)),
      hostNames,
      ttl: consumer.dns.ttl,
    });

    const outputs = {
      private_endpoint_ip_address: endpoint.privateIpAddress,
      connection_status: endpoint.connectionStatus,
      hosts_file_lines: hostNames.map((hostName) => `${endpoint.privateIpAddress} ${hostName}`),
      approve_connection_command: approvalCommand(provider.service, `privateEndpoint.id=='${endpoint.id}'`),
    };
    for (const [name, value] of Object.entries(outputs)) new TerraformOutput(this, name, { value });
  }
}
