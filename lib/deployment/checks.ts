import { check, prefixed, Problem } from "../azure/check";
import { HostNames } from "../dns/host-names";
import { uniquenessProblems } from "./collisions";
import { consumerProblems, meetingProblems } from "./consumer-checks";
import { ConsumerSection } from "./consumer-section";
import { ForeignService } from "./deployment";
import { providerHostNames, providerProblems } from "./provider-checks";
import { ProviderSection } from "./provider-section";

/** What the parts of a deployment file say, as far as they are well-formed. */
export interface Parts {
  readonly provider?: Partial<ProviderSection>;
  readonly service?: ForeignService;
  readonly consumers?: readonly Partial<ConsumerSection>[];
}

/** What is wrong between the parts of a deployment file. */
export function deploymentProblems({ provider, service, consumers = [] }: Parts): Problem[] {
  const hostNames: HostNames = provider ? providerHostNames(provider) : (service?.hostNames ?? {});
  return [
    ...(provider ? prefixed("provider", providerProblems(provider)) : []),
    ...(service ? byIdProblems(consumers) : []),
    ...consumers.flatMap((consumer, index) =>
      prefixed(["consumers", index], consumerProblems(consumer, hostNames, provider?.forwarder?.ports)),
    ),
    ...(provider ? meetingProblems(provider, consumers) : []),
    ...uniquenessProblems(provider, consumers, hostNames),
  ];
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
