import { sameData } from "../lab";
import { Forwarder } from "../read/model";

/** Whether a machine is made anew: what it is made from differs, or its first data does and no script brings that. */
export function isRemade(now: Forwarder, before: Forwarder): boolean {
  return now.origin !== before.origin || (!sameData(now, before) && !now.upgrade && sameScripts(now, before));
}

/** Whether extensions run the same in two machines. */
export function sameScripts(one: Forwarder, other: Forwarder): boolean {
  return JSON.stringify(one.scripts) === JSON.stringify(other.scripts);
}

/**
 * Machines in the turns in which they are changed: as many at a time as the scale set's policy says, virtual machines one
 * after the other, as Terraform changes them.
 *
 * @param all how many machines the scale set has
 */
export function batches<T extends { readonly forwarder: Forwarder }>(machines: readonly T[], all: number): T[][] {
  const { percent } = machines[0]?.forwarder.upgrade ?? {};
  if (percent === 0) return [];
  const size = percent === undefined ? 1 : Math.max(1, Math.floor((all * percent) / 100));
  return machines.flatMap((_, index) => (index % size === 0 ? [machines.slice(index, index + size)] : []));
}
