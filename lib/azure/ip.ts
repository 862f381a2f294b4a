import { Token } from "cdktf";
import { Address4 } from "ip-address";
import { Check, known, Problem, shown } from "./check";

/** A subnet or address space as a problem names it, with its prefix. */
export interface NamedPrefix {
  readonly path: readonly PropertyKey[];
  readonly addressPrefix: string;
}

/** An address as a problem names it. */
export interface NamedAddress {
  readonly path: readonly PropertyKey[];
  readonly address: string;
}

// ranges that Azure refuses in a virtual network,
// https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq#what-address-ranges-can-i-use-in-my-virtual-networks
const REFUSED = ["224.0.0.0/4", "255.255.255.255/32", "127.0.0.0/8", "169.254.0.0/16", "168.63.129.16/32"];

// Azure keeps the first four addresses of a subnet and the last one,
// https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq#are-there-any-restrictions-on-using-ip-addresses-within-these-subnets
const RESERVED_AT_START = 4n;
const RESERVED = 5;

// what a JSON Schema can say of an address.
const OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
const IPV4 = `${OCTET}(\\.${OCTET}){3}`;

function parsed(text: string): Address4 | undefined {
  return !Token.isUnresolved(text) && Address4.isValid(text) ? new Address4(text) : undefined;
}

/** An IPv4 prefix that a virtual network or subnet can have. */
export const addressPrefix: Check<string> = known(
  (value) => {
    const range = value.includes("/") ? parsed(value) : undefined;
    if (range === undefined) return `must be an IPv4 prefix such as 10.0.1.0/24, got ${shown(value)}`;
    const start = `${range.startAddress().correctForm()}/${range.subnetMask}`;
    if (start !== value) return `must begin at its own first address: ${start}, got ${shown(value)}`;
    if (range.subnetMask < 2 || range.subnetMask > 29) {
      return `must be between /2 and /29, the largest and the smallest that Azure takes, got ${shown(value)}`;
    }
    const refused = REFUSED.find((other) => overlap(value, other));
    return refused === undefined ? undefined : `must not overlap ${refused}, which Azure keeps, got ${shown(value)}`;
  },
  { pattern: `^${IPV4}/([2-9]|1\\d|2\\d)$`, patternErrorMessage: "must be an IPv4 prefix such as 10.0.1.0/24" },
);

/** An IPv4 prefix of any size that a security rule can have as a source. */
export const clientPrefix: Check<string> = known(
  (value) => {
    const range = value.includes("/") ? parsed(value) : undefined;
    return range !== undefined && `${range.startAddress().correctForm()}/${range.subnetMask}` === value
      ? undefined
      : `must be an IPv4 prefix such as 10.9.0.0/16 or 10.9.0.5/32, at its own first address, got ${shown(value)}`;
  },
  { pattern: `^${IPV4}/(\\d|[12]\\d|3[0-2])$`, patternErrorMessage: "must be an IPv4 prefix such as 10.9.0.0/16" },
);

/** A single IPv4 address. */
export const ipv4Address: Check<string> = known(
  (value) =>
    !value.includes("/") && Address4.isValid(value)
      ? undefined
      : `must be an IPv4 address such as 10.0.1.5, got ${shown(value)}`,
  { pattern: `^${IPV4}$`, patternErrorMessage: "must be an IPv4 address such as 10.0.1.5" },
);

/** Whether `inner` lies wholly inside `outer`; undefined when one of them is not known before Terraform runs. */
export function inside(inner: string, outer: string): boolean | undefined {
  const [a, b] = [parsed(inner), parsed(outer)];
  return a && b && a.isInSubnet(b);
}

/** Whether two prefixes share an address; false when one of them is not known before Terraform runs. */
export function overlap(one: string, other: string): boolean {
  return inside(one, other) === true || inside(other, one) === true;
}

/** The number of addresses of a subnet that are left when Azure has taken its five. */
export function usableAddresses(prefix: string): number | undefined {
  const range = parsed(prefix);
  return range && 2 ** (32 - range.subnetMask) - RESERVED;
}

