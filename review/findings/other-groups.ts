import { groupOf } from "./filters";
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
