import { Change } from "../plan/stack-plan";
import { fingerprint, plainText } from "../plan/value";
import { causesInWords, causesOf } from "./causes";
import { Cut } from "./finding";
import { afterOf, beforeOf, called, isGone, Situation, valuesAt } from "./situation";
import { code, few } from "./words";

/** What ends connections at APIM. */
export function apimCuts(situation: Situation): Cut[] {
  return [...apimGone(situation), ...gatewayOff(situation), ...hostNamesGone(situation)];
}

function apimGone(situation: Situation): Cut[] {
  return situation
    .of("azurerm_api_management")
    .filter(isGone)
    .map((apim) => ({
      addresses: [apim.address],
      why:
        `APIM ${called(situation, apim)} is ${apim.action === "destroy" ? "deleted" : "deleted and made anew, up to 90 minutes"} ` +
        `(${causesInWords(causesOf(situation, apim))}). Its APIs, products and subscriptions go with it.`,
      instead:
        apim.action === "destroy"
          ? `Keep it in the file. If it is to stay and somebody else is to have it, take it out of the state before: ${code(`terraform state rm ${apim.address}`)}.`
          : "Keep the argument, or make a second APIM beside the first one and move the traffic.",
    }));
}

/** What tells machines where to send connections. */
const TELLERS = [
  "azurerm_virtual_machine_extension",
  "azurerm_linux_virtual_machine_scale_set",
  "azurerm_windows_virtual_machine_scale_set",
] as const;

/** APIM's private address becomes another one before the forwarders are told, in the same apply or not. */
export function addressFollows(situation: Situation): Cut[] {
  const leads = ({ differences }: Change): boolean => differences.some(({ path }) => path === "destination_ip_address");
  const directly = situation.of("azurerm_private_link_service").some(leads);
  const told = directly || situation.of(...TELLERS).some(({ action }) => action === "update");
  return situation.of("azurerm_api_management").flatMap((apim): Cut[] => {
    const moving = apim.differences.filter(({ path }) =>
      /^(zones|sku_name|virtual_network_|additional_location)/.test(path),
    );
    const tier = ({ before, after }: { before?: unknown; after?: unknown }): boolean =>
      String(before).replace(/_\d+$/, "") !== String(after).replace(/_\d+$/, "");
    const changed = moving.filter((one) => one.path !== "sku_name" || tier(one as never));
    if (apim.action !== "update" || changed.length === 0) return [];
    return [
      {
        addresses: [apim.address],
        why:
          `APIM's ${changed.map(({ path }) => code(path)).join(", ")} changes in place, which can change its private address` +
          (told
            ? `: until ${directly ? "the service is told, later in the same apply, it sends" : "the forwarders are told, later in the same apply, they send"} to the old one.`
            : " in the same apply. The forwarders then still send to the old one."),
        instead: told
          ? "Choose a time when nobody is waiting: how long APIM answers at its old address is Azure's to say."
          : "Apply again at once when the first apply is done; the second one tells the forwarders. Choose a time when nobody is waiting.",
      },
    ];
  });
}

/** An instance whose gateway answers nobody any more. */
function gatewayOff(situation: Situation): Cut[] {
  return situation
    .of("azurerm_api_management")
    .filter(({ differences }) =>
      differences.some(({ path, after }) => path === "gateway_disabled" && fingerprint(after) === '"true"'),
    )
    .map((apim) => ({
      addresses: [apim.address],
      why: `The gateway of APIM ${called(situation, apim)} is switched off: it answers nobody.`,
      instead: "Leave `gateway_disabled` out.",
    }));
}

/** Host names of its own that an instance does not answer to any more. */
function hostNamesGone(situation: Situation): Cut[] {
  const hosts = (values: ReturnType<typeof beforeOf>): string[] =>
    ["proxy", "developer_portal", "portal", "management", "scm"].flatMap((kind) =>
      valuesAt(values, `hostname_configuration.${kind}.host_name`).map(plainText),
    );
  return situation
    .of("azurerm_api_management")
    .filter(({ before, after }) => before && after)
    .flatMap((apim) => {
      const has = hosts(afterOf(situation, apim));
      const gone = hosts(beforeOf(situation, apim)).filter((host) => !has.includes(host));
      if (gone.length === 0) return [];
      return [
        {
          addresses: [apim.address],
          why: `APIM ${called(situation, apim)} does not answer to ${few(gone)} any more; whoever calls by ${gone.length === 1 ? "that name" : "those names"} gets no certificate that fits.`,
          instead: "Keep the name beside the new one until nobody calls by it.",
        },
      ];
    });
}
