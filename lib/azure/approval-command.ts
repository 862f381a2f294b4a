/** A Private Link Service as the Azure command line names it. */
export interface ServiceAddress {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly serviceName: string;
}

/**
 * The shell command with which the service's owner approves connections that wait.
 *
 * @param filter which connections, as a JMESPath condition on one of them
 */
export function approvalCommand(service: ServiceAddress, filter: string): string {
  const where = `--subscription ${service.subscriptionId} --resource-group '${service.resourceGroup}'`;
  const names = `az network private-link-service show ${where} --name '${service.serviceName}' --query "privateEndpointConnections[?${filter}].name" --output tsv`;
  const approve = `az network private-link-service connection update ${where} --service-name '${service.serviceName}' --connection-status Approved --name`;
  return `${names} | xargs -r -n 1 ${approve}`;
}
