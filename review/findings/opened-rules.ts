import { blocks } from "../plan/differences";
import { ValueObject, plainText } from "../plan/value";
import { Remark } from "./finding";
import { contains, covers, isInternet, overlap, ruleInWords, rulesOf, SecurityRule } from "./rules";
import { afterOf, beforeOf, called, Situation } from "./situation";
import { few } from "./words";

/** Rules of security groups that let more through than before, or keep less out. */
export function openedRules(situation: Situation): Remark[] {
  const [before, after] = [rulesOf(situation, "before"), rulesOf(situation, "after")];
  // what a group lets in that the change makes is the design; what any other one lets in is a change.
  const groups = situation.of("azurerm_network_security_group");
  const nameOf = (values: ValueObject): string => plainText(values.name);
  const had = new Set(groups.filter(({ before: old }) => old).map((one) => nameOf(beforeOf(situation, one))));
  const has = groups.filter(({ after: now }) => now).map((one) => nameOf(afterOf(situation, one)));
  const designed = new Set(has.filter((name) => !had.has(name)));
  // what stood behind a rule that keeps something out, and stands before it from now on.
  const overtakes = (rule: SecurityRule, old: SecurityRule): boolean =>
    before.some(
      (deny) =>
        !deny.allows &&
        deny.group === old.group &&
        deny.priority < old.priority &&
        after.some(
          (now) =>
            !now.allows &&
            now.group === rule.group &&
            now.priority > rule.priority &&
            now.priority <= deny.priority &&
            covers(now, deny) &&
            overlap(now, rule),
        ),
    );
  const wider = after.filter(
    (rule) =>
      rule.allows &&
      !before.some((old) => old.allows && old.group === rule.group && covers(old, rule) && !overtakes(rule, old)) &&
      ((!designed.has(rule.group) && (rule.inbound || rule.to.some(isInternet))) ||
        (rule.inbound && rule.from.some(isInternet))),
  );
  const dropped = before.filter(
    (rule) =>
      !rule.allows &&
      [...has, ...after.map(({ group }) => group)].includes(rule.group) &&
      !after.some(
        (now) => !now.allows && now.group === rule.group && now.priority <= rule.priority && covers(now, rule),
      ),
  );
  return [
    ...wider.map((rule) => opened(rule, rule.from.some(isInternet) && rule.inbound)),
    ...dropped.map((rule) => ({
      addresses: [rule.address],
      why: `A rule that keeps something out is gone or narrower: ${ruleInWords(rule)}.`,
      instead: "Keep the rule.",
    })),
    ...widerNetworks(situation, after),
  ];
}

/** Networks that get more addresses, for which what rules say of `VirtualNetwork` holds too. */
function widerNetworks(situation: Situation, rules: readonly SecurityRule[]): Remark[] {
  const named = rules.some(({ allows, inbound, from }) => allows && inbound && from.includes("VirtualNetwork"));
  if (!named) return [];
  return situation
    .of("azurerm_virtual_network")
    .filter(({ action }) => action === "update")
    .flatMap((network): Remark[] => {
      const [had, has] = [beforeOf(situation, network), afterOf(situation, network)].map(({ address_space }) =>
        blocks(address_space).map(plainText),
      ) as [string[], string[]];
      const more = has.filter((range) => !had.some((old) => contains(old, range)));
      if (more.length === 0) return [];
      return [
        {
          addresses: [network.address],
          why: `The network ${called(situation, network)} gets more addresses, ${few(more)}: rules that let \`VirtualNetwork\` in hold for them too.`,
          instead: "Check that whatever stands there may call.",
        },
      ];
    });
}

function opened(rule: SecurityRule, internet: boolean): Remark {
  return {
    addresses: [rule.address],
    why: `${internet ? "The internet is let in" : "A security group lets more through"}: ${ruleInWords(rule)}.`,
    instead: internet ? "Name the networks that need it." : "Check that each of these sources and ports is wanted.",
  };
}
