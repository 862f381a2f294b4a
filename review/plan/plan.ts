import { texts } from "../read/declared";
import { blocks, Json, JsonObject, object } from "../read/json";
import { Stack, Tree } from "../read/stacks";
import { Outputs, planStack, StackPlan } from "./stack-plan";
import { fingerprint, Value } from "./value";
import { stateOf } from "./world";

/** What becomes of a stack. */
export type StackChange = "added" | "removed" | "changed" | "moved" | "none";

/** What becomes of a deployment, stack by stack in the order in which they are deployed. */
export interface Plan {
  readonly stacks: ReadonlyMap<string, StackPlan>;
  readonly change: (stack: string) => StackChange;
}

/** Compares two synthesized deployments as Terraform would, without asking it. */
export function planned(before: Tree, after: Tree): Plan {
  const plans = new Map<string, StackPlan>();
  const outputs = outputsOf(before, after, (name) => plans.get(name) ?? plan(name));
  const plan = (name: string): StackPlan => {
    const [old, now] = [before.get(name), after.get(name)];
    const found = {
      ...planStack(name, leavesAll(old, now) ? undefined : old, now, outputs),
      stacks: [old, now] as const,
    };
    plans.set(name, found);
    return found;
  };
  const names = inOrder(before, after);
  for (const name of names) if (!plans.has(name)) plan(name);
  const stacks = new Map(names.map((name): [string, StackPlan] => [name, plans.get(name) as StackPlan]));
  return { stacks, change: (name) => changeOf(stacks.get(name)) };
}

/** Stacks that others read come first. */
function inOrder(before: Tree, after: Tree): string[] {
  const names = [...new Set([...after.keys(), ...before.keys()])];
  const readers = new Set(names.filter((name) => reads(after.get(name) ?? before.get(name)).size > 0));
  const first = names.filter((name) => !readers.has(name));
  const states = new Set([...readers].flatMap((name) => [...reads(after.get(name) ?? before.get(name))]));
  const between = [...readers].filter((name) => states.has(stateKept(after.get(name) ?? before.get(name)) ?? ""));
  return [...first, ...between, ...[...readers].filter((name) => !between.includes(name))];
}

/** The states that a stack reads. */
export function reads(stack: Stack | undefined): Set<string> {
  const sources = Object.values(object(object(stack?.json.data).terraform_remote_state));
  return new Set(sources.map((source) => stateOf({ backend: object(source).backend, config: configOf(source) })));
}

const configOf = (source: unknown) => object(object(source).config) as Record<string, string>;

/** What says where a state is, without what one shows to get there. */
function place(config: Json | undefined): JsonObject {
  const said = Object.entries(object(config)).filter(
    ([key]) => !/(_key|_secret|token|password|certificate)$/.test(key),
  );
  return Object.fromEntries(said);
}

/** Where a stack keeps its state; undefined for none of its own. */
export function stateKept(stack: Stack | undefined): string | undefined {
  const terraform = object(stack?.json.terraform);
  const [[backend, config] = [undefined, undefined]] = Object.entries(object(terraform.backend));
  if (backend !== undefined) return `${backend} ${fingerprint(place(config))}`;
  const cloud = terraform.cloud;
  return cloud === undefined ? undefined : `remote ${fingerprint(place(cloud))}`;
}

/** Where a stack, or a resource of it that has another provider, is deployed: what is not said is empty. */
export function accountOf(stack: Stack | undefined, provider: Json = "azurerm"): Account {
  const alias = texts(provider).join().split(".")[1];
  const configured = blocks(object(stack?.json.provider).azurerm).map(object);
  const { subscription_id: subscription, tenant_id: tenant } = configured.find((one) => one.alias === alias) ?? {};
  return { subscription: texts(subscription).join(), tenant: texts(tenant).join() };
}

/** A subscription and its tenant. */
export interface Account {
  readonly subscription: string;
  readonly tenant: string;
}

/** Whether a stack begins anew elsewhere: in another subscription and with another state it knows nothing of what it made. */
export function leavesAll(before: Stack | undefined, after: Stack | undefined): boolean {
  if (!before || !after) return false;
  return stateKept(before) !== stateKept(after) && accountOf(before).subscription !== accountOf(after).subscription;
}

function outputsOf(
  before: Tree,
  after: Tree,
  planOf: (name: string) => StackPlan,
): { before: Outputs; after: Outputs } {
  const keepers = (tree: Tree): Map<string, string> =>
    new Map([...tree.values()].map((stack) => [stateKept(stack) ?? "", stack.name]));
  const [old, now] = [keepers(before), keepers(after)];
  const output = (name: string | undefined, of: (plan: StackPlan) => Value | undefined): Value | undefined =>
    name === undefined ? undefined : of(planOf(name));
  return {
    before: (state, name) => output(old.get(state), ({ before }) => before.output(name)),
    after: (state, name) => output(now.get(state), ({ applied }) => applied.output(name)),
  };
}

function changeOf(plan: StackPlan | undefined): StackChange {
  const [before, after] = plan?.stacks ?? [];
  if (plan === undefined || (before === undefined && after === undefined)) return "none";
  if (before === undefined) return "added";
  if (after === undefined) return "removed";
  if (stateKept(before) !== stateKept(after)) return "moved";
  const touched = [...plan.changes.values()].some(({ action, movedFrom }) => action !== "none" || movedFrom);
  return touched || plan.outputs.length > 0 || before.text !== after.text ? "changed" : "none";
}
