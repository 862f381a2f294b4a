import { plainText, ValueObject } from "../plan/value";
import { Remark } from "./finding";
import { afterOf, beforeOf, called, Situation } from "./situation";
import { code } from "./words";

/** Ports of the machines that a load balancer, which was there before, leads to from now on. */
export function balancedPorts(situation: Situation): Remark[] {
  const rules = situation.of("azurerm_lb_rule");
  if (!situation.of("azurerm_lb").some(({ before }) => before)) return [];
  const had = rules.filter(({ before }) => before).map((rule) => leadsTo(beforeOf(situation, rule)));
  return rules
    .filter(({ after }) => after)
    .filter((rule) => !had.includes(leadsTo(afterOf(situation, rule))))
    .map((rule) => {
      const { frontend_port: from, backend_port: to, protocol } = afterOf(situation, rule);
      return {
        addresses: [rule.address],
        why: `The load balancer leads to another port of the machines: rule ${called(situation, rule)} takes ${way(from, protocol)} to ${code(plainText(to))}, and every consumer may call it.`,
        instead: "Check that the machines forward it, and to whom.",
      };
    });
}

/** What of the machines a rule leads to. */
const leadsTo = ({ backend_port: port, protocol }: ValueObject): string =>
  `${plainText(protocol).toLowerCase()} ${plainText(port)}`;

const way = (port: ValueObject[string], protocol: ValueObject[string]): string =>
  plainText(port) === "0" ? "every port" : `${code(plainText(protocol))} ${code(plainText(port))}`;
