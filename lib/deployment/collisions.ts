import { pathText, Problem } from "../azure/check";
import { HostNames } from "../dns/host-names";
import { ConsumerSection } from "./consumer-section";
import { ProviderSection } from "./provider-section";
import { claimsOf, existingZoneKeys, Neighbours } from "./claims";
import { groupKey, networkKey, Side, sidesOf } from "./sides";

/** What two parts of one file would both make. */
export function uniquenessProblems(
  provider: Partial<ProviderSection> | undefined,
  consumers: readonly Partial<ConsumerSection>[],
  hostNames: HostNames,
): Problem[] {
  const sides = sidesOf(provider, consumers).map(({ side }) => side);
  const neighbours = neighboursOf(sides);
  const made = sides.map((side) => claimsOf(side, hostNames, neighbours));
  const first = new Map(
    made.flatMap((claims, side) => claims.map(({ key, shared }) => [key, { side, shared }] as const)).reverse(),
  );
  const groups = new Set(sides.flatMap((side) => (side.resourceGroup?.kind === "new" ? (groupKey(side) ?? []) : [])));
  return [
    ...consumers.flatMap((consumer, index) => {
      const at = ["consumers", index];
      const clashes = (made[index + 1] ?? []).filter(({ key, shared }) => {
        const other = first.get(key);
        return other?.side !== index + 1 && !(shared && other?.shared);
      });
      // what follows from two groups of one name need not be said too, nor from one that must exist and does not.
      const key = groupKey(consumer);
      if (consumer.resourceGroup?.kind === "existing" && key !== undefined && groups.has(key)) return [];
      const said = clashes.filter((clash) => clash.key.startsWith("group "));
      const once = new Map(
        (said.length > 0 ? said : clashes).map((clash) => [pathText(clash.path), clash] as const).reverse(),
      );
      return [...once.values()].reverse().map(({ path, complaint }) => ({ path: [...at, ...path], complaint }));
    }),
  ];
}

function neighboursOf(sides: readonly Side[]): Neighbours {
  const users = new Map<string, number>();
  for (const side of sides) {
    for (const key of new Set([groupKey(side), networkKey(side), ...existingZoneKeys(side)])) {
      if (key !== undefined) users.set(key, (users.get(key) ?? 0) + 1);
    }
  }
  const seen = new Map<string, Set<readonly string[]>>();
  return {
    shared: (key) => (users.get(key) ?? 0) > 1,
    first: (key, hostNames) => {
      const lists = seen.get(key) ?? new Set();
      seen.set(key, lists);
      return lists.size < lists.add(hostNames).size;
    },
  };
}
