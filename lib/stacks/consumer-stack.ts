import { App, TerraformOutput, TerraformStack } from "cdktf";
import { approvalCommand } from "../azure/approval-command";
import { CONSUMER_REGISTRATIONS, defineAzurerm, PROBING_CONSUMER_REGISTRATIONS } from "../azure/azurerm-provider";
import { PlannedConnection } from "../deployment/connections";
import { ConsumerSection, endpointOf } from "../deployment/consumer-section";
import { Deployment } from "../deployment/deployment";
import { chosenHostNames } from "../dns/host-names";
import { ConsumerEndpoint } from "../consumer/consumer-endpoint";
import { ReachabilityProbe } from "../consumer/reachability-probe";
import { IConsumedService } from "./consumed-service";
import { consumerIdentity, defineState } from "./state";

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
  /** The network, the private endpoint and private DNS. */
  public readonly endpoint: ConsumerEndpoint;
  /** The machine that calls the service, if the file asks for it. */
  public readonly reachabilityProbe?: ReachabilityProbe;

  constructor(scope: App, id: string, { deployment, consumer, service, connection }: ConsumerStackProps) {
    super(scope, id);

    defineState(this, deployment.state, consumerIdentity(deployment.name, consumer));
    defineAzurerm(this, consumer, consumer.reachabilityProbe ? PROBING_CONSUMER_REGISTRATIONS : CONSUMER_REGISTRATIONS);

    const { endpoints, ...zones } = consumer.dns;
    const hostNames = chosenHostNames(service.hostNames, endpoints);
    this.endpoint = new ConsumerEndpoint(this, "ConsumerEndpoint", {
      resourceGroup: consumer.resourceGroup,
      location: consumer.location,
      network: consumer.network,
      name: consumer.endpoint.name,
      connection: service.connection(this, connection),
      expectation: service.expectation?.(this, connection),
      hostNames,
      dns: zones,
      tenantId: consumer.tenantId,
    });
    this.reachabilityProbe =
      consumer.reachabilityProbe &&
      new ReachabilityProbe(this, "ReachabilityProbe", {
        ...consumer.reachabilityProbe,
        endpoint: this.endpoint,
        hostNames: service.hostNames,
        called: hostNames,
      });

    const outputs = {
      private_endpoint_ip_address: this.endpoint.privateIpAddress,
      connection_status: this.endpoint.connectionStatus,
      hosts_file_lines: hostNames.map((hostName) => `${this.endpoint.privateIpAddress} ${hostName}`),
      approve_connection_command: service.locator && approvalCommand(service.locator, endpointOf(consumer)),
      reachability: this.reachabilityProbe?.result,
    };
    for (const [name, value] of Object.entries(outputs)) {
      if (value !== undefined) new TerraformOutput(this, name, { value });
    }
  }
}
