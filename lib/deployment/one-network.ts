import { Address4 } from "ip-address";
import { check, isToken, pathText, Problem, shown } from "../azure/check";
import { subnetProblems } from "../azure/ip";
import { madeSubnets, MadeSubnet, networkKey, PlacedSide } from "./sides";

/** What is wrong between sides that use one network: its regions, and the subnets that they make in it. */
export function oneNetworkProblems(sides: readonly PlacedSide[]): Problem[] {
  const networks = new Map<string, SharedNetwork>();
  return sides.flatMap((placed, index) => {
    const key = networkKey(placed.side);
    // nobody can use a network that a consumer makes.
    if (key === undefined || (index > 0 && placed.side.network?.kind === "new")) return [];
    const known = networks.get(key);
    const network = known ?? { first: placed, ranges: new Ranges() };
    networks.set(key, network);
    const problems = known === undefined ? [] : [...regionProblems(placed, network), ...spaceProblems(placed, network)];
    const subnets = madeSubnets(placed.side).map((subnet) => ({ ...subnet, path: [...placed.path, ...subnet.path] }));
    // those of one side are compared by the side's own rules.
    const overlapping = subnets.flatMap((subnet) => network.ranges.problems(subnet));
    for (const subnet of subnets) network.ranges.add(subnet);
    return [...problems, ...overlapping];
  });
}

/** A network that one side or several use. */
interface SharedNetwork {
  readonly first: PlacedSide;
  readonly ranges: Ranges;
}

function regionProblems({ path, side }: PlacedSide, { first }: SharedNetwork): Problem[] {
  const there = first.side.location;
  return check([...path, "location"], side.location, (location) =>
    there === undefined || isToken(there) || isToken(location) || location === there
      ? undefined
      : `must be ${there}, where ${pathText(first.path)} has the same network ${shown(side.network?.name)}, got ${shown(location)}`,
  );
}

/** Subnets outside the address space of a network that another side makes; that of one that exists only Azure knows. */
function spaceProblems({ path, side }: PlacedSide, { first }: SharedNetwork): Problem[] {
  const { network } = first.side;
  if (network?.kind !== "new") return [];
  return madeSubnets(side).flatMap((subnet) =>
    subnetProblems([{ ...subnet, path: [...path, ...subnet.path, "addressPrefix"] }], network.addressSpace),
  );
}

/**
 * The prefixes of one network. Of two prefixes that overlap one holds the other, so that a look at each larger prefix, and
 * at what each prefix lies in, finds every overlap however many there are.
 */
class Ranges {
  private readonly prefixes = new Map<string, MadeSubnet>();
  private readonly holders = new Map<string, MadeSubnet>();

  problems({ path, addressPrefix }: MadeSubnet): Problem[] {
    const other = larger(addressPrefix)
      .map((prefix) => this.prefixes.get(prefix))
      .concat(this.holders.get(addressPrefix))
      .find((found) => found !== undefined);
    return other === undefined
      ? []
      : [
          {
            path: [...path, "addressPrefix"],
            complaint: `must not overlap ${other.addressPrefix} of ${pathText(other.path)} in the same network, got ${shown(addressPrefix)}`,
          },
        ];
  }

  add(subnet: MadeSubnet): void {
    for (const prefix of larger(subnet.addressPrefix)) {
      if (!this.holders.has(prefix)) this.holders.set(prefix, subnet);
    }
    if (!this.prefixes.has(subnet.addressPrefix)) this.prefixes.set(subnet.addressPrefix, subnet);
  }
}

/** A prefix and all that it lies in; none where it is not known. */
function larger(addressPrefix: string): string[] {
  if (isToken(addressPrefix)) return [];
  const { subnetMask } = new Address4(addressPrefix);
  return Array.from({ length: subnetMask + 1 }, (_, length) => {
    const prefix = new Address4(addressPrefix.replace(/\/\d+$/, `/${length}`));
    return `${prefix.startAddress().correctForm()}/${length}`;
  });
}
