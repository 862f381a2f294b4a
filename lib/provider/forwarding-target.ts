import { section, text } from "../azure/setting";
import { targetAddress } from "../azure/target";
import { hostNameList } from "../dns/host-names";

/** What the forwarders forward to: APIM, or any other private service. */
export interface IForwardingTarget {
  /** The private address; of an APIM instance known only when that exists. */
  readonly privateIpAddress: string;
}

/** Any private service instead of APIM. */
export const targetSettings = section({
  /** The address that connections are forwarded to. */
  privateIpAddress: text(targetAddress),
  /** The host names that consumers reach it under, each with a private DNS zone of its own. */
  hostNames: hostNameList.min(1),
});
