import { App, TerraformOutput, TerraformStack } from "cdktf";
import { approvalCommand } from "../azure/approval-command";
import { defineAzurerm } from "../azure/azurerm-provider";
import { PlannedConnection } from "../deployment/connections";
import { ConsumerSection } from "../deployment/consumer-section";
import { Deployment } from "../deployment/schema";
import { defineState } from "../deployment/state";
import { chosenHostNames } from "../dns/host-names";
import { resourceGroupName } from "../network/resource-group";
import { IConsumedService } from "./consumed-service";
import { ConsumerEndpoint } from "./consumer-endpoint";
import { ReachabilityProbe } from "./reachability-probe";

/** What a `ConsumerStack` is made of. */
export interface ConsumerStackProps {
  readonly deployment: Deployment;
  /** The consumer's section of the file. */
  readonly consumer: ConsumerSection;
  /** The service that is connected to. */
  readonly service: IConsumedService;
  /** How it is connected to. */
  readonly connection: PlannedConnection;
}

/** One consumer's subscription: network, private endpoint and private DNS. */
export class ConsumerStack extends TerraformStack {
  constructor(scope: App, id: string, { deployment, consumer, service, connection }: ConsumerStackProps) {
    super(scope, id);

    defineState(this, deployment.state, {
      deployment: deployment.name,
      subscriptionId: consumer.subscriptionId,
      resourceGroup: resourceGroupName(consumer.resourceGroup),
    });
    defineAzurerm(this, consumer, ["Microsoft.Network", ...(consumer.reachabilityProbe ? ["Microsoft.Compute"] : [])]);

    const hostNames = chosenHostNames(service.hostNames, consumer.dns.endpoints);
    const endpoint = new ConsumerEndpoint(this, "ConsumerEndpoint", {
      resourceGroup: consumer.resourceGroup,
      location: consumer.location,
      network: consumer.network,
      name: consumer.endpoint.name,
      connection: service.connection(this, connection),
      hostNames,
      dns: {
        ...consumer.dns,
        existingZones: consumer.dns.existingZones.map(({ subscriptionId, ...zone }) => ({
          ...zone,
          account: subscriptionId === undefined ? undefined : { subscriptionId, tenantId: consumer.tenantId },
        })),
      },
    });
    const probe =
      consumer.reachabilityProbe &&
      new ReachabilityProbe(this, "ReachabilityProbe", {
        ...consumer.reachabilityProbe,
        endpoint,
        hostNames: service.hostNames,
        called: hostNames,
      });

    const outputs = {
      private_endpoint_ip_address: endpoint.privateIpAddress,
      connection_status: endpoint.connectionStatus,
      hosts_file_lines: hostNames.map((hostName) => `${endpoint.privateIpAddress} ${hostName}`),
      approve_connection_command: service.address && approvalCommand(service.address, endpoint.id),
      reachability: probe?.result,
    };
    for (const [name, value] of Object.entries(outputs)) {
      if (value !== undefined) new TerraformOutput(this, name, { value });
    }
  }
}
