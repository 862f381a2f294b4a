import { Lab } from "../lab";
import { calls, others, together, withoutZones } from "./call-proofs";
import { apimStops, boots, forwarders, grantedWays, probes, rebooted } from "./machine-proofs";
import { Report } from "./report";
import { securityProof } from "./security-proof";
import { killed } from "./traffic-proof";

/** Proves a design, one thing after another; what cannot hold any more is not asked. */
export async function proveAll(lab: Lab, report: Report): Promise<void> {
  const works =
    (await report.prove("each connection is granted and has a way", () => grantedWays(lab))) &&
    (await report.prove("each forwarder forwards", () => forwarders(lab))) &&
    (await report.prove("each probe is answered by the forwarder itself", () => probes(lab))) &&
    (await report.prove("each machine boots without a complaint", () => boots(lab))) &&
    (await report.prove("each client reaches each host name", () => calls(lab, report)));
  if (!works) return;
  await report.prove("without the private zones no name leads anywhere", () => withoutZones(lab));
  await report.prove("other hosts are not captured", () => others(lab));
  await report.prove("two consumers at once", () => together(lab));
  await report.prove("a missing security rule is found", () => securityProof(lab));
  await report.prove("a forwarder dies in mid-traffic", () => killed(lab, report));
  await report.prove("it boots again and forwards without help", () => rebooted(lab));
  await report.prove("APIM and the units stop and come back", () => apimStops(lab));
}
