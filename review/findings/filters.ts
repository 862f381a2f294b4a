import { plainText } from "../plan/value";
import { Change } from "../plan/stack-plan";
import { rulesOf, SecurityRule } from "./rules";
import { afterOf, beforeOf, neededBy, Situation } from "./situation";

type Side = "before" | "after";

/** What filters some traffic, before and after a change. */
export interface Filter {
  /** The security group's name, afterwards. */
  readonly group: string;
  /** What changes it. */
  readonly addresses: readonly string[];
  /** The group's rules before; left out where nothing filtered. */
  readonly old?: readonly SecurityRule[];
  readonly now: readonly SecurityRule[];
  /** The rules by which traffic of the place was let in before, whichever group they are of. */
  readonly admitting: readonly SecurityRule[];
}

const OF_SUBNET = "azurerm_subnet_network_security_group_association";
const OF_CARD = "azurerm_network_interface_security_group_association";

/** Security groups whose rules change, and places that get another group. */
export function changedFilters(situation: Situation): Filter[] {
  const [before, after] = [rulesOf(situation, "before"), rulesOf(situation, "after")];
  const of = (rules: readonly SecurityRule[], name: string | undefined): SecurityRule[] =>
    rules.filter(({ group }) => group === name);
  const changed = situation
    .of("azurerm_network_security_group", "azurerm_network_security_rule")
    .filter(({ action }) => action !== "none")
    .map(({ address }) => address);
  const ownRules = [...new Set(before.map(({ group }) => group))].flatMap((group): Filter[] => {
    const [old, now] = [of(before, group), of(after, group)];
    const addresses = changed.filter((address) => [...old, ...now].some((rule) => rule.address === address));
    // a group that is gone filters nothing.
    return now.length === 0 || addresses.length === 0 ? [] : [{ group, addresses, old, now, admitting: old }];
  });
  const others = situation.of(OF_SUBNET, OF_CARD).flatMap((association): Filter[] => {
    const [old, now] = [groupOf(situation, association, "before"), groupOf(situation, association, "after")];
    const moves =
      association.before && association.differences.some(({ path }) => /^(subnet|network_interface)_id$/.test(path));
    if (now === undefined || now === old || moves) return [];
    const admitting =
      association.type === OF_CARD
        ? groupsAround(situation, association).flatMap((one) => of(before, one))
        : of(before, old);
    const former = old === undefined ? {} : { old: of(before, old) };
    return [{ group: now, addresses: [association.address], ...former, now: of(after, now), admitting }];
  });
  return [...ownRules, ...others];
}

/** The name of the group that an association leads to, where the stack makes it. */
export function groupOf(situation: Situation, association: Change, side: Side): string | undefined {
  if (!association[side]) return undefined;
  const [group] = neededBy(situation, association, side, "azurerm_network_security_group");
  return group?.[side] && plainText((side === "before" ? beforeOf : afterOf)(situation, group).name);
}

/** The groups of the subnets that some resources stand in, before the change. */
export function groupsAt(situation: Situation, standing: readonly Change[]): string[] {
  const subnets = standing.flatMap((one) => neededBy(situation, one, "before", "azurerm_subnet"));
  return situation
    .of(OF_SUBNET)
    .filter((one) => neededBy(situation, one, "before", "azurerm_subnet").some((subnet) => subnets.includes(subnet)))
    .flatMap((one) => groupOf(situation, one, "before") ?? []);
}

/** The groups of the subnet of the network interface that an association is about. */
function groupsAround(situation: Situation, association: Change): string[] {
  return groupsAt(situation, neededBy(situation, association, "after", "azurerm_network_interface"));
}
