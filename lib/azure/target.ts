import { Address4 } from "ip-address";
import { addressPrefix, inside, ipv4Address, overlap } from "./ip";
import { both, Check, isToken, known, shown } from "./check";

// what a machine in Azure finds under an address is its own, or nothing: a forwarder must not hand it to others.
// https://learn.microsoft.com/azure/virtual-machines/instance-metadata-service and
// https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16 (2026-11),
// https://www.iana.org/assignments/iana-ipv4-special-registry (2026-11)
const NO_TARGETS: readonly (readonly [prefix: string, what: string])[] = [
  ["169.254.169.254/32", "the metadata service of the machine that forwards, which would give its identity away"],
  ["168.63.129.16/32", "the platform of the machine that forwards, which would give its settings away"],
  ["169.254.0.0/16", "a link-local one"],
  ["127.0.0.0/8", "the loopback of the machine that forwards"],
  ["0.0.0.0/8", "of a range that no host has"],
  ["224.0.0.0/4", "one for multicast"],
  ["255.255.255.255/32", "the one for broadcasts"],
  ["240.0.0.0/4", "a reserved one"],
];

/** A prefix for documentation, of which the forwarder's guest uses a part within its machine. */
const GUEST_PREFIX = "192.0.2.0/24";

/** An address that connections can be forwarded to. */
export const targetAddress: Check<string> = both(
  ipv4Address,
  known((value) => {
    const reserved = NO_TARGETS.find(([prefix]) => inside(value, prefix) === true);
    if (reserved !== undefined) return `must be an address to forward to and not ${reserved[1]}, got ${shown(value)}`;
    return inside(value, GUEST_PREFIX) === true
      ? `must not lie in ${GUEST_PREFIX}, of which the guest uses a part, got ${shown(value)}`
      : undefined;
  }),
);

/**
 * Why a target cannot be one in a network of ours, as the complaint about it: Azure has the first four addresses of each
 * subnet and the last one, the gateway's among them.
 * https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq#are-there-any-restrictions-on-using-ip-addresses-within-these-subnets
 */
export function targetProblem(address: string, subnetPrefixes: readonly string[]): string | undefined {
  if (isToken(address) || ipv4Address(address) !== undefined) return undefined;
  const prefix = subnetPrefixes.find((one) => inside(address, one) === true && isAzures(address, one));
  return (
    prefix &&
    `must not be one of the first four addresses or the last of ${prefix}, which Azure keeps, got ${shown(address)}`
  );
}

function isAzures(address: string, prefix: string): boolean {
  const [one, range] = [new Address4(address), new Address4(prefix)];
  const position = one.bigInt() - range.startAddress().bigInt();
  return position < 4n || one.bigInt() === range.endAddress().bigInt();
}

/** A prefix of a network or subnet of ours. */
export const ownPrefix: Check<string> = both(
  addressPrefix,
  known((value) =>
    overlap(value, GUEST_PREFIX)
      ? `must not overlap ${GUEST_PREFIX}, of which the guest uses a part, got ${shown(value)}`
      : undefined,
  ),
);
