import { DataAzurermPrivateLinkServiceEndpointConnections } from "@cdktf/provider-azurerm/lib/data-azurerm-private-link-service-endpoint-connections";
import { dependable } from "cdktf";
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
}

/** Reads which connections wait for the owner of a Private Link Service, and how to answer each of them. */
export class PendingConnections extends Construct {
  /** A list of objects: the endpoint's id, what its owner wrote, and the commands that approve and reject it. */
  public readonly list: string;

  constructor(scope: Construct, id: string, { service, resourceGroup, locator }: PendingConnectionsProps) {
    super(scope, id);

    const connections = new DataAzurermPrivateLinkServiceEndpointConnections(this, "Resource", {
      serviceId: service.id,
      resourceGroupName: resourceGroup.name,
    });

    const command = (answer: "Approved" | "Rejected") => JSON.stringify(answerCommand(locator, answer, "%s"));
    this.list = `\${[for connection in ${dependable(connections)}.private_endpoint_connections : { endpoint = connection.private_endpoint_id, request = connection.description, approve = format(${command("Approved")}, connection.connection_name), reject = format(${command("Rejected")}, connection.connection_name) } if connection.status == "Pending"]}`;
  }
}
