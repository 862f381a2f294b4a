import { identityOf } from "../plan/identity";
import { object } from "../read/json";
import { Stack } from "../read/stacks";
import { accountOf, leavesAll, stateKept } from "../plan/plan";
import { Finding, Remark } from "./finding";
import { isGone, Situation } from "./situation";
import { code, few } from "./words";

/** Stacks that no file names any more, though what they made is still there. */
export function orphans(all: readonly Situation[]): Finding[] {
  return all
    .filter(({ change, plan }) => change === "removed" && plan.before.resources.size > 0)
    .map((one): Finding => {
      const heir = all.find((other) => other.change === "added" && sameThings(one, other));
      const kept = stateKept(one.plan.stacks[0]) ?? "";
      return {
        kind: "orphan",
        stack: one.name,
        addresses: [...one.plan.before.resources.keys()],
        consumers: one.consumers,
        why:
          (heir ? `It looks renamed to ${code(heir.name)}, but a name is where the state is kept: ` : "") +
          `the stack ${code(one.name)} is in no file any more. Its ${one.plan.before.resources.size} resources stay in Azure and are paid for, its state stays where it is ` +
          `(${code(kept.replaceAll('"', "").slice(0, 160))}), and no command reaches either.${heir ? ` ${code(heir.name)} would make the same things again and meet their names.` : ""}`,
        instead: heir
          ? "Take the name back; or destroy the old stack first and accept that its consumer is cut off meanwhile; or move the state to the new name."
          : "Put the entry back with `remove: true` and deploy the stack, which then destroys what it has; take the entry away after that.",
      };
    });
}

function sameThings(one: Situation, other: Situation): boolean {
  const names = ({ plan }: Situation): string[] => {
    const world = plan.stacks[0] ? plan.before : plan.applied;
    return [...world.resources.values()].map((it) => identityOf(it.type, world.arguments(it)) ?? it.address).sort();
  };
  return names(one).join() === names(other).join();
}

/** States, resources and subscriptions that change places. */
export function moves(situation: Situation): Finding[] {
  const [before, after] = situation.plan.stacks;
  if (!before || !after) return [];
  const base = { kind: "moved" as const, stack: situation.name, consumers: [] };
  const found: Finding[] = [];
  const [from, to] = [stateKept(before), stateKept(after)];
  const anew = leavesAll(before, after);
  if (from !== to) {
    found.push({
      ...base,
      addresses: [...situation.plan.after.resources.keys()],
      why: `The state is kept elsewhere: from ${code(plain(from))} to ${code(plain(to))}. Where the old state does not come along, Terraform knows nothing of what exists and plans to make all of it again. The lists below take it that the state ${anew ? "does not come" : "comes"} along.`,
      instead: anew
        ? "Do not bring the old state along: what it knows of stays where it is. Destroy that with the old state and the old file, when nobody needs it any more."
        : "Move the state first (`terraform init -migrate-state` in the stack's folder, where it is only the place that changes), and look at a plan before anybody deploys.",
    });
  }
  found.push(...[...accounts(before, after), ...aliases(situation, before, after)].map((one) => ({ ...base, ...one })));
  const moved = [...situation.plan.changes.values()].filter(({ movedFrom }) => movedFrom);
  if (moved.length > 0) {
    found.push({
      ...base,
      addresses: moved.map(({ address }) => address),
      why: `${moved.length} ${moved.length === 1 ? "resource has" : "resources have"} another address in the state, by \`moved\` blocks: ${moved
        .slice(0, 5)
        .map(({ movedFrom, address }) => `${code(movedFrom)} → ${code(address)}`)
        .join(", ")}.`,
      instead: "",
    });
  }
  return found;
}

/** Another subscription, or another tenant that the same one is said to be in; a tenant that is only written out changes nothing. */
function accounts(before: Stack, after: Stack): Remark[] {
  const [was, is] = [accountOf(before), accountOf(after)];
  if (was.subscription !== is.subscription) {
    const taken = leavesAll(before, after)
      ? globalNames(before).filter((name) => globalNames(after).includes(name))
      : [];
    return [
      {
        addresses: [],
        why: `The stack's subscription changes: from ${code(was.subscription)} to ${code(is.subscription)}. What exists stays where it is; Terraform moves nothing between subscriptions.${taken.map((name) => ` APIM ${code(name)} cannot be made anew while the former one has the name, which is one in all of Azure.`).join("")}`,
        instead:
          "Deploy to the new subscription as a deployment of its own, and destroy the old one when its consumers have moved.",
      },
    ];
  }
  if (was.tenant === "" || is.tenant === "" || was.tenant === is.tenant) return [];
  return [
    {
      addresses: [],
      why: `The stack's tenant changes from ${code(was.tenant)} to ${code(is.tenant)}, its subscription ${code(is.subscription)} does not. A subscription is in one tenant: unless it has moved, whoever deploys logs in where it is not.`,
      instead: "See which tenant the subscription is in.",
    },
  ];
}

/** Resources whose own provider leads to another subscription: the state has their ids, so that they stay where they are. */
function aliases(situation: Situation, before: Stack, after: Stack): Remark[] {
  if (accountOf(before).subscription !== accountOf(after).subscription) return [];
  const subscriptions = new Map<string, string[]>();
  for (const change of situation.plan.changes.values()) {
    if (!change.before || !change.after || isGone(change)) continue;
    const [was, is] = [accountOf(before, change.before.body.provider), accountOf(after, change.after.body.provider)];
    if (was.subscription === is.subscription) continue;
    const key = `from ${code(was.subscription)} to ${code(is.subscription)}`;
    subscriptions.set(key, [...(subscriptions.get(key) ?? []), change.address]);
  }
  return [...subscriptions].map(([key, addresses]) => ({
    addresses,
    why: `The subscription of ${few(addresses, 4)} changes ${key}, and Terraform does nothing about it: what it has made stays where it is, and nothing is made in the new subscription.`,
    instead:
      "Destroy these with the file as it was (`terraform destroy -target=ADDRESS`), then deploy the new one, which makes them where it says.",
  }));
}

/** The names of a stack that nobody else in Azure can have. */
function globalNames(stack: Stack): string[] {
  const services = Object.values(object(object(stack.json.resource).azurerm_api_management));
  return services.map((service) => object(service).name).filter((name) => typeof name === "string");
}

const plain = (state: string | undefined): string => (state ?? "nowhere").replaceAll('"', "").slice(0, 200);
