import { AZURE } from "../facts/azure";
import { Finding } from "./finding";
import { backendsOf, MACHINES, rebootOf } from "./path";
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

/** What is powered off, or rolled instance by instance. */
export function reboots(situation: Situation): Finding[] {
  const backends = new Set(backendsOf(situation).map(({ address }) => address));
  return [...situation.plan.changes.values()].flatMap((change): Finding[] => {
    const reboot = rebootOf(change);
    if (reboot === undefined) return [];
    const others = [...backends].filter((address) => address !== change.address).length;
    const alone = MACHINES.includes(change.type) && backends.has(change.address) && others === 0;
    return [
      {
        kind: "reboot",
        stack: situation.name,
        addresses: [change.address],
        consumers: [],
        why: `${code(reboot.path)} of ${called(situation, change)} changes: ${reboot.what}${alone ? "; it is the only forwarder" : ""}.`,
        instead: alone ? "Add a second forwarder first." : "",
      },
    ];
  });
}
