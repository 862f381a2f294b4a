import { Apim, Consumer, Service, Subnet } from "./model";

const PREFIX = "10.0.0.0/16";

// where every subscription may ask, one stands for all.
const ANYBODY = "00000000-0000-4000-8000-000000000000";

/**
 * Consumers for a deployment that leaves them to others: one for each subscription that need not wait for approval,
 * with the records that the provider's host names ask for.
 *
 * @param approve whether the owner approves whoever sees the service, so that nobody has to wait
 */
export function visitors(services: readonly Service[], apim: Apim, approve: boolean): Consumer[] {
  return services.flatMap((service) => {
    const seeing = service.visibility.map((one) => (one === "*" ? ANYBODY : one));
    const subscriptions = new Set([...service.autoApproval, ...(approve ? seeing : [])]);
    return [...subscriptions].map((subscription) => visitor(service, subscription, apim));
  });
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
