import { blocks, object } from "../read/json";
import { Change } from "../plan/stack-plan";
import { Remark } from "./finding";
import { called, isGone, Situation } from "./situation";

/** What Terraform refused to delete before, and would delete afterwards, without a word and for good. */
export function unprotected(situation: Situation): Remark[] {
  const bare = [...situation.plan.changes.values()].filter(
    ({ before, after }) => isProtected(before) && after !== undefined && !isProtected(after),
  );
  // without its block in the configuration nothing is left that protects it, whatever the file's key says.
  const deleted = [...situation.plan.changes.values()].filter(
    ({ before, action }) => action === "destroy" && isProtected(before),
  );
  return [...loosened(situation, bare), ...deleted.map((change) => goesAllTheSame(situation, change))];
}

function loosened(situation: Situation, bare: readonly Change[]) {
  const had = situation.of("azurerm_api_management").some(({ before }) => before);
  const purged = had && purges(situation, "after") && !purges(situation, "before");
  if (bare.length === 0 && !purged) return [];
  const names = bare.map((one) => called(situation, one)).join(", ");
  const now = bare.filter(isGone);
  const purge = purged
    ? " An APIM instance that is destroyed is purged as well: it cannot be recovered, and its name is free for anybody."
    : "";
  const allowed =
    bare.length === 0
      ? "What keeps a destroyed APIM instance for a while is switched off."
      : `Deletion protection is switched off for ${names}: ${
          now.length > 0
            ? `this very change deletes ${now.map((one) => called(situation, one)).join(", ")}, and`
            : "from the next apply on"
        } every later plan may delete or replace ${bare.length === 1 ? "it" : "them"}, by a single edited line or by \`destroy\`.`;
  return [
    {
      addresses: bare.map(({ address }) => address),
      why: `${allowed}${purge}`,
      instead:
        now.length > 0
          ? "Switch it off in a change of its own, so that what is deleted afterwards is approved by itself."
          : "Keep it on. Where something is to be deleted, switch it off, do that in the next change, and switch it on again at once.",
    },
  ];
}

function goesAllTheSame(situation: Situation, change: Change) {
  return {
    addresses: [change.address],
    why: `${called(situation, change)} was protected from deletion, and is deleted all the same: Terraform protects only what is still in the configuration.`,
    instead:
      "Keep it in the file until its deletion is wanted; where Terraform shall only forget it, use a `removed` block.",
  };
}

const isProtected = (declared: Change["before"]): boolean => object(declared?.body.lifecycle).prevent_destroy === true;

/** Whether azurerm purges an APIM instance that it destroys: it does unless told otherwise. */
function purges({ plan, of }: Situation, side: "before" | "after"): boolean {
  const had = of("azurerm_api_management").some((change) => change[side]);
  const [before, after] = plan.stacks;
  const providers = blocks(object((side === "before" ? before : after)?.json.provider).azurerm);
  const told = providers.flatMap((provider) =>
    blocks(object(provider).features).flatMap((features) =>
      blocks(object(features).api_management).map((feature) => object(feature).purge_soft_delete_on_destroy),
    ),
  );
  return had && !told.includes(false);
}
