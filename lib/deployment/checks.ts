import { privateLinkServiceAlias } from "../azure/private-link";
import { Problem, check, prefixed } from "../azure/check";
import { tagProblems } from "../azure/tags";
import { HostNames } from "../dns/host-names";
import { uniquenessProblems } from "./collisions";
import { consumerProblems, meetingProblems } from "./consumer-checks";
import { ConsumerSection } from "./consumer-section";
import { providerHostNames, providerProblems } from "./provider-checks";
import { ProviderSection } from "./provider-section";
import { Deployment } from "./schema";

/** What of a deployment file has the right shape; a part that has not is left out, so that the others are judged too. */
export interface SoundParts {
  readonly provider?: Partial<ProviderSection>;
  /** Somebody else's service, read from the hand-over where the file points at one. */
  readonly service?: ForeignServiceParts;
  /** Undefined where the list itself has another shape. */
  readonly consumers?: readonly Partial<ConsumerSection>[];
  readonly tags?: Deployment["tags"];
}

/** Somebody else's service as far as the file tells. */
export interface ForeignServiceParts {
  readonly alias: string;
  readonly hostNames: HostNames;
}

/** What is wrong with a deployment file beyond its shape, by the rules that the constructs keep to. */
export function deploymentProblems({ provider, service, consumers, tags }: SoundParts): Problem[] {
  const hostNames = provider ? providerHostNames(provider) : (service?.hostNames ?? {});
  return [
    ...(provider ? prefixed("provider", providerProblems(provider)) : []),
    ...(service
      ? [
          ...prefixed("service", check("alias", service.alias, privateLinkServiceAlias)),
          ...byIdProblems(consumers ?? []),
        ]
      : []),
    ...(consumers ?? []).flatMap((consumer, index) =>
      prefixed(["consumers", index], consumerProblems(consumer, hostNames, provider?.forwarder?.ports)),
    ),
    ...(provider && consumers ? meetingProblems(provider, consumers) : []),
    ...uniquenessProblems(provider, consumers ?? [], hostNames),
    ...prefixed("tags", tagProblems(tags ?? {})),
  ];
}

/** Consumers that would connect to somebody else's service by a resource id, which they do not know. */
function byIdProblems(consumers: readonly Partial<ConsumerSection>[]): Problem[] {
  return consumers.flatMap(({ endpoint }, index) =>
    endpoint?.connectBy === "resourceId"
      ? [
          {
            path: ["consumers", index, "endpoint", "connectBy"],
            complaint: 'must be alias or left out: of a service only its alias is known, got "resourceId"',
          },
        ]
      : [],
  );
}
