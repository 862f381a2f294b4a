import { DataAzurermPrivateLinkServiceEndpointConnections } from "@cdktf/provider-azurerm/lib/data-azurerm-private-link-service-endpoint-connections";
import { dependable, TerraformLocal } from "cdktf";
import { Construct } from "constructs";
import { answerCommand, ServiceLocator } from "../azure/approval-command";
import { IResourceGroup } from "../network/resource-group";
import { PrivateLinkService } from "./private-link-service";

/** What a `PendingConnections` is made of. */
export interface PendingConnectionsProps {
  readonly service: PrivateLinkService;
  readonly resourceGroup: IResourceGroup;
  /** The service as the Azure command line names it. */
  readonly locator: ServiceLocator;
  /** The consumers that are known, by the resource ids of their endpoints in lower case. */
  readonly consumers?: Readonly<Record<string, string>>;
}

/** Reads who is connected to a Private Link Service, which connections wait for its owner, and how to answer each of these. */
export class PendingConnections extends Construct {
  /** A list of objects: the consumer, the endpoint's id, what its owner wrote, and the commands that approve and reject it. */
  public readonly list: string;
  /** A list of objects: the consumer of each connection, null where it is nobody's that is known, the endpoint's id, the status. */
  public readonly all: string;

  constructor(
    scope: Construct,
    id: string,
    { service, resourceGroup, locator, consumers = {} }: PendingConnectionsProps,
  ) {
    super(scope, id);

    const connections = new DataAzurermPrivateLinkServiceEndpointConnections(this, "Resource", {
      serviceId: service.id,
      resourceGroupName: resourceGroup.name,
    });

    const each = `for connection in ${dependable(connections)}.private_endpoint_connections :`;
    const known = new TerraformLocal(this, "Consumers", { ...consumers });
    const consumer = `consumer = try(${known.fqn}[lower(connection.private_endpoint_id)], null)`;
    const endpoint = "endpoint = connection.private_endpoint_id";
    const command = (answer: "Approved" | "Rejected") =>
      `format(${JSON.stringify(answerCommand(locator, answer, "%s"))}, connection.connection_name)`;
    this.list = `\${[${each} { ${consumer}, ${endpoint}, request = connection.description, approve = ${command("Approved")}, reject = ${command("Rejected")} } if connection.status == "Pending"]}`;
    this.all = `\${[${each} { ${consumer}, ${endpoint}, status = connection.status }]}`;
  }
}
