import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { leavesAll, planned, stateKept } from "../review/plan/plan";
import { Json, JsonObject, object } from "../review/read/json";
import { Stack, Tree } from "../review/read/stacks";
import { actionsIn, TerraformPlan } from "../review/report/real-plan";
import { findingsOf } from "../review/findings/findings";
import { Action } from "../review/plan/stack-plan";
import { keyPair, plannedKeys } from "./changes-page";
import { Pair, pairNames, pairOf } from "./pairs";
import { said, terraformWith, UNREAL } from "./terraform";

// `npm run review:prove [pattern]`: applies every pair of review/prove/pairs.yaml, and every key of docs/changes.md as "key NAME",
// before, plans it after, with Terraform, and compares the actions with the review's. Needs a stand-in for Azure: what is applied
// exists nowhere.

const work = mkdtempSync(join(tmpdir(), "apim-private-link-prove-"));
process.on("exit", () => rmSync(work, { recursive: true, force: true }));

const run = terraformWith({ ...UNREAL, TF_DATA_DIR: join(work, "data") });

function terraform(folder: string, command: string, ...words: string[]): string {
  return said(command, run(folder, command, ...words));
}

/** The stack with its state, and those that it reads, in a folder. */
function localized(stack: Stack, tree: Tree, states: string): JsonObject {
  const keepers = new Map([...tree.values()].map((one) => [stateKept(one) ?? "", one.name]));
  const path = (name: string): string => join(states, `${name}.tfstate`);
  const terraformBlock = {
    ...object(stack.json.terraform),
    backend: { local: { path: path(stack.name) } },
    cloud: undefined,
  };
  // the stand-in knows nothing of what exists, so what the deployment expects of that is left out.
  const data = Object.fromEntries(
    Object.entries(object(stack.json.data)).map(([type, sources]): [string, Json] => [
      type,
      Object.fromEntries(
        Object.entries(object(sources)).map(([name, body]): [string, Json] => [
          name,
          { ...object(body), lifecycle: undefined },
        ]),
      ),
    ]),
  );
  const remote = Object.entries(object(data.terraform_remote_state)).map(([key, source]): [string, Json] => {
    const kept = `${JSON.stringify(object(source).backend).slice(1, -1)} ${stateKept({ ...stack, json: { terraform: { backend: { x: object(source).config ?? null } } } })?.slice(2) ?? ""}`;
    const keeper = keepers.get(kept);
    if (keeper === undefined) throw new Error(`${stack.name} reads a state that no stack keeps: ${kept}`);
    return [key, { backend: "local", config: { path: path(keeper) } }];
  });
  if (remote.length > 0) data.terraform_remote_state = Object.fromEntries(remote);
  // a section without blocks is none to Terraform.
  return { ...stack.json, terraform: terraformBlock, data: Object.keys(data).length > 0 ? data : undefined };
}

function inFolder(stack: Stack, tree: Tree, states: string): string {
  const folder = join(states, stack.name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify(localized(stack, tree, states)));
  const lock = join(work, ".terraform.lock.hcl");
  if (existsSync(lock)) copyFileSync(lock, join(folder, ".terraform.lock.hcl"));
  terraform(folder, "init", "-input=false", "-reconfigure");
  copyFileSync(join(folder, ".terraform.lock.hcl"), lock);
  return folder;
}

const applied = new Map<string, string>();

/** The folder of the states that the deployment leaves, each deployment applied once. */
function appliedStates(tree: Tree, order: readonly string[]): string {
  const key = createHash("sha256")
    .update([...tree.values()].map(({ text }) => text).join())
    .digest("hex");
  const known = applied.get(key);
  if (known) return known;
  const states = join(work, `before-${applied.size}`);
  for (const name of order) {
    const stack = tree.get(name);
    if (stack) terraform(inFolder(stack, tree, states), "apply", "-auto-approve", "-input=false");
  }
  applied.set(key, states);
  return states;
}

/** What differs between the review and Terraform, a line each. */
function compared({ before, after, azureOnly }: Pair): string[] {
  const plan = planned(before, after);
  const refused = new Set(findingsOf(plan).flatMap(({ kind, stack }) => (kind === "refused" ? [stack] : [])));
  let stopped = false;
  const order = [...plan.stacks.keys()];
  // a stack that is emptied reads nothing any more, and did before.
  const states = appliedStates(before, [...planned(before, before).stacks.keys()]);
  const now = mkdtempSync(join(work, "after-"));
  for (const name of before.keys()) {
    if (leavesAll(before.get(name), after.get(name))) continue;
    copyFileSync(join(states, `${name}.tfstate`), join(now, `${name}.tfstate`));
  }
  const untouched = order.every((name) => before.get(name)?.text === after.get(name)?.text);
  return order.flatMap((name) => {
    const stack = after.get(name);
    if (stopped || untouched || stack === undefined || azureOnly.includes(name)) return [];
    const folder = inFolder(stack, after, now);
    try {
      terraform(folder, "plan", "-input=false", "-out=plan");
    } catch (error) {
      // a plan that fails is what the review said, and nothing comes after it.
      stopped = refused.has(name);
      return stopped ? [] : [`${name}: ${(error as Error).message.replace(/\s+/g, " ").slice(0, 300)}`];
    }
    const real = actionsIn(JSON.parse(terraform(folder, "show", "-json", "plan")) as TerraformPlan);
    terraform(folder, "apply", "-input=false", "plan");
    const thought = plan.stacks.get(name)?.changes ?? new Map<string, { action: Action }>();
    return [...new Set([...real.keys(), ...thought.keys()])].flatMap((address) => {
      const [theirs, own] = [real.get(address) ?? "none", thought.get(address)?.action ?? "none"];
      return theirs === own ? [] : [`${name}: ${address}: Terraform says ${theirs}, the review ${own}`];
    });
  });
}

/** A change whose consumers are Azure's affair where the service is made anew: its other alias is what changes them. */
function withoutAlias(pair: Pair): Pair {
  const plan = planned(pair.before, pair.after);
  const services = [...plan.stacks.values()].flatMap(({ changes }) =>
    [...changes.values()].filter(({ type }) => type === "azurerm_private_link_service"),
  );
  const anew = services.some(({ action }) => action === "replace");
  return anew ? { ...pair, azureOnly: [...plan.stacks.keys()].filter((name) => name.startsWith("consumer-")) } : pair;
}

function main(): number {
  const [pattern = ""] = process.argv.slice(2);
  const all = [
    ...pairNames().map((name) => ({ name, pair: () => pairOf(name) })),
    ...plannedKeys().map((key) => ({ name: `key ${key}`, pair: () => withoutAlias(keyPair(key)) })),
  ];
  const names = all.filter(({ name }) => new RegExp(pattern).test(name));
  let bad = 0;
  for (const { name, pair } of names) {
    const found = compared(pair());
    console.log(`${found.length === 0 ? "the same" : "DIFFERENT"}  ${name}`);
    for (const line of found) console.log(`    ${line}`);
    if (found.length > 0) bad += 1;
  }
  console.log(`${names.length - bad} of ${names.length} changes are judged as Terraform judges them`);
  return bad === 0 && names.length > 0 ? 0 : 1;
}

process.exitCode = main();
