import { causesInWords, causesOf } from "./causes";
import { Finding } from "./finding";
import { called, consumerName, isGone, Situation, valuesAt, beforeOf } from "./situation";
import { fingerprint, plainText } from "../plan/value";
import { code } from "./words";

const DNS = [
  "azurerm_private_dns_zone",
  "azurerm_private_dns_a_record",
  "azurerm_private_dns_zone_virtual_network_link",
];

/** What ends connections on a consumer's own side. */
export function consumerCuts(situation: Situation): Finding[] {
  if (situation.change === "removed" || situation.change === "added") return [];
  const base = { kind: "cut" as const, stack: situation.name, consumers: situation.consumers };
  const endpoints = situation.of("azurerm_private_endpoint").filter(isGone);
  const cuts = endpoints.map((endpoint) => {
    const manual = valuesAt(beforeOf(situation, endpoint), "private_service_connection.is_manual_connection");
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
  return [...cuts, ...namesGone(situation).map((cut) => ({ ...base, ...cut }))];
}

function namesGone(situation: Situation): Pick<Finding, "addresses" | "why" | "instead">[] {
  const gone = situation.of(...DNS).filter(isGone);
  if (gone.length === 0) return [];
  const hosts = gone
    .filter(({ type }) => type !== "azurerm_private_dns_zone_virtual_network_link")
    .map((one) => {
      const { name, zone_name: zone } = beforeOf(situation, one);
      return one.type === "azurerm_private_dns_zone"
        ? plainText(name)
        : name === "@"
          ? plainText(zone)
          : `${plainText(name)}.${plainText(zone)}`;
    });
  const named = [...new Set(hosts)].sort();
  const shown =
    named.length > 0
      ? named
          .slice(0, 5)
          .map((one) => code(one))
          .join(", ")
      : "its host names";
  const forever = gone.every(({ action }) => action === "destroy");
  const first = gone[0];
  return [
    {
      addresses: gone.map(({ address }) => address),
      why:
        `In the network of ${code(consumerName(situation.name))} ${shown} ${named.length > 5 ? `and ${named.length - 5} more ` : ""}` +
        `${forever ? "lead nowhere private any more" : "lead nowhere while zones, records or links are made anew"} ` +
        `(${first ? causesInWords(causesOf(situation, first)) : ""}).`,
      instead: forever ? "Make sure that nobody uses the names." : "Keep the names of the zones' network and group.",
    },
  ];
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
