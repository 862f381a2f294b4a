import { Content, edited, shippedContent } from "../edited";
import { ANSWERED } from "./answers";
import { Answered } from "./estate";
import { Order, ORDERS } from "./orders";
import { PlannedChange, PLANS } from "./plans";
import { Action, Applied } from "./terraform";

// `npm run changes [word ...]`: makes the changes that matter to whoever calls meanwhile, and asks Terraform's log in which order
// it made them; then asks what it says of things that exist, whatever they are like. Needs azurerm, or what stands in for it, and no
// account: nothing of it is there in Azure.

const applied = new Map<string, Applied>();

/** A deployment with its stacks applied, once for all who change it. */
function start(content: Content, upTo: string): Applied {
  const key = JSON.stringify([content, upTo]);
  const present = applied.get(key) ?? Applied.none();
  if (!applied.has(key)) {
    for (const stack of present.synthesize(content)) {
      present.apply(stack);
      if (stack === upTo) break;
    }
    applied.set(key, present);
  }
  return present.copy();
}

/** What is wrong with how Terraform makes a change. */
function problems({ deployment, before = {}, after, stack, rules }: Order): string[] {
  const content = edited(shippedContent(deployment), before);
  const changed = start(content, stack);
  changed.synthesize(edited(content, after));
  const moments = changed.apply(stack);
  const left = changed.plan(stack);
  return [
    ...rules.flatMap((rule) => rule(moments) ?? []),
    ...(left.length > 0 ? [`something is left to do: ${left.map(({ address }) => address).join(", ")}`] : []),
  ];
}

/** What is wrong with what Terraform plans for a change. */
function planProblems({
  deployment,
  before = {},
  after = {},
  stack,
  meanwhile,
  planned = [],
  refused,
}: PlannedChange): string[] {
  const content = edited(shippedContent(deployment), before);
  const changed = start(content, stack);
  changed.synthesize(edited(content, after));
  meanwhile?.(changed);
  if (refused) {
    const said = changed.refusal(stack);
    return said !== undefined && refused.test(said)
      ? []
      : [`must be refused with ${refused.source}, got ${said ?? "a plan"}`];
  }
  const actions = changed.plan(stack);
  const isPlanned = (one: (typeof planned)[number]) => actions.some((action) => fits(action, one));
  return [
    ...planned.filter((one) => !isPlanned(one)).map((one) => `${one.join(" of ")} is not planned`),
    ...actions
      .filter((action) => !planned.some((one) => fits(action, one)))
      .map(({ address, action }) => `${action} of ${address} is planned, too`),
  ];
}

function fits({ address, action }: Action, [wanted, part]: readonly [string, string]): boolean {
  return action === wanted && address.startsWith(part);
}

const complaints = new Map<string, string[][]>();

/** What is wrong with what Terraform says of things that exist. Those of one deployment are asked for at once. */
function answerProblems(answered: Answered): string[] {
  const alike = ANSWERED.filter((other) => deploymentOf(other) === deploymentOf(answered));
  const known = complaints.get(deploymentOf(answered)) ?? allComplaints(answered, alike);
  complaints.set(deploymentOf(answered), known);
  const got = known[alike.indexOf(answered)] ?? [];
  const missing = answered.says.filter((beginning) => !got.some((one) => one.startsWith(beginning)));
  const other = got.filter((one) => !answered.says.some((beginning) => one.startsWith(beginning)));
  const often = got.length > answered.says.length && other.length === 0 ? ["something is said twice"] : [];
  return [...missing.map((one) => `is not said: ${one}`), ...other.map((one) => `is said: ${one}`), ...often];
}

function deploymentOf({ deployment, before = {}, stack }: Answered): string {
  return JSON.stringify([edited(shippedContent(deployment), before), stack]);
}

function allComplaints({ deployment, before = {}, stack }: Answered, all: readonly Answered[]): string[][] {
  const content = edited(shippedContent(deployment), before);
  const present = stack === "provider" ? Applied.none() : start(content, "provider");
  present.synthesize(content);
  return present.complaints(stack, all);
}

function main(words: readonly string[]): number {
  const chosen = <C extends { readonly what: string }>(all: readonly C[]): readonly C[] =>
    all.filter(({ what }) => words.every((word) => what.includes(word)));
  const cases = [
    ...chosen(ORDERS).map((order) => ({ what: order.what, judge: () => problems(order) })),
    ...chosen(PLANS).map((plan) => ({ what: plan.what, judge: () => planProblems(plan) })),
    ...chosen(ANSWERED).map((answered) => ({ what: answered.what, judge: () => answerProblems(answered) })),
  ];
  let failures = 0;
  for (const { what, judge } of cases) {
    const found = judge();
    failures += found.length > 0 ? 1 : 0;
    console.log([`${found.length === 0 ? "ok    " : "WRONG "} ${what}`, ...found].join("\n        "));
  }
  console.log(`${cases.length - failures} of ${cases.length} changes are made as they must be`);
  return failures === 0 && cases.length > 0 ? 0 : 1;
}

process.exitCode = main(process.argv.slice(2));
