import { code, few } from "../findings/words";
import { Difference } from "../plan/differences";
import { Action, Change, StackPlan } from "../plan/stack-plan";
import { shown, unknownAfter } from "../plan/value";
import { folded } from "./markdown-text";
import { Reviewed } from "./review";

const SIGNS: Readonly<Record<Action, string>> = {
  replace: "**replace**",
  destroy: "**destroy**",
  unknown: "**not known**",
  create: "create",
  update: "update",
  none: "",
};

const ORDER: readonly Action[] = ["replace", "destroy", "unknown", "create", "update"];
const MOST_ARGUMENTS = 6;

/** What happens in each stack, stacks in which the same happens as one. */
export function stackSections({ plan }: Reviewed): string[] {
  const alike = new Map<string, StackPlan[]>();
  for (const stack of plan.stacks.values()) {
    if (plan.change(stack.name) === "none") continue;
    const key = `${plan.change(stack.name)} ${[...changesIn(stack)].map(kindOf).sort().join()}`;
    alike.set(key, [...(alike.get(key) ?? []), stack]);
  }
  return [...alike.values()].map((stacks) => {
    const [first] = stacks as [StackPlan];
    const others = stacks.slice(1, 21).map(({ name }) => code(name));
    const more = stacks.length > 21 ? ` and ${stacks.length - 21} more` : "";
    const same = others.length > 0 ? `The same in ${others.join(", ")}${more}.\n\n` : "";
    const change = plan.change(first.name);
    const title = `${html(first.name)}${stacks.length > 1 ? ` and ${stacks.length - 1} like it` : ""}: ${change}, ${countOf(changesIn(first).length)}`;
    const lines = changesIn(first)
      .slice(0, 100)
      .map((one) => lineOf(one, change));
    return folded(
      title,
      `${same}${[...lines, ...outputsOf(first)].join("\n") || "Settings of Terraform, no resource and no output."}`,
    );
  });
}

function changesIn({ changes }: StackPlan): Change[] {
  return [...changes.values()]
    .filter(({ action, movedFrom }) => action !== "none" || movedFrom)
    .sort((one, other) => ORDER.indexOf(one.action) - ORDER.indexOf(other.action));
}

/** Outputs are read by other stacks and other teams. */
function outputsOf({ outputs }: StackPlan): string[] {
  return outputs.length > 0 ? [`- outputs that say something else: ${few(outputs)}`] : [];
}

const countOf = (number: number): string => (number === 1 ? "1 resource" : `${number} resources`);
const html = (text: string): string => text.replace(/[^\w.-]+/g, " ");
const kindOf = ({ action, type, differences }: Change): string =>
  `${action} ${type} ${differences.map(({ path }) => path).join(" ")}`;

function lineOf(change: Change, stack: string): string {
  const action = stack === "removed" ? "left behind" : SIGNS[change.action] || "moved";
  const moved = change.movedFrom ? ` (was ${code(change.movedFrom)})` : "";
  const inner = change.differences.slice(0, MOST_ARGUMENTS).map((one) => `\n  - ${argument(one)}`);
  const more = change.differences.length - inner.length;
  return `- ${action} ${code(change.address)}${moved}${inner.join("")}${more > 0 ? `\n  - and ${more} more` : ""}`;
}

function argument({ path, before, after, effect, secret }: Difference): string {
  const value = (of: typeof before): string => (of === undefined ? "nothing" : code(JSON.stringify(shown(of))));
  const hidden =
    unknownAfter(after).length > 0 ? `${value(before)} → known after apply` : `${value(before)} → ${value(after)}`;
  const note =
    effect === "replaces" ? ", which replaces it" : effect === "unknown" ? ", and nobody knows what that does" : "";
  return `${code(path)}: ${secret ? "changes (not shown)" : hidden}${note}`;
}
