/** A Private Link Service as the Azure command line names it. */
export interface ServiceLocator {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly serviceName: string;
}

/** A private endpoint by the parts of its resource id. */
export interface EndpointLocator {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly name: string;
}

/** The resource id of a private endpoint in lower case, as Azure writes the same id with capitals here and there. */
export function endpointKey({ subscriptionId, resourceGroup, name }: EndpointLocator): string {
  return `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.Network/privateEndpoints/${name}`.toLowerCase();
}

/** The service that a resource id names; undefined where it names something else. */
export function serviceOf(resourceId: string): ServiceLocator | undefined {
  const [, subscriptionId, resourceGroup, serviceName] = SERVICE_ID.exec(resourceId) ?? [];
  return subscriptionId && resourceGroup && serviceName ? { subscriptionId, resourceGroup, serviceName } : undefined;
}

const SERVICE_ID =
  /^\/subscriptions\/([\da-f-]{36})\/resourceGroups\/([\w.()-]{1,90})\/providers\/Microsoft\.Network\/privateLinkServices\/([\w.-]{1,80})$/i;

function where({ subscriptionId, resourceGroup }: ServiceLocator): string[] {
  return [`--subscription ${subscriptionId}`, `--resource-group '${resourceGroup}'`];
}

function answer(service: ServiceLocator, status: "Approved" | "Rejected", connectionName: string): string[] {
  return [
    "az network private-link-service connection update",
    ...where(service),
    `--service-name '${service.serviceName}'`,
    `--connection-status ${status}`,
    `--name '${connectionName}'`,
  ];
}

/**
 * The shell command with which the service's owner answers one connection, in one line and without anything that a list of
 * outputs would escape: neither `"` nor `\`.
 *
 * @param connectionName the name that Azure gave the connection
 */
export function answerCommand(
  service: ServiceLocator,
  status: "Approved" | "Rejected",
  connectionName: string,
): string {
  return answer(service, status, connectionName).join(" ");
}

/**
 * The shell command with which the service's owner approves the connections of one endpoint, in lines that a terminal need
 * not break: `cdktf output` breaks longer ones, and what is broken cannot be pasted.
 */
export function approvalCommand(service: ServiceLocator, endpoint: EndpointLocator): string {
  const names = [
    "az network private-link-service show",
    ...where(service),
    `--name '${service.serviceName}'`,
    "--query 'privateEndpointConnections[].[name,privateEndpoint.id]'",
    "--output tsv |",
  ];
  const ofEndpoint = [
    `grep -i '/subscriptions/${endpoint.subscriptionId}/' |`,
    `grep -i '/resourceGroups/${literal(endpoint.resourceGroup)}/' |`,
    `grep -i '/privateEndpoints/${literal(endpoint.name)}$' |`,
    "cut -f 1 |",
  ];
  const approve = answer(service, "Approved", "NAME");
  approve[0] = `xargs -r -I NAME ${approve[0]}`;
  return [continued(names), ...ofEndpoint, continued(approve)].join("\n");
}

/** A command over several lines. */
function continued(words: readonly string[]): string {
  return words.join(" \\\n  ");
}

/** A name as a pattern that matches nothing else. */
function literal(name: string): string {
  return name.replaceAll(".", "[.]");
}
