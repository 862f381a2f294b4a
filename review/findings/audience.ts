import { blocks } from "../plan/differences";
import { ValueObject } from "../plan/value";
import { Remark } from "./finding";
import { afterOf, beforeOf, consumerName, Situation } from "./situation";
import { code } from "./words";

const LISTS: readonly [argument: string, says: string][] = [
  ["visibility_subscription_ids", "can see the service and ask for a connection"],
  ["auto_approval_subscription_ids", "is connected without anybody's approval"],
];

/** Who else can see the service, or is connected without being asked for. */
export function audience(situation: Situation, subscriptions: ReadonlyMap<string, string>): Remark[] {
  if (situation.change === "added") return [];
  return situation.of("azurerm_private_link_service").flatMap((service) =>
    LISTS.flatMap(([argument, says]): Remark[] => {
      const ids = (values: ValueObject): string[] => blocks(values[argument]).map(String);
      const old = ids(beforeOf(situation, service));
      const more = ids(afterOf(situation, service)).filter((id) => !old.includes(id));
      if (more.length === 0 || old.includes("*")) return [];
      if (more.includes("*")) {
        return [
          {
            addresses: [service.address],
            why: `Everybody who knows the alias ${says}, in every subscription and tenant.`,
            instead: "List the subscriptions.",
          },
        ];
      }
      const who = more.map((id) =>
        subscriptions.has(id)
          ? `${code(id)} (consumer ${code(subscriptions.get(id))})`
          : `${code(id)} (no consumer of this deployment)`,
      );
      return [
        {
          addresses: [service.address],
          why: `Another subscription ${says}: ${who.join(", ")}.`,
          instead: "Check that each of them is wanted.",
        },
      ];
    }),
  );
}

/** The consumers by the subscription that their stack is in. */
export function subscriptionsOf(situations: readonly Situation[]): Map<string, string> {
  return new Map(
    situations.flatMap(({ name, plan }) => {
      const id = JSON.stringify(plan.stacks[1]?.json.provider ?? "").match(/"subscription_id":"([^"]+)"/)?.[1];
      return id && name.startsWith("consumer-") ? [[id, consumerName(name)] as [string, string]] : [];
    }),
  );
}
