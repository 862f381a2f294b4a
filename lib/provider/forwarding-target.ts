/** What the forwarders forward to: APIM, or any other private service. */
export interface IForwardingTarget {
  /** The private address; of an APIM instance known only when that exists. */
  readonly privateIpAddress: string;
}
