import { z } from "zod";
import { subscriptionId } from "../azure/account";
import { check, isToken, Problem, someOf } from "../azure/check";
import { hostName, zoneName } from "../azure/host-name";
import { azureName } from "../azure/names";
import { choice, flag, list, section, text, whole } from "../azure/setting";

/**
 * The private DNS zones that one network can be linked to, so that more host names, each with a zone of its own, would not
 * fit: https://learn.microsoft.com/azure/dns/private-dns-privatednszone#limits (2026-11)
 */
export const MAX_LINKED_ZONES = 1000;

const existingZone = section({
  /** The name of the private DNS zone, such as azure-api.net; host names at or below it get their records there. */
  name: text(hostName),
  /** The name of the zone's resource group. */
  resourceGroup: text(azureName.resourceGroup),
  /** The zone's subscription, such as a hub's, in the network's tenant; where it is left out, the network's. */
  subscriptionId: subscriptionId.optional(),
  /** Whether the network is linked to the zone already, so that only records are made. */
  linked: flag().default(true),
  /** The name of that link, for Terraform to check when it plans that it leads to this network; nothing else checks it. */
  link: text(azureName.privateDnsZoneLink).optional(),
});

/** How host names lead to an address within a network. */
export const privateDnsSettings = section({
  /** Whether each host name that no existing zone holds gets a zone of its own. */
  zones: choice("hostScoped", "none").default("hostScoped"),
  /** Zones that exist; each host name goes into the longest that holds it. */
  existingZones: list(existingZone).max(MAX_LINKED_ZONES).default([]),
  /** Seconds that resolvers keep the address. */
  ttl: whole(1, 2147483647, "seconds").default(300),
});

/** A private DNS zone that exists already. */
export type ExistingZoneSettings = z.output<typeof existingZone>;

/** How host names lead to an address within a network, as somebody writes it. */
export type PrivateDnsSettings = z.input<typeof privateDnsSettings>;

/** How host names lead to an address, with its defaults. */
type PrivateDnsChoice = Pick<z.output<typeof privateDnsSettings>, "zones" | "existingZones">;

/** A host name and all names above it: what a zone that holds it can be called, from the longest on. */
function namesAround(hostName: string): string[] {
  const labels = hostName.split(".");
  return labels.map((_, at) => labels.slice(at).join("."));
}

/** The zone that holds the records of a host name, the longest of those that could; undefined where none does. */
export function zoneHolding(hostName: string, zones: ReadonlySet<string>): string | undefined {
  return namesAround(hostName).find((name) => zones.has(name));
}

/** What a list of host names was asked for before, since a thousand consumers have mostly the same list and zones. */
interface Asked {
  /** The host names that zones do not hold, by the zones' names. */
  readonly outside: Map<string, readonly string[]>;
  /** What a zone that holds one of the host names can be called. */
  readonly around: Set<string>;
}

const asked = new WeakMap<readonly string[], Asked>();

function askedOf(hostNames: readonly string[]): Asked {
  const known = asked.get(hostNames) ?? { outside: new Map(), around: new Set(hostNames.flatMap(namesAround)) };
  asked.set(hostNames, known);
  return known;
}

/** The host names that no existing zone holds; the same list for the same zones. */
export function outside(
  hostNames: readonly string[],
  existingZones: readonly Pick<ExistingZoneSettings, "name">[],
): readonly string[] {
  if (existingZones.length === 0) return hostNames;
  const zones = new Set(existingZones.map(({ name }) => name));
  const known = askedOf(hostNames).outside;
  const key = [...zones].join(" ");
  const names = known.get(key) ?? hostNames.filter((hostName) => zoneHolding(hostName, zones) === undefined);
  known.set(key, names);
  return names;
}

/** The host names that get a zone of their own. */
export function hostScoped(
  hostNames: readonly string[],
  { zones, existingZones }: PrivateDnsChoice,
): readonly string[] {
  return zones === "none" ? NONE : outside(hostNames, existingZones);
}

const NONE: readonly string[] = [];

/** What is wrong between host names and how they are to be resolved. */
export function privateDnsProblems(hostNames: readonly string[], settings: PrivateDnsChoice): Problem[] {
  return [
    ...hostScoped(hostNames, settings).flatMap((zone) => check(["hostNames", hostNames.indexOf(zone)], zone, zoneName)),
    ...existingZonesProblems(hostNames, settings.existingZones),
  ];
}

/** Existing zones that stand twice in the list, hold no host name, or name a link that is yet to be made. */
export function existingZonesProblems(
  hostNames: readonly string[],
  existingZones: readonly Pick<ExistingZoneSettings, "name" | "linked" | "link">[],
): Problem[] {
  if (existingZones.length === 0) return [];
  const { around } = askedOf(hostNames);
  const unknown = hostNames.some(isToken);
  const seen = new Set<string>();
  return existingZones.flatMap(({ name, linked, link }, index) => [
    ...check(["existingZones", index, "name"], name, (zone) => {
      if (seen.has(zone)) {
        return `must not be listed twice, got "${zone}" again; a network is linked to one zone of a name`;
      }
      seen.add(zone);
      return unknown || isToken(zone) || around.has(zone)
        ? undefined
        : `must hold one of the host names ${someOf(hostNames)}, got "${zone}"`;
    }),
    ...check(["existingZones", index, "link"], link, (given) =>
      linked ? undefined : `must be left out with linked: false, which makes a link, got "${given}"`,
    ),
  ]);
}
