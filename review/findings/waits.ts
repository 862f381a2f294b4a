import { AZURE } from "../facts/azure";
import { Change } from "../plan/stack-plan";
import { plainText } from "../plan/value";
import { Finding } from "./finding";
import { backendsOf, MACHINES, readdressedCards, rebootOf, SCALE_SETS, stops } from "./path";
import { called, Situation } from "./situation";
import { code } from "./words";

/** What takes long. */
export function slowOnes(situation: Situation): Finding[] {
  if (situation.change === "removed") return [];
  return [...situation.plan.changes.values()].flatMap((change): Finding[] => {
    const slow = AZURE.slow[change.type];
    if (slow === undefined || change.action === "none" || change.action === "unknown") return [];
    const path = change.differences
      .map((one) => one.path)
      .find((one) => slow.arguments.includes(one.split(/[.[]/)[0] ?? ""));
    if (change.action === "update" && path === undefined) return [];
    const minutes = slow[change.action];
    const what = {
      create: "is made",
      replace: "is deleted and made anew",
      destroy: "is deleted",
      update: `changes ${code(path)}`,
    };
    return [
      {
        kind: "slow",
        stack: situation.name,
        addresses: [change.address],
        consumers: [],
        why: `${called(situation, change)} ${what[change.action]}: 15 to ${minutes} minutes.`,
        instead: "",
      },
    ];
  });
}

/** Machines that are powered off, made anew, taken away or rolled, and NAT addresses that go: what ends the connections through them. */
export function reboots(situation: Situation): Finding[] {
  const backends = backendsOf(situation);
  return [
    ...rebooting(situation, backends),
    ...leaving(situation, backends),
    ...readdressed(situation, backends),
    ...shrinking(situation),
    ...natAddressesGo(situation),
  ];
}

function rebooting(situation: Situation, backends: readonly Change[]): Finding[] {
  return [...situation.plan.changes.values()].flatMap((change): Finding[] => {
    const reboot = rebootOf(change);
    if (reboot === undefined) return [];
    const alone = MACHINES.includes(change.type) && backends.length === 1 && backends[0] === change;
    const why = `${code(reboot.path)} of ${called(situation, change)} changes: ${reboot.what}${alone ? "; it is the only forwarder" : ""}.`;
    return [ended(situation, change, why, alone ? "Add a second forwarder first." : "")];
  });
}

/** Those that go while others stay; where none stays, consumers are cut off, which is said elsewhere. */
function leaving(situation: Situation, backends: readonly Change[]): Finding[] {
  if (backends.every((one) => stops(situation, one))) return [];
  return backends.flatMap((one): Finding[] => {
    if (!stops(situation, one) || rebootOf(one)) return [];
    const what = { replace: "is gone until it is made anew", destroy: "is deleted" }[one.action as string];
    const why = `${called(situation, one)} ${what ?? "leaves the pool"}: its connections end, and new ones go to the others once the probe misses it.`;
    return [ended(situation, one, why, "")];
  });
}

/** Those whose network interface gets another address. */
function readdressed(situation: Situation, backends: readonly Change[]): Finding[] {
  return backends
    .flatMap((machine) => readdressedCards(situation, machine))
    .flatMap((card): Finding[] => {
      const why = `${called(situation, card)} of a forwarder gets another address: the connections through it end.`;
      return [ended(situation, card, why, "")];
    });
}

/** Scale sets that are told to have fewer instances. */
function shrinking(situation: Situation): Finding[] {
  return situation.of(...SCALE_SETS).flatMap((set): Finding[] => {
    const count = set.differences.find(({ path }) => path === "instances");
    if (set.action !== "update" || !count || !(Number(count.after) < Number(count.before))) return [];
    const why = `${called(situation, set)} has ${plainText(count.after)} instances instead of ${plainText(count.before)}: the connections through those that go end.`;
    return [ended(situation, set, why, "")];
  });
}

/** NAT addresses that connections come from, and that are taken away or become others. */
function natAddressesGo(situation: Situation): Finding[] {
  return situation.of("azurerm_private_link_service").flatMap((service): Finding[] => {
    if (service.action !== "update") return [];
    const taken = service.differences.filter(
      ({ path, before, after }) =>
        /^nat_ip_configuration\[\d+\]$/.test(path) && before !== undefined && after === undefined,
    );
    // one that was given and is not any more is refused.
    const others = service.differences.filter(
      ({ path, after }) => /^nat_ip_configuration\[.*\]\.private_ip_address$/.test(path) && after !== undefined,
    );
    if (taken.length + others.length === 0) return [];
    const what = [
      ...(taken.length > 0 ? [`loses ${taken.length} of its NAT addresses`] : []),
      ...(others.length > 0
        ? [`gets another NAT address for ${others.length === 1 ? "one" : `${others.length}`} of its own`]
        : []),
    ];
    const why = `${called(situation, service)} ${what.join(" and ")}: Azure does not say what becomes of the connections that come from there, so they may end; new ones come from those that it has.`;
    return [ended(situation, service, why, "")];
  });
}

function ended({ name }: Situation, { address }: Change, why: string, instead: string): Finding {
  return { kind: "reboot", stack: name, addresses: [address], consumers: [], why, instead };
}
