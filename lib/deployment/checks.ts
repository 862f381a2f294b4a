import { check, prefixed, Problem } from "../azure/check";
import { zoneName } from "../azure/host-name";
import { beside } from "../azure/settled";
import { HostNames } from "../dns/host-names";
import { zonesOf } from "./claims";
import { uniquenessProblems } from "./collisions";
import { consumerProblems } from "./consumer-checks";
import { meetingProblems } from "./meeting-checks";
import { ConsumerSection } from "./consumer-section";
import { ForeignService } from "./deployment";
import { existingThingsProblems, stateGroupProblems } from "./existing-things";
import { oneNetworkProblems } from "./one-network";
import { providerHostNames, providerProblems, zonePath } from "./provider-checks";
import { ProviderSection } from "./provider-section";
import { StateSettings } from "./state-settings";
import { sidesOf } from "./sides";

/** What the parts of a deployment file say, as far as they are well-formed. */
export interface Parts {
  readonly provider?: Partial<ProviderSection>;
  readonly service?: ForeignService;
  /** Whether the service was read from a hand-over. */
  readonly handedOver?: boolean;
  /** Undefined where it is not known which there are. */
  readonly consumers?: readonly Partial<ConsumerSection>[];
  readonly state?: StateSettings;
}

/** What is wrong between the parts of a deployment file. */
export function deploymentProblems(parts: Parts): Problem[] {
  const { provider, service, consumers = [] } = parts;
  const hostNames: HostNames = provider ? providerHostNames(provider) : (service?.hostNames ?? {});
  // whatever APIM is behind, 443 is among its ports, or that is said of the ports.
  const ports = provider?.target ? provider.forwarder?.ports : undefined;
  const sides = sidesOf(provider, consumers);
  const inOneNetwork = oneNetworkProblems(sides);
  const ofProvider = provider ? prefixed("provider", providerProblems(provider)) : [];
  return [
    ...ofProvider,
    ...(service ? byIdProblems(consumers) : []),
    ...beside(ofProvider, zoneProblems(parts, hostNames)),
    ...consumers.flatMap((consumer, index) =>
      // of a consumer that goes nothing is made.
      consumer.remove ? [] : prefixed(["consumers", index], consumerProblems(consumer, hostNames, ports)),
    ),
    ...(provider && parts.consumers ? meetingProblems(provider, consumers) : []),
    ...existingThingsProblems(sides, hostNames),
    ...(parts.state ? stateGroupProblems(sides, parts.state) : []),
    ...inOneNetwork,
    ...besideOverlaps(inOneNetwork, uniquenessProblems(provider, consumers, hostNames)),
  ];
}

/** Without what follows from two networks being one: whose subnets overlap was meant to have another network. */
function besideOverlaps(overlaps: readonly Problem[], problems: readonly Problem[]): Problem[] {
  const sides = new Set(overlaps.map(({ path }) => path[1]));
  return problems.filter(({ path: [, consumer, key] }) => key !== "dns" || !sides.has(consumer ?? ""));
}

/** Host names that cannot be the zones that consumers make of them, each said once, where it is written. */
function zoneProblems({ provider, handedOver, consumers = [] }: Parts, hostNames: HostNames): Problem[] {
  // a thousand consumers have mostly the same list.
  const lists = new Set(consumers.map((consumer) => zonesOf(consumer, hostNames)));
  const zones = new Set([...lists].flat());
  const path = (zone: string) => {
    if (provider) return ["provider", ...zonePath(provider, zone)];
    return handedOver ? ["service", "from"] : ["service", "hostNames", Object.keys(hostNames).indexOf(zone)];
  };
  return [...zones].flatMap((zone) => check(path(zone), zone, zoneName));
}

/** Consumers that would connect to somebody else's service by a resource id, which they do not know. */
function byIdProblems(consumers: readonly Partial<ConsumerSection>[]): Problem[] {
  return consumers.flatMap(({ endpoint }, index) =>
    check(["consumers", index, "endpoint", "connectBy"], endpoint?.connectBy, (connectBy) =>
      connectBy === "resourceId"
        ? 'must be alias or left out: of a service only its alias is known, got "resourceId"'
        : undefined,
    ),
  );
}
