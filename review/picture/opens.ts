import { rulesOf } from "../findings/rules";
import { dependenciesIn } from "../plan/dependencies";
import { StackPlan } from "../plan/stack-plan";
import { Situation } from "../findings/situation";

const MOST = 4;

/** What the security group of a subnet lets in, a line a rule, the first of them. */
export function opensInWords(stack: StackPlan, subnet: string): string[] {
  const needs = dependenciesIn(stack.stacks[1], stack.after.resources);
  const groups = [...stack.changes.values()]
    .filter(({ type, after }) => after && type === "azurerm_subnet_network_security_group_association")
    .filter(({ address }) => needs.direct(address).includes(subnet))
    .flatMap(({ address }) => needs.direct(address).filter((one) => one.startsWith("azurerm_network_security_group.")));
  const of: Situation["of"] = (...types) => [...stack.changes.values()].filter(({ type }) => types.includes(type));
  const rules = rulesOf({ plan: stack, of }, "after").filter(({ inbound, allows }) => inbound && allows);
  const names = new Set(rules.filter(({ address }) => groups.includes(address)).map(({ group }) => group));
  const own = rules.filter(({ group }) => names.has(group));
  const lines = own.slice(0, MOST).map(({ ports, from }) => {
    const range = ports.map(([first, last]) =>
      first === last ? `${first}` : last === 65_535 ? "*" : `${first}-${last}`,
    );
    return `in: ${range.slice(0, 4).join(", ")} from ${from.slice(0, 2).join(", ")}`.slice(0, 48);
  });
  return [...lines, ...(own.length > MOST ? [`and ${own.length - MOST} more rules`] : [])];
}
