import { Lab } from "../lab";
import { Design } from "../read/model";
import { apimStops } from "./apim-proof";
import { calls, others, together, withoutZones } from "./call-proofs";
import { changeUnderTraffic } from "./change";
import { diskFull } from "./disk-proof";
import { boots, forwarders, grantedWays, probes, rebooted, rebootedFull } from "./machine-proofs";
import { nothingElse } from "./more-proof";
import { Announcement, Outcome, Report } from "./report";
import { scriptsEnd } from "./scripts";
import { securityProof } from "./security-proof";
import { killed } from "./traffic-proof";

type Proof = readonly [name: string, proof: (lab: Lab, report: Report) => Promise<Outcome>];

// whether calls arrive; what cannot hold any more is not asked.
const ARRIVAL: readonly Proof[] = [
  ["each connection is granted and has a way", grantedWays],
  ["each forwarder forwards", forwarders],
  ["each probe is answered by the forwarder itself", probes],
  ["each machine boots without a complaint", boots],
  ["each client reaches each host name", calls],
];

// what most mistakes show in comes first.
const REST: readonly Proof[] = [
  ["other hosts are not captured", others],
  ["a forwarder forwards nothing else", nothingElse],
  ["the extensions' scripts end well", scriptsEnd],
  ["it boots again without APIM, and forwards once that is back", rebooted],
  ["APIM and the units stop and come back", apimStops],
  ["a forwarder whose disk is full carries on", diskFull],
  ["without the private zones no name leads anywhere", withoutZones],
  ["two consumers at once", together],
  ["a missing security rule is found", securityProof],
  ["a forwarder dies in mid-traffic", killed],
  ["it boots again with a full disk, and forwards", rebootedFull],
];

/** Proves a design, one thing after another. */
export async function proveAll(lab: Lab, report: Report): Promise<void> {
  if (!(await proveArrival(lab, report))) return;
  for (const [name, proof] of REST) await report.prove(name, () => proof(lab, report));
}

/** Proves that calls arrive, as far as they do. */
function proveArrival(lab: Lab, report: Report): Promise<boolean> {
  return untilBroken(ARRIVAL, lab, report);
}

/** Proves that calls arrive before and after a change, and tells what became of those in between. */
export async function proveChange(
  lab: Lab,
  next: Design,
  announced: readonly Announcement[],
  report: Report,
): Promise<void> {
  if (!(await proveArrival(lab, report))) return;
  if (!(await report.prove("the change under traffic", () => changeUnderTraffic(lab, next, announced, report)))) return;
  await proveArrival(lab, report);
}

/** Proves a design until something does not hold. */
export function proveUntilBroken(lab: Lab, report: Report): Promise<boolean> {
  return untilBroken([...ARRIVAL, ...REST], lab, report);
}

async function untilBroken(proofs: readonly Proof[], lab: Lab, report: Report): Promise<boolean> {
  for (const [name, proof] of proofs) if (!(await report.prove(name, () => proof(lab, report)))) return false;
  return true;
}
