import { z } from "zod";
import { subscriptionId } from "../azure/account";
import { check, isToken, Problem } from "../azure/check";
import { hostName, zoneName } from "../azure/host-name";
import { azureName } from "../azure/names";
import { choice, flag, list, section, text, whole } from "../azure/setting";

const existingZone = section({
  /** The name of the private DNS zone, such as azure-api.net; host names at or below it get their records there. */
  name: text(hostName),
  /** The name of the zone's resource group. */
  resourceGroup: text(azureName.resourceGroup),
  /** The zone's subscription, such as a hub's, in the network's tenant; where it is left out, the network's. */
  subscriptionId: subscriptionId.optional(),
  /** Whether the network is linked to the zone already, so that only records are made. */
  linked: flag().default(true),
});

/** How host names lead to an address within a network. */
export const privateDnsSettings = section({
  /** Whether each host name that no existing zone holds gets a zone of its own. */
  zones: choice("hostScoped", "none").default("hostScoped"),
  /** Zones that exist; each host name goes into the longest that holds it. */
  existingZones: list(existingZone).default([]),
  /** Seconds that resolvers keep the address. */
  ttl: whole(1, 2147483647, "seconds").default(300),
});

/** A private DNS zone that exists already. */
export type ExistingZoneSettings = z.output<typeof existingZone>;

/** How host names lead to an address within a network, as somebody writes it. */
export type PrivateDnsSettings = z.input<typeof privateDnsSettings>;

/** How host names lead to an address, with its defaults. */
type PrivateDnsChoice = Pick<z.output<typeof privateDnsSettings>, "zones" | "existingZones">;

/** Whether a zone holds the records of a host name. */
export function holds(zone: Pick<ExistingZoneSettings, "name">, hostName: string): boolean {
  return hostName === zone.name || hostName.endsWith(`.${zone.name}`);
}

/** The host names that get a zone of their own. */
export function hostScoped(hostNames: readonly string[], { zones, existingZones }: PrivateDnsChoice): string[] {
  if (zones === "none") return [];
  return hostNames.filter((hostName) => !existingZones.some((zone) => holds(zone, hostName)));
}

/** What is wrong between host names and how they are to be resolved. */
export function privateDnsProblems(hostNames: readonly string[], settings: PrivateDnsChoice): Problem[] {
  return [
    ...hostScoped(hostNames, settings).flatMap((zone) => check(["hostNames", hostNames.indexOf(zone)], zone, zoneName)),
    ...settings.existingZones.flatMap(({ name }, index) =>
      check(["existingZones", index, "name"], name, (zone) => {
        if (settings.existingZones.findIndex((other) => other.name === zone) < index) {
          return `must not be listed twice, got "${zone}" again; a network is linked to one zone of a name`;
        }
        return [zone, ...hostNames].some(isToken) || hostNames.some((hostName) => holds({ name: zone }, hostName))
          ? undefined
          : `must hold one of the host names ${hostNames.join(", ")}, got "${zone}"`;
      }),
    ),
  ];
}
