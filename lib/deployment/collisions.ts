import { pathText, Problem } from "../azure/check";
import { HostNames } from "../dns/host-names";
import { ConsumerSection } from "./consumer-section";
import { ProviderSection } from "./provider-section";
import { claimsOf } from "./claims";
import { groupKey, sidesOf } from "./sides";

/** What two parts of one file would both make. */
export function uniquenessProblems(
  provider: Partial<ProviderSection> | undefined,
  consumers: readonly Partial<ConsumerSection>[],
  hostNames: HostNames,
): Problem[] {
  const sides = sidesOf(provider, consumers).map(({ side }) => side);
  const made = sides.map((side) => claimsOf(side, hostNames));
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
