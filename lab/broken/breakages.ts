import { inAgents } from "./agent-breakages";
import { inBalancer } from "./balancer-breakages";
import { Breakage } from "./breakage";
import { inGuests } from "./guest-breakages";
import { inNames } from "./name-breakages";
import { inNetwork } from "./network-breakages";
import { inPrivateLink } from "./private-link-breakages";

/** Every way to break a design that the lab has to find; those that need another machine come last, the longest of them at the end. */
export const BREAKAGES: readonly Breakage[] = [
  ...inNetwork,
  ...inBalancer,
  ...inPrivateLink,
  ...inNames,
  ...inGuests.filter(({ whileRunning }) => whileRunning),
  ...inGuests.filter(({ whileRunning }) => !whileRunning),
  ...inAgents,
];
