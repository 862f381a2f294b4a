import { Dependencies, dependenciesIn } from "../plan/dependencies";
import { identityOf } from "../plan/identity";
import { Plan, reads, stateKept } from "../plan/plan";
import { Change, StackPlan } from "../plan/stack-plan";
import { fingerprint, Value, ValueObject } from "../plan/value";
import { blocks } from "../plan/differences";
import { code } from "./words";

/** A stack and what the findings ask of it. */
export interface Situation {
  readonly name: string;
  readonly plan: StackPlan;
  readonly change: ReturnType<Plan["change"]>;
  /** What resources need, before the change: what is deleted goes before all of it. */
  readonly needed: Dependencies;
  /** The same after the change: what is made comes after all of it. */
  readonly needs: Dependencies;
  /** The names of the consumers whose connections lead here; for a consumer's stack, its own name. */
  readonly consumers: readonly string[];
  /** All changes of one of these types. */
  readonly of: (...types: string[]) => Change[];
}

/** Every stack of a plan with its consumers. */
export function situations(plan: Plan): Situation[] {
  const consumers = consumersByStack(plan);
  return [...plan.stacks.values()].map((one) => {
    const [before, after] = one.stacks;
    const all = [...one.changes.values()];
    return {
      name: one.name,
      plan: one,
      change: plan.change(one.name),
      needed: dependenciesIn(before, one.before.resources),
      needs: dependenciesIn(after, one.after.resources),
      consumers: consumers.get(one.name) ?? [],
      of: (...types) => all.filter(({ type }) => types.includes(type)),
    };
  });
}

/** What a deployment had before a change, in any of its stacks. */
export interface Former {
  readonly types: ReadonlySet<string>;
  readonly text: string;
}

/** What all stacks of a plan had. */
export function formerOf({ stacks }: Plan): Former {
  const all = [...stacks.values()];
  return {
    types: new Set(all.flatMap(({ before }) => [...before.resources.values()].map(({ type }) => type))),
    text: all.map(({ stacks: [before] }) => before?.text ?? "").join("\n"),
  };
}

/** Whether something of this deployment was there before. */
export function isGone({ action }: Change): boolean {
  return action === "replace" || action === "destroy";
}

/** The arguments before the change. */
export function beforeOf({ plan }: Situation, change: Change): ValueObject {
  return change.before ? plan.before.arguments(change.before) : {};
}

/** The arguments after the change, as they are once it is applied. */
export function afterOf({ plan }: Situation, change: Change): ValueObject {
  return change.after ? plan.applied.arguments(change.after) : {};
}

/** The resources of a type that a resource needs, before the change or after it. */
export function neededBy(situation: Situation, { address }: Change, side: "before" | "after", type: string): Change[] {
  return (side === "before" ? situation.needed : situation.needs)
    .direct(address)
    .filter((one) => one.startsWith(`${type}.`))
    .flatMap((one) => situation.plan.changes.get(one) ?? []);
}

/** What a resource is called in Azure, for people. */
export function called(situation: Situation, change: Change): string {
  const { name, zone_name: zone } = change.before ? beforeOf(situation, change) : afterOf(situation, change);
  if (typeof zone === "string" && typeof name === "string") return code(name === "@" ? zone : `${name}.${zone}`);
  return typeof name === "string" ? code(name) : code(change.address);
}

/** A name as people have it in the file: `orders` of the stack `consumer-orders`. */
export function consumerName(stack: string): string {
  return stack.replace(/^consumer-/, "");
}

/** The values at a path of an argument, in every block on the way. */
export function valuesAt(values: ValueObject, path: string): Value[] {
  const [step = "", ...rest] = path.split(".");
  return blocks(values[step]).flatMap((one): Value[] =>
    rest.length === 0 ? [one] : typeof one === "object" ? valuesAt(one as ValueObject, rest.join(".")) : [],
  );
}

function consumersByStack(plan: Plan): Map<string, string[]> {
  const stacks = [...plan.stacks.values()];
  const keepers = new Map(
    stacks.flatMap(({ name, stacks: sides }) => sides.map((side) => [stateKept(side) ?? "", name])),
  );
  const isConsumer = ({ before, after }: StackPlan): boolean =>
    [...before.resources.values(), ...after.resources.values()].some(({ type }) => type === "azurerm_private_endpoint");
  const services = new Map(
    stacks.flatMap(({ name, before }) =>
      [...before.resources.values()]
        .filter(({ type }) => type === "azurerm_private_link_service")
        .map((service): [string, string] => [identityOf(service.type, before.arguments(service)) ?? "", name]),
    ),
  );
  const readers = (name: string): string[] => [
    ...new Set(
      stacks.flatMap((one) =>
        one.stacks.some((side) => [...reads(side)].some((s) => keepers.get(s) === name)) ? [one.name] : [],
      ),
    ),
  ];
  const found = new Map<string, string[]>();
  for (const one of stacks) {
    if (isConsumer(one)) found.set(one.name, [consumerName(one.name)]);
    else {
      const near = readers(one.name);
      const far = near.filter((name) => !isConsumer(plan.stacks.get(name) as StackPlan)).flatMap(readers);
      const named = stacks
        .filter((other) => isConsumer(other) && leadsTo(other, services, one.name))
        .map(({ name }) => name);
      const all = [...new Set([...near, ...far, ...named])].filter((name) =>
        isConsumer(plan.stacks.get(name) as StackPlan),
      );
      found.set(one.name, all.filter((name) => plan.stacks.get(name)?.stacks[0]).map(consumerName));
    }
  }
  return found;
}

/** Whether an endpoint of a stack names the service of another one by its id. */
function leadsTo({ before }: StackPlan, services: ReadonlyMap<string, string>, stack: string): boolean {
  return [...before.resources.values()].some(({ type, address }) => {
    if (type !== "azurerm_private_endpoint") return false;
    const values = before.arguments(before.resources.get(address) as never);
    const [id] = valuesAt(values, "private_service_connection.private_connection_resource_id");
    return [...services].some(([identity, keeper]) => keeper === stack && fingerprint(id) === `\${${identity}.id}`);
  });
}
