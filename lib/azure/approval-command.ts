/** A Private Link Service as the Azure command line names it. */
export interface ServiceLocator {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly serviceName: string;
}

function where({ subscriptionId, resourceGroup }: ServiceLocator): string {
  return `--subscription ${subscriptionId} --resource-group '${resourceGroup}'`;
}

/**
 * The shell command with which the service's owner answers one connection.
 *
 * @param connectionName the name that Azure gave the connection
 */
export function answerCommand(
  service: ServiceLocator,
  answer: "Approved" | "Rejected",
  connectionName: string,
): string {
  return `az network private-link-service connection update ${where(service)} --service-name '${service.serviceName}' --connection-status ${answer} --name ${connectionName}`;
}

/**
 * The shell command with which the service's owner approves the connections of one endpoint.
 *
 * @param endpointId the endpoint's resource id
 */
export function approvalCommand(service: ServiceLocator, endpointId: string): string {
  const names = `az network private-link-service show ${where(service)} --name '${service.serviceName}' --query "privateEndpointConnections[?privateEndpoint.id=='${endpointId}'].name" --output tsv`;
  return `${names} | xargs -r -I NAME ${answerCommand(service, "Approved", "NAME")}`;
}
