import { Lab } from "../lab";
import { Break } from "../read/chain";
import { SecurityGroup, SecurityRule } from "../read/security-groups";
import { callFrom, mainPort } from "./calls";
import { diagnose } from "./diagnose";
import { Outcome } from "./report";

/** Takes the rules away that let calls pass, and sees whether the security group is named as the broken hop. */
export async function securityProof(lab: Lab): Promise<Outcome> {
  const place = lab.places[0];
  const guard = guardOf(lab);
  if (!place) return { hop: "private endpoint", why: "there is none" };
  if (!guard && someoneElses(lab)) return "not asked: the subnets and their security groups are there already";
  if (!guard)
    return { hop: "apim network security group", why: "there is none on the way, and Azure refuses APIM without" };
  const host = place.consumer.hostNames[0] ?? "";
  const ports = new Set(lab.design.rules.map(({ backendPort }) => backendPort));
  const taken = guard.groups.map((group) => ({ group, rules: takeAway(group, (rule) => admits(rule, ports)) }));
  for (const group of guard.groups) group.rules.push(DENY_ALL);
  await lab.guard();
  const called = await callFrom(lab, place, host, mainPort(lab, place), 1);
  const found = called.ok ? undefined : await diagnose(lab, place, host);
  for (const { group, rules } of taken) {
    group.rules.splice(group.rules.indexOf(DENY_ALL), 1);
    group.rules.push(...rules);
  }
  await lab.guard();
  const names = taken.flatMap(({ rules }) => rules.map(({ name }) => name)).join(", ");
  if (found?.hop === guard.hop) return `without ${names} the broken hop is ${found.hop}`;
  return {
    hop: guard.hop,
    why: found ? `without ${names} the ${found.hop} was named` : "calls arrive without any rule",
  };
}

// what Azure has at the end of every group, in case a rule of the design comes before that lets everything in.
const DENY_ALL: SecurityRule = {
  ...{ name: "taken-away", priority: 4097, inbound: true, allow: false, protocol: "*" },
  ...{ sources: ["*"], sourcePorts: ["*"], destinations: ["*"], destinationPorts: ["*"] },
};

/** The groups that guard APIM, or else, where APIM is somebody else's, the forwarders. */
function guardOf(lab: Lab): { hop: Break["hop"]; groups: SecurityGroup[] } | undefined {
  const { apim, forwarders } = lab.design;
  const last = apim.nic.subnet.groups;
  if (last.length > 0) return { hop: "apim network security group", groups: last };
  const groups = [...new Set(forwarders.flatMap(({ nic }) => [...nic.subnet.groups, ...nic.groups]))];
  return groups.length > 0 && apim.existing ? { hop: "forwarder network security group", groups } : undefined;
}

/** Whether the subnets on the way are somebody else's, with whatever groups they have. */
function someoneElses({ design: { apim, forwarders } }: Lab): boolean {
  return !apim.nic.subnet.made && (!apim.existing || forwarders.every(({ nic }) => !nic.subnet.made));
}

function admits(rule: SecurityRule, ports: ReadonlySet<number>): boolean {
  const hits = rule.destinationPorts.some((range) => {
    const [first = 0, last = first] = range.split("-").map(Number);
    return range === "*" || [...ports].some((port) => port === 0 || (first <= port && port <= last));
  });
  return rule.inbound && rule.allow && hits;
}

function takeAway(group: SecurityGroup, which: (rule: SecurityRule) => boolean): SecurityRule[] {
  const rules = group.rules.filter(which);
  for (const rule of rules) group.rules.splice(group.rules.indexOf(rule), 1);
  return rules;
}