/** The subnets that lie outside every address space, where it is known, and those that overlap. */
export function subnetProblems(
  subnets: readonly NamedPrefix[],
  addressSpace: readonly string[] | undefined,
): Problem[] {
  const outside = (addressSpace === undefined ? [] : subnets)
    .filter(({ addressPrefix }) => addressSpace?.every((space) => inside(addressPrefix, space) === false))
    .map(({ path, addressPrefix }) => ({
      path,
      complaint: `must lie inside the virtual network's address space ${addressSpace?.join(", ")}, got ${shown(addressPrefix)}`,
    }));
  const overlapping = subnets.flatMap((subnet, index) =>
    subnets
      .slice(0, index)
      .filter((other) => overlap(subnet.addressPrefix, other.addressPrefix))
      .map((other) => ({
        path: subnet.path,
        complaint: `must not overlap ${other.addressPrefix} of the subnet ${String(other.path.at(-2))}, got ${shown(subnet.addressPrefix)}`,
      })),
  );
  return [...outside, ...overlapping];
}

/** Prefixes of one list that overlap an earlier one, each with the first that it overlaps; takes thousands of them in no time. */
export function addressSpaceProblems(path: readonly PropertyKey[], prefixes: readonly string[]): Problem[] {
  // two prefixes overlap only where one holds the other, so it is enough to know who stands at, and who lies below, a range.
  const standing = new Map<string, number>();
  const below = new Map<string, number>();
  return prefixes.flatMap((prefix, index) => {
    const range = parsed(prefix);
    if (range === undefined) return [];
    const around = ranges(range);
    const own = around.at(-1) ?? "";
    const earlier = [...around.map((one) => standing.get(one)), below.get(own)].filter((other) => other !== undefined);
    if (!standing.has(own)) standing.set(own, index);
    for (const one of around) if (!below.has(one)) below.set(one, index);
    return earlier.length === 0
      ? []
      : [
          {
            path: [...path, index],
            complaint: `must not overlap ${prefixes[Math.min(...earlier)]}, got ${shown(prefix)}`,
          },
        ];
  });
}

/** Every range that a range lies in, from the widest to itself. */
function ranges(range: Address4): string[] {
  const start = Number(range.startAddress().bigInt());
  return Array.from({ length: range.subnetMask + 1 }, (_, mask) => `${start - (start % 2 ** (32 - mask))}/${mask}`);
}

/** A subnet with fewer usable addresses than what stands in it takes. */
export function roomProblems(subnet: NamedPrefix, needed: number, what: string): Problem[] {
  const usable = usableAddresses(subnet.addressPrefix);
  return usable === undefined || usable >= needed
    ? []
    : [
        {
          path: subnet.path,
          complaint: `must have room for ${needed} addresses (${what}); ${subnet.addressPrefix} has ${Math.max(usable, 0)} beside the ${RESERVED} that Azure keeps`,
        },
      ];
}

/** Addresses outside their subnet, among those that Azure keeps, or given out twice. */
export function addressProblems(addresses: readonly NamedAddress[], subnetPrefix: string): Problem[] {
  const range = parsed(subnetPrefix);
  const given = new Set<string>();
  return addresses.flatMap(({ path, address }): Problem[] => {
    const known = parsed(address);
    if (known === undefined) return [];
    if (range !== undefined && !known.isInSubnet(range)) {
      return [{ path, complaint: `must be an address of its subnet ${subnetPrefix}, got ${shown(address)}` }];
    }
    if (range !== undefined && isReserved(known, range)) {
      return [
        {
          path,
          complaint: `must not be one of the first four addresses or the last of ${subnetPrefix}, which Azure keeps, got ${shown(address)}`,
        },
      ];
    }
    if (given.has(address)) return [{ path, complaint: `must not be given out twice, got ${shown(address)} again` }];
    given.add(address);
    return [];
  });
}

function isReserved(address: Address4, range: Address4): boolean {
  const position = address.bigInt() - range.startAddress().bigInt();
  return position < RESERVED_AT_START || address.bigInt() === range.endAddress().bigInt();
}

/** The first addresses of a prefix that Azure gives out, in its order; fewer where it has fewer. */
export function firstAddresses(prefix: string, count: number): string[] {
  const range = parsed(prefix);
  const usable = range === undefined ? 0 : Math.min(count, Math.max(0, 2 ** (32 - range.subnetMask) - RESERVED));
  const start = range?.startAddress().bigInt() ?? 0n;
  return Array.from({ length: usable }, (_, at) =>
    Address4.fromBigInt(start + RESERVED_AT_START + BigInt(at)).correctForm(),
  );
}
