import { Change } from "../plan/stack-plan";
import { flattened } from "../plan/value";
import { blocks, object } from "../read/json";
import { Remark } from "./finding";
import { RIGHTS } from "./secrets";
import { afterOf, called, Former, Situation } from "./situation";
import { code, few } from "./words";

// the id of something in Azure, or the alias of a service.
const OTHERS = /^\/subscriptions\/|\.azure\.privatelinkservice$/;

/** Things of Azure that the deployment does not make and did not know of, and that it is joined to from now on. */
export function strangers(situation: Situation, former: Former): Remark[] {
  // a stack of its own is a design, and reviewed as one.
  if (situation.change === "added") return [];
  const joined = [...situation.plan.changes.values()].flatMap((change): Remark[] => {
    const ids = strangersIn(situation, change).filter(([, id]) => !former.text.includes(id));
    if (ids.length === 0) return [];
    return [
      {
        addresses: [change.address],
        why: `${called(situation, change)} is joined to something that is not of this deployment: ${ids.map(([path, id]) => `${code(id)} (${code(path)})`).join(", ")}.`,
        instead: "See whose it is, and what it gets to see.",
      },
    ];
  });
  return [...joined, ...otherSubscriptions(situation, former)];
}

function strangersIn(situation: Situation, change: Change): [path: string, id: string][] {
  // whom a right is for is said with the right.
  if (change.after === undefined || change.action === "none" || RIGHTS.test(change.type)) return [];
  return Object.entries(afterOf(situation, change)).flatMap(([name, value]) =>
    flattened(name, value).flatMap(([path, one]): [string, string][] =>
      typeof one === "string" && OTHERS.test(one) ? [[path, one]] : [],
    ),
  );
}

/** Subscriptions that a provider beside the stack's own one works in. */
function otherSubscriptions({ plan }: Situation, former: Former): Remark[] {
  const providers = blocks(object(plan.stacks[1]?.json.provider).azurerm).map(object);
  const ids = providers
    .filter(({ alias }) => alias !== undefined)
    .map(({ subscription_id: id }) => id)
    .filter((id): id is string => typeof id === "string" && !former.text.includes(id));
  if (ids.length === 0) return [];
  return [
    {
      addresses: [],
      why: `Terraform works in another subscription too: ${few([...new Set(ids)])}.`,
      instead: "See whose it is, and what is made or read there.",
    },
  ];
}
