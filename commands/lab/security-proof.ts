import { callFrom } from "./calls";
import { diagnose } from "./diagnose";
import type { Lab } from "./lab";
import { Outcome } from "./report";
import { SecurityGroup, SecurityRule } from "./security-groups";

/** Takes the rules away that let calls reach APIM, and sees whether its security group is named as the broken hop. */
export async function securityProof(lab: Lab): Promise<Outcome> {
  const place = lab.places[0];
  const groups = lab.design.apim.nic.subnet.groups;
  if (!place) return { hop: "private endpoint", why: "there is none" };
  if (groups.length === 0)
    return { hop: "apim network security group", why: "APIM's subnet has none, which Azure refuses" };
  const host = place.consumer.hostNames[0] ?? "";
  const ports = new Set(lab.design.rules.map(({ backendPort }) => backendPort));
  const taken = groups.flatMap((group) => takeAway(group, (rule) => admits(rule, ports)));
  const denied: SecurityRule = {
    ...{ name: "taken-away", priority: 4097, inbound: true, allow: false, protocol: "*" },
    ...{ sources: ["*"], sourcePorts: ["*"], destinations: ["*"], destinationPorts: ["*"] },
  };
  groups[0]?.rules.push(denied);
  await lab.guard();
  const called = await callFrom(lab, place, host, 443, 2);
  const found = called.ok ? undefined : await diagnose(lab, place, host);
  groups[0]?.rules.pop();
  for (const { group, rule } of taken) group.rules.push(rule);
  await lab.guard();
  if (found?.hop === "apim network security group") {
    return `without ${taken.map(({ rule }) => rule.name).join(", ")} the broken hop is ${found.hop}`;
  }
  return {
    hop: "apim network security group",
    why: found ? `the ${found.hop} was named instead` : "calls arrive without any rule",
  };
}

function admits(rule: SecurityRule, ports: ReadonlySet<number>): boolean {
  const hits = rule.destinationPorts.some((range) => {
    const [first = 0, last = first] = range.split("-").map(Number);
    return range === "*" || [...ports].some((port) => port === 0 || (first <= port && port <= last));
  });
  return rule.inbound && rule.allow && hits;
}

function takeAway(
  group: SecurityGroup,
  which: (rule: SecurityRule) => boolean,
): { group: SecurityGroup; rule: SecurityRule }[] {
  const rules = group.rules.filter(which);
  for (const rule of rules) group.rules.splice(group.rules.indexOf(rule), 1);
  return rules.map((rule) => ({ group, rule }));
}
