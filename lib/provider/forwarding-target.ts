import { ipv4Address } from "../azure/ip";
import { list, section, text } from "../azure/setting";
import { hostNameRule } from "../dns/host-names";
import { freeInGuest } from "../guest/forwarding";

/** What the forwarders forward to: APIM, or any other private service. */
export interface IForwardingTarget {
  /** The private address; of an APIM instance known only when that exists. */
  readonly privateIpAddress: string;
}

/** Any private service instead of APIM. */
export const targetSettings = section({
  /** The address that connections are forwarded to. */
  privateIpAddress: text(freeInGuest(ipv4Address)),
  /** The host names that consumers reach it under, each with a private DNS zone of its own. */
  hostNames: list(text(hostNameRule)).min(1),
});
