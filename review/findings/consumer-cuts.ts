import { causesInWords, causesOf } from "./causes";
import { Finding } from "./finding";
import { afterOf, called, consumerName, isGone, Situation, valuesAt } from "./situation";
import { fingerprint } from "../plan/value";
import { namesGone, namesMisled } from "./names";

/** What ends connections on a consumer's own side. */
export function consumerCuts(situation: Situation): Finding[] {
  if (situation.change === "removed" || situation.change === "added") return [];
  const base = { kind: "cut" as const, stack: situation.name, consumers: situation.consumers };
  const endpoints = situation.of("azurerm_private_endpoint").filter(isGone);
  const cuts = endpoints.map((endpoint) => {
    const manual = valuesAt(afterOf(situation, endpoint), "private_service_connection.is_manual_connection");
    const waits = manual.some((one) => fingerprint(one) === '"true"')
      ? ", and somebody may have to approve the connection again"
      : "";
    const what = endpoint.action === "destroy" ? "is deleted" : `is made anew, with another address${waits}`;
    return {
      ...base,
      addresses: [endpoint.address],
      why: `The private endpoint ${called(situation, endpoint)} ${what} (${causesInWords(causesOf(situation, endpoint))}). Connections end, and resolvers keep the old address for the records' time to live.`,
      instead:
        endpoint.action === "destroy"
          ? "Make sure that nobody calls through it any more."
          : "Keep the argument, or make a second endpoint beside the first one.",
    };
  });
  const names = [...namesGone(situation), ...namesMisled(situation)];
  return [...cuts, ...names.map((cut) => ({ ...base, ...cut }))];
}

/** Endpoints that stay as they are while the service behind them is another one. */
export function leftBehind(consumers: readonly Situation[], providers: readonly Situation[]): string[] {
  const renewed = providers.filter((one) => one.of("azurerm_private_link_service").some(isGone));
  const touched = new Set(renewed.flatMap(({ consumers: names }) => names));
  return consumers
    .filter((one) =>
      one.of("azurerm_private_endpoint").some(({ before, action }) => before && !isGone({ action } as never)),
    )
    .map(({ name }) => consumerName(name))
    .filter((name) => touched.has(name));
}
