import { planned } from "../../review/plan/plan";
import { stackOf, Tree } from "../../review/read/stacks";

/** The arguments of a resource. */
export type Body = Record<string, unknown>;

/** A deployment of one stack. */
export function tree(resources: Record<string, Record<string, Body>>, more: Body = {}): Tree {
  return new Map([["one", stackOf("one", { resource: resources, ...more })]]);
}

/** The actions between two sets of resources, those that are none left out. */
export function actions(before: Tree, after: Tree): Record<string, string> {
  const changes = [...planned(before, after).stacks.values()].flatMap((stack) => [...stack.changes.values()]);
  return Object.fromEntries(changes.flatMap(({ address, action }) => (action === "none" ? [] : [[address, action]])));
}
