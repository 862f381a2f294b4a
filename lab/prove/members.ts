import { GuestMachine } from "../guest/guest-machine";
import { Lab } from "../lab";
import { Break } from "../read/chain";
import { LoadBalancerRule, Service } from "../read/model";
import { sleep, until } from "../shell";

/** A machine, a rule that sends connections to it, and the service in front. */
export interface Membership {
  readonly machine: GuestMachine;
  readonly rule: LoadBalancerRule;
  readonly service: Service;
}

/** Every membership of a machine in a pool that a service leads to. */
export function memberships(lab: Lab): Membership[] {
  const found = new Map<string, Membership>();
  for (const { way } of lab.endpoints()) {
    for (const { rule, members } of way.rules) {
      for (const machine of lab.machines.filter(({ forwarder }) => members.includes(forwarder))) {
        if (way.service) found.set(`${machine.namespace} ${rule.name}`, { machine, rule, service: way.service });
      }
    }
  }
  return [...found.values()];
}

/** Waits until every probe is up, for as long as that may take. */
export function allUp(lab: Lab): Promise<boolean> {
  return until(() => lab.balancer.upCount().up === lab.balancer.upCount().of, lab.balancer.window + 12_000);
}

/** Looks twice: a machine that has just booted may need a moment. */
export async function persistent(look: () => Promise<Break | undefined>): Promise<Break | undefined> {
  const first = await look();
  if (!first) return undefined;
  await sleep(1_500);
  return look();
}
