import { texts } from "../read/declared";
import { Json, JsonObject, blocks, object } from "../read/json";
import { Remark } from "./finding";
import { Situation } from "./situation";
import { few } from "./words";

// of these something else is said.
const SAID = ["alias", "features", "subscription_id", "tenant_id"];

/** Where providers log in, as whom, and what they may delete: what the stack said of it otherwise before. */
export function logIn({ plan: { stacks } }: Situation): Remark[] {
  const [before, after] = stacks;
  if (before === undefined || after === undefined) return [];
  const providers = (json: JsonObject): ReadonlyMap<string, JsonObject> =>
    new Map(blocks(object(json.provider).azurerm).map((one) => [texts(object(one).alias).join(), object(one)]));
  const had = providers(before.json);
  return [...providers(after.json)].flatMap(([alias, provider]) => {
    const old = had.get(alias) ?? had.get("") ?? {};
    const changed = Object.keys({ ...old, ...provider }).filter(
      (name) => !SAID.includes(name) && JSON.stringify(old[name]) !== JSON.stringify(provider[name]),
    );
    return [...otherLogIn(changed), ...(groupsGo(provider) && !groupsGo(old) ? [GROUPS] : [])];
  });
}

function otherLogIn(changed: readonly string[]): Remark[] {
  if (changed.length === 0) return [];
  return [
    {
      addresses: [],
      why: `Terraform logs in otherwise, or elsewhere, than before: the provider's ${few([...changed].sort())}.`,
      instead: "See who gets what it logs in with, and what that may do.",
    },
  ];
}

/** Whether a resource group is deleted with what others have put there; azurerm refuses that unless it is told otherwise. */
function groupsGo({ features }: JsonObject): boolean {
  const groups = blocks(features).flatMap((one: Json) => blocks(object(one).resource_group));
  return groups.some((group) => object(group).prevent_deletion_if_contains_resources === false);
}

const GROUPS: Remark = {
  addresses: [],
  why: "A resource group that Terraform deletes takes with it what others have put there.",
  instead: "Leave `prevent_deletion_if_contains_resources` out.",
};
