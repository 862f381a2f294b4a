import { z } from "zod";
import { Problem } from "../azure/check";
import { judged } from "../azure/settled";
import { ConsumerSection, consumerSection } from "./consumer-section";
import { deploymentSchema, ServiceSection } from "./deployment";
import { ProviderSection, providerSection } from "./provider-section";
import { StateSettings } from "./state-settings";

/** What of a deployment file is well-formed; what is not is left out, so that the rest is judged too. */
export interface WellFormedParts {
  readonly provider?: Partial<ProviderSection>;
  readonly service?: ServiceSection;
  readonly state?: StateSettings;
  /** Undefined where the list itself is malformed, or may stand under a key that is misspelt. */
  readonly consumers?: readonly Partial<ConsumerSection>[];
}

/** The parts of a file that are well-formed, each seen on its own, with tokens in the place of wrong text and numbers. */
export function wellFormedParts(file: unknown): WellFormedParts {
  const { provider, service, consumers, state } = fields(file);
  const misspelt = Object.keys(fields(file)).some((key) => !(key in deploymentSchema.shape));
  return {
    state: judged(deploymentSchema.shape.state, state).value,
    provider: provider === undefined ? undefined : wellFormedKeys(providerSection.shape, provider),
    service: judged(deploymentSchema.shape.service, service).value,
    consumers: (consumers === undefined && misspelt ? undefined : listed(consumers))?.map((consumer) =>
      wellFormedKeys(consumerSection.shape, consumer),
    ),
  };
}

/** A list, or none for a file that leaves it out; undefined for anything else. */
function listed(value: unknown): unknown[] | undefined {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as unknown[]) : undefined;
}

function wellFormedKeys<S extends z.ZodRawShape>(shape: S, section: unknown): Partial<z.output<z.ZodObject<S>>> {
  if (section === null || typeof section !== "object") return {};
  const keys = Object.entries(shape).flatMap(([key, schema]) => {
    const { value } = judged(schema as z.ZodType, fields(section)[key]);
    return value === undefined ? [] : [[key, value]];
  });
  return Object.fromEntries(keys) as Partial<z.output<z.ZodObject<S>>>;
}

/** What is said of what stands between the service and APIM where nothing does. */
export const LEFT_OUT_WITH_DIRECT_CONNECT = "must be left out with directConnect, where nothing stands in between";

/** Parts of which a file needs one or another. */
export function missingParts(file: unknown): Problem[] {
  if (file === null || typeof file !== "object" || Array.isArray(file)) return [];
  const { provider, service, consumers } = fields(file);
  if (provider === undefined && service === undefined) {
    return [
      {
        path: ["provider"],
        complaint: "is missing; a file has a provider, or consumers and the service that they use",
      },
    ];
  }
  if (provider === undefined) {
    return Array.isArray(consumers) && consumers.length > 0
      ? []
      : [{ path: ["consumers"], complaint: "is missing; a file without a provider has at least one consumer" }];
  }
  // of what is no section nothing else is said.
  if (provider === null || typeof provider !== "object" || Array.isArray(provider)) return [];
  const section = fields(provider);
  const direct = fields(section.privateLinkService).mode === "directConnect";
  const missing = (key: string, why: string): Problem[] =>
    section[key] === undefined ? [{ path: ["provider", key], complaint: `is missing; ${why}` }] : [];
  return [
    ...(service === undefined
      ? []
      : [
          {
            path: ["service"],
            complaint: "must be left out where there is a provider, whose service the consumers use",
          },
        ]),
    ...(section.target === undefined ? missing("apim", "connections go to an APIM instance, or to a target") : []),
    ...(direct
      ? ["forwarder", "loadBalancer"].flatMap((key) =>
          section[key] === undefined ? [] : [{ path: ["provider", key], complaint: LEFT_OUT_WITH_DIRECT_CONNECT }],
        )
      : [
          ...missing("forwarder", "it carries the connections, unless privateLinkService.mode is directConnect"),
          ...missing("loadBalancer", "it spreads the connections, unless privateLinkService.mode is directConnect"),
        ]),
  ];
}

function fields(value: unknown): Readonly<Record<string, unknown>> {
  return value !== null && typeof value === "object" ? (value as Record<string, unknown>) : {};
}
