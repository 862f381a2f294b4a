import { Apim, Consumer, Service, Subnet } from "./model";

const PREFIX = "10.0.0.0/16";

/**
 * Consumers for a deployment that leaves them to others: one for each subscription that need not wait for approval,
 * with the records that the provider's host names ask for.
 */
export function visitors(services: readonly Service[], apim: Apim): Consumer[] {
  return services.flatMap((service) =>
    service.autoApproval.map((subscription) => visitor(service, subscription, apim)),
  );
}

function visitor(service: Service, subscription: string, apim: Apim): Consumer {
  const id = `visitor ${subscription}`;
  const network = { id, name: id, addressSpace: [PREFIX], dnsServers: [] };
  const subnet: Subnet = {
    id,
    name: id,
    prefix: "10.0.1.0/24",
    network,
    groups: [],
    routes: [],
    made: false,
    natPolicies: true,
  };
  const address = "10.0.1.4";
  return {
    name: `a consumer in subscription ${subscription}`,
    subscription,
    network,
    endpoints: [{ name: "visitor", address, subnet, target: service.alias, manual: true }],
    zones: apim.hostNames.map((name) => ({
      name,
      addresses: new Map([[name, [address]]]),
      aliases: new Map<string, string>(),
      existing: false,
      networks: [id],
    })),
    client: { address: "10.0.1.5", subnet, groups: [], ipForwarding: false, pools: [] },
    hostNames: apim.hostNames,
  };
}
