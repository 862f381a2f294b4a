import { Consumer, Design, Endpoint, Forwarder, LoadBalancerRule, Service } from "./model";

/** A place on the way where a design can be broken, in the order of the way. */
export const HOPS = [
  "dns",
  "private endpoint",
  "connection approval",
  "private link service",
  "load balancer rule",
  "load balancer pool",
  "forwarder network security group",
  "forwarder route",
  "forwarder",
  "health probe",
  "apim network security group",
  "apim route",
  "apim",
] as const;

/** One of the places. */
export type Hop = (typeof HOPS)[number];

/** A broken place and what is wrong there. */
export interface Break {
  readonly hop: Hop;
  readonly why: string;
}

/** The way that Azure would give the connections of an endpoint, as far as it goes. */
export interface Way {
  readonly service?: Service;
  readonly rules: readonly RuleWay[];
  /** Why connections get no further. */
  readonly broken?: Break;
}

/** A port of the way. */
export interface RuleWay {
  readonly rule: LoadBalancerRule;
  readonly members: readonly Forwarder[];
}

/** Follows an endpoint to the machines behind its service, by what the arguments say. */
export function wayOf(design: Design, consumer: Consumer, endpoint: Endpoint, approveAll: boolean): Way {
  const service = design.services.find(({ id, alias }) => endpoint.target === id || endpoint.target === alias);
  if (!service) {
    const why = `endpoint ${endpoint.name} asks for ${endpoint.target}, which no service of the deployment is`;
    return { rules: [], broken: { hop: "private endpoint", why } };
  }
  const refused = approveAll ? undefined : approvalProblem(service, consumer, endpoint);
  if (refused !== undefined) return { service, rules: [], broken: { hop: "connection approval", why: refused } };
  const problem = serviceProblem(design, service);
  if (problem !== undefined) return { service, rules: [], broken: { hop: "private link service", why: problem } };

  const rules = design.rules
    .filter(({ frontendId }) => service.frontendIds.includes(frontendId))
    .map((rule) => ({
      rule,
      members: design.forwarders.filter(({ nic }) => nic.pools.some((pool) => rule.pools.includes(pool))),
    }));
  return { service, rules, broken: rulesProblem(service, rules) };
}

/**
 * Whether a consumer's network is linked to two zones of one name, which Azure refuses:
 * https://learn.microsoft.com/azure/dns/private-dns-virtual-network-links
 */
export function linkedTwice({ zones, network }: Consumer): Break | undefined {
  const links = zones.filter(({ networks }) => networks.includes(network.id)).map(({ name }) => name);
  const twice = links.find((name, index) => links.indexOf(name) < index);
  if (twice === undefined) return undefined;
  return { hop: "dns", why: `network ${network.name} is linked to two zones ${twice}, which Azure refuses` };
}

/** https://learn.microsoft.com/azure/private-link/private-link-service-overview#control-service-access */
function approvalProblem(service: Service, consumer: Consumer, endpoint: Endpoint): string | undefined {
  const { subscription } = consumer;
  const sees = service.visibility.includes("*") || service.visibility.includes(subscription);
  const byAlias = endpoint.target === service.alias;
  // whoever connects by id and without a request has rights on the service.
  if (!byAlias && !endpoint.manual && service.visibility.length === 0) return undefined;
  if (!sees && (byAlias || service.visibility.length > 0)) {
    return `service ${service.name} is not visible to subscription ${subscription}`;
  }
  if (service.autoApproval.includes(subscription)) return undefined;
  if (endpoint.manual)
    return `the request of endpoint ${endpoint.name} waits until the owner of ${service.name} approves it`;
  return `the connection is not approved: subscription ${subscription} is not on the auto-approval list of ${service.name}`;
}

function serviceProblem(design: Design, service: Service): string | undefined {
  const guarded = service.nat.find(({ subnet }) => subnet.natPolicies);
  if (guarded)
    return `network policies are on in the NAT subnet ${guarded.subnet.name}, where Azure refuses ${service.name}`;
  if (service.nat.length === 0) return `service ${service.name} has no NAT address`;
  if (service.proxyProtocol) return `service ${service.name} sends the proxy protocol, which APIM does not understand`;
  const frontends = design.frontends.filter(({ id }) => service.frontendIds.includes(id));
  if (frontends.length === 0)
    return `service ${service.name} leads to no frontend of a load balancer of the deployment`;
  const ports = design.rules.filter(({ frontendId }) => service.frontendIds.includes(frontendId));
  if (ports.length === 0) return `service ${service.name} leads to frontend ${frontends[0]?.name}, which no rule uses`;
  return undefined;
}

function rulesProblem(service: Service, rules: readonly RuleWay[]): Break | undefined {
  for (const { rule, members } of rules) {
    if (!rule.probe)
      return { hop: "load balancer rule", why: `rule ${rule.name} has no probe, so a dead forwarder gets connections` };
    if (rule.floatingIp)
      return { hop: "load balancer rule", why: `rule ${rule.name} has floating IP on, which no forwarder listens to` };
    if (members.length === 0)
      return { hop: "load balancer pool", why: `the pool of rule ${rule.name} has no forwarder` };
  }
  return rules.length === 0
    ? { hop: "load balancer rule", why: `no rule has a frontend of ${service.name}` }
    : undefined;
}
