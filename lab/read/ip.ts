/** An IPv4 prefix as numbers. */
export interface Prefix {
  readonly first: number;
  readonly last: number;
  readonly length: number;
}

/** An IPv4 address as a number. */
function toNumber(address: string): number {
  const octets = address.split(".").map(Number);
  if (octets.length !== 4 || octets.some((octet) => !(octet >= 0 && octet <= 255))) {
    throw new Error(`${JSON.stringify(address)} is not an IPv4 address`);
  }
  return octets.reduce((number, octet) => number * 256 + octet, 0);
}

/** A number as an IPv4 address. */
export function toAddress(number: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join(".");
}

/** A prefix such as `10.0.0.0/16`, or a single address, as numbers. */
export function parsePrefix(text: string): Prefix {
  const [address = "", bits = "32"] = text.split("/");
  const length = Number(bits);
  const size = 2 ** (32 - length);
  const first = Math.floor(toNumber(address) / size) * size;
  return { first, last: first + size - 1, length };
}

/** Whether an address lies in a prefix. */
export function within(prefix: string, address: string): boolean {
  const { first, last } = parsePrefix(prefix);
  const number = toNumber(address);
  return first <= number && number <= last;
}

/** Whether two prefixes share an address. */
export function overlapping(one: string, other: string): boolean {
  const [a, b] = [parsePrefix(one), parsePrefix(other)];
  return a.first <= b.last && b.first <= a.last;
}

/** The largest prefix of at most a /24 around an address that shares no address with prefixes that are known. */
export function around(address: string, known: readonly string[]): string {
  const sizes = [24, 25, 26, 27, 28, 29].map((length) => {
    const { first } = parsePrefix(`${address}/${length}`);
    return `${toAddress(first)}/${length}`;
  });
  return sizes.find((prefix) => known.every((one) => !overlapping(one, prefix))) ?? `${address}/32`;
}

/** The address of a subnet that its router has: Azure takes the first. */
export function gatewayOf(prefix: string): string {
  return toAddress(parsePrefix(prefix).first + 1);
}

/** Hands out addresses the way Azure does: the lowest free one behind the four reserved ones. */
export class Addresses {
  private readonly taken = new Map<string, Set<string>>();
  private readonly owners = new Map<string, string>();

  /** @param earlier what was given out before; whoever got an address keeps it. */
  constructor(private readonly earlier?: Addresses) {
    for (const [owner, address] of earlier?.owners ?? []) this.take(owner.split(" ")[0] ?? "", address);
  }

  take(subnet: string, address: string): string {
    this.of(subnet).add(address);
    return address;
  }

  next(subnet: string, prefix: string, whose = ""): string {
    const { first, last } = parsePrefix(prefix);
    const owner = `${subnet} ${whose}`;
    const kept = whose === "" ? undefined : this.earlier?.owners.get(owner);
    if (kept !== undefined && within(prefix, kept)) {
      this.owners.set(owner, kept);
      return kept;
    }
    for (let number = first + 4; number < last; number += 1) {
      const address = toAddress(number);
      if (this.of(subnet).has(address)) continue;
      if (whose !== "") this.owners.set(owner, address);
      return this.take(subnet, address);
    }
    throw new Error(`no address is left in ${prefix}`);
  }

  private of(subnet: string): Set<string> {
    const set = this.taken.get(subnet) ?? new Set();
    this.taken.set(subnet, set);
    return set;
  }
}
