import { Action, Change, StackPlan } from "../plan/stack-plan";
import { fingerprint, Value, ValueObject } from "../plan/value";
import { object } from "../read/json";
import { Status, Thing } from "./drawing";

/** How an action shows. */
export const STATUS: Readonly<Record<Action, Status>> = {
  none: "same",
  create: "new",
  update: "changed",
  replace: "replaced",
  destroy: "gone",
  unknown: "unknown",
};

/** The resources of these types, those that go too. */
export function ofType(stack: StackPlan, ...types: string[]): Change[] {
  return [...stack.changes.values()].filter(({ type }) => types.includes(type));
}

/** A resource as a thing of the picture. */
export function thing(
  stack: StackPlan,
  change: Change,
  kind: string,
  more: (values: ValueObject) => readonly string[],
): Thing {
  const values = change.after ? stack.applied.arguments(change.after) : stack.before.arguments(change.before as never);
  const lines = [words(values.name), kind, ...more(values)].filter((line) => line !== "");
  return { id: `${stack.name}/${change.address}`, lines, status: STATUS[change.action] };
}

/** A value as one short line. */
export function words(value: Value | undefined): string {
  if (value === undefined || value === null) return "";
  const text = fingerprint(value).replaceAll('"', "").replace(/\s+/g, " ");
  return text.length > 44 ? `${text.slice(0, 41)}...` : text;
}

/** The subscription, and the tenant where it is said. */
export function accountOf({ stacks: [before, after] }: StackPlan): string {
  const text = JSON.stringify(object((after ?? before)?.json.provider));
  const part = (key: string): string => new RegExp(`"${key}":"([^"]*)"`).exec(text)?.[1] ?? "";
  const tenant = part("tenant_id");
  return [`subscription\n${part("subscription_id")}`, ...(tenant === "" ? [] : [`tenant\n${tenant}`])].join("\n");
}
