import { plainText } from "../plan/value";
import { Change } from "../plan/stack-plan";
import { Remark } from "./finding";
import { covers, rulesOf, SecurityRule } from "./rules";
import { Situation } from "./situation";
import { code } from "./words";

/** Subnets that stay and get another security group, which lets more in than the former one. */
export function otherGroups(situation: Situation): Remark[] {
  const [before, after] = [rulesOf(situation, "before"), rulesOf(situation, "after")];
  return situation.of("azurerm_subnet_network_security_group_association").flatMap((change) => {
    const [old, now] = [groupOf(situation, change, "before"), groupOf(situation, change, "after")];
    const stays = !change.differences.some(({ path }) => path === "subnet_id");
    if (old === undefined || now === undefined || old === now || !stays) return [];
    const [had, has] = [before.filter(({ group }) => group === old), after.filter(({ group }) => group === now)];
    if (!had.some((rule) => !kept(rule, has)) && !has.some((rule) => rule.allows && !kept(rule, had))) return [];
    return [
      {
        addresses: [change.address],
        why: `A subnet gets the security group ${code(now)} instead of ${code(old)}, whose rules are others.`,
        instead: "Compare the rules of the two groups.",
      },
    ];
  });
}

const kept = (rule: SecurityRule, others: readonly SecurityRule[]): boolean =>
  others.some((other) => other.allows === rule.allows && covers(other, rule));

/** The name of the group that an association leads to, where the stack makes it. */
function groupOf(situation: Situation, change: Change, side: "before" | "after"): string | undefined {
  if (!change[side]) return undefined;
  const needs = side === "before" ? situation.needed : situation.needs;
  const [group] = needs
    .direct(change.address)
    .filter((address) => address.startsWith("azurerm_network_security_group."))
    .flatMap((address) => situation.plan.changes.get(address)?.[side] ?? []);
  const world = side === "before" ? situation.plan.before : situation.plan.applied;
  return group && plainText(world.arguments(group).name);
}
