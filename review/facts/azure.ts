import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

/** What Azure refuses, and what to do instead. */
export interface Refusal {
  /** Azure's code, as far as somebody has seen it. */
  readonly code?: string;
  readonly why: string;
  readonly instead: string;
  readonly source: string;
}

/** How long a resource takes, in minutes. */
export interface Slow {
  readonly create: number;
  readonly replace: number;
  readonly destroy: number;
  readonly update: number;
  /** Only these take long when they change in place. */
  readonly arguments: readonly string[];
  readonly source: string;
}

interface AzureFacts {
  readonly slow: Readonly<Record<string, Slow>>;
  /** What happens to machines when an argument changes in place, by type and argument. */
  readonly reboots: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly refusals: Readonly<Record<RefusalName, Refusal>>;
}

/** The names of the refusals. */
export type RefusalName =
  | "serviceInUse"
  | "probeInUse"
  | "poolInUse"
  | "ruleOfProbeInUse"
  | "frontendInUse"
  | "groupNotEmpty"
  | "subnetInUse"
  | "subnetRangeInUse"
  | "networkTakesSubnets"
  | "addressInUse"
  | "primaryNatSubnet"
  | "natAddressTaken"
  | "natPolicies"
  | "turnedRound"
  | "providerGone"
  | "protected";

/** What Azure does at run time, which no plan says. */
export const AZURE = parse(readFileSync(join(__dirname, "azure.yaml"), "utf8")) as AzureFacts;
