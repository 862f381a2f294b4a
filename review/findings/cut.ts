import { Change } from "../plan/stack-plan";
import { fingerprint } from "../plan/value";
import { addressFollows, apimCuts } from "./apim-cuts";
import { balancerCuts } from "./balancer-cuts";
import { causesInWords, causesOf } from "./causes";
import { closedPorts } from "./closed-ports";
import { detours } from "./detours";
import { Cut, Finding } from "./finding";
import { backendsOf, emptiedBy, MACHINES, readdressedCards, rebootOf, stops, takesTurns } from "./path";
import { called, isGone, Situation } from "./situation";
import { code } from "./words";

/** What ends connections on the provider's side: for all of its consumers. */
export function providerCuts(situation: Situation): Finding[] {
  if (situation.change === "removed" || situation.change === "added") return [];
  const all = situation.of("azurerm_private_link_service").some(({ before }) => before);
  if (!all) return [];
  const services = situation.of("azurerm_private_link_service").filter(isGone);
  const cuts = services.map((service) => serviceGone(situation, service));
  // whoever loses the service does not ask about what it leads to.
  const rest = [...apimCuts(situation), ...(services.length > 0 ? [] : behindService(situation))];
  return [...cuts, ...rest].map((cut) => ({
    kind: "cut",
    stack: situation.name,
    consumers: situation.consumers,
    ...cut,
  }));
}

function behindService(situation: Situation): Cut[] {
  return [
    ...balancerCuts(situation),
    ...machinesStop(situation),
    ...machinesMove(situation),
    ...addressFollows(situation),
    ...proxyProtocol(situation),
    ...closedPorts(situation),
    ...detours(situation),
  ];
}

function serviceGone(situation: Situation, service: Change): Cut {
  const causes = causesOf(situation, service);
  const what = service.action === "destroy" ? "is deleted" : "is replaced";
  return {
    addresses: [...new Set([service.address, ...causes.keys()])],
    why:
      `The Private Link Service ${called(situation, service)} ${what} (${causesInWords(causes)}). Every endpoint that is ` +
      "connected to it becomes Disconnected and carries nothing, until it has been made anew towards the new service; the alias is another one.",
    instead:
      "Keep what replaces it. Where that cannot be, make a second service beside the first one, move the consumers one by one, then delete the first.",
  };
}

function machinesStop(situation: Situation): Cut[] {
  const backends = backendsOf(situation);
  const stopping = backends.filter((machine) => stops(situation, machine));
  if (backends.length === 0 || stopping.length < backends.length) return [];
  // a pool that is made anew says it already.
  if (situation.of("azurerm_lb_backend_address_pool").some(isGone) && !stopping.some(isGone)) return [];
  const rebooting = stopping.every(
    (machine) => MACHINES.includes(machine.type) && !isGone(machine) && rebootOf(machine),
  );
  if (rebooting && stopping.length > 1 && takesTurns(situation, stopping)) return [];
  const one = stopping[0] && MACHINES.includes(stopping[0].type) ? "The only forwarder" : "The only scale set";
  const many = stopping.length > 1 ? `All ${stopping.length} forwarders` : one;
  const what = rebooting ? "powered off and on at once" : "gone before there is another one";
  return [
    {
      addresses: stopping.map(({ address }) => address),
      why: `${many} of the pool ${stopping.length > 1 ? "are" : "is"} ${what} (${reasons(situation, stopping)}). Until they are back, the pool is empty.`,
      instead:
        stopping.length > 1
          ? "Change the machines one by one, in several deployments: add the new one, see that its probe answers, then take the old one away."
          : "Add a second machine first, in a deployment of its own, then change them one by one; or take a scale set, which rolls.",
    },
  ];
}

/** All machines get other addresses, which the probe has to find first. */
function machinesMove(situation: Situation): Cut[] {
  const backends = backendsOf(situation);
  const cards = backends.map((machine) => readdressedCards(situation, machine));
  if (backends.length === 0 || cards.some((own) => own.length === 0)) return [];
  const who =
    backends.length > 1
      ? `All ${backends.length} forwarders get other addresses`
      : "The only forwarder gets another address";
  return [
    {
      addresses: cards.flat().map(({ address }) => address),
      why: `${who} in this apply. Connections end, and the pool is empty until the probe has found a forwarder at its new address.`,
      instead: "Choose a time when nobody is waiting, or add a second forwarder first and move them one by one.",
    },
  ];
}

function reasons(situation: Situation, machines: readonly Change[]): string {
  const texts = machines.map((machine) => {
    const reboot = rebootOf(machine);
    const emptied = emptiedBy(situation, machine);
    if (emptied && !isGone(machine)) return emptied;
    if (reboot && !isGone(machine)) return `${code(reboot.path)} changes: ${reboot.what}`;
    return isGone(machine) ? causesInWords(causesOf(situation, machine)) : "they leave the pool";
  });
  return [...new Set(texts)].slice(0, 3).join("; ");
}

function proxyProtocol(situation: Situation): Cut[] {
  return situation
    .of("azurerm_private_link_service")
    .filter(({ differences }) =>
      differences.some(({ path, after }) => /proxy_protocol/.test(path) && fingerprint(after) === '"true"'),
    )
    .map(({ address }) => ({
      addresses: [address],
      why: "The service puts a header of the PROXY protocol before every connection and every probe, which the forwarders pass on and APIM does not read.",
      instead: "Leave it off.",
    }));
}
