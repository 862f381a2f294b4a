import { AZURE } from "../facts/azure";
import { Change } from "../plan/stack-plan";
import { fingerprint, Value } from "../plan/value";
import { isGone, Situation } from "./situation";

export const MACHINES = ["azurerm_linux_virtual_machine", "azurerm_windows_virtual_machine"];
export const SCALE_SETS = ["azurerm_linux_virtual_machine_scale_set", "azurerm_windows_virtual_machine_scale_set"];
const POOLED = "azurerm_network_interface_backend_address_pool_association";

/** The machines and scale sets that stood behind the load balancer before the change. */
export function backendsOf(situation: Situation): Change[] {
  const pools = situation.of("azurerm_lb_backend_address_pool").map(({ address }) => address);
  const inPool = situation.of(POOLED, ...SCALE_SETS).filter(({ before }) => before);
  const cards = inPool.flatMap(({ address, type }) => (type === POOLED ? situation.needed.direct(address) : []));
  return situation.of(...MACHINES, ...SCALE_SETS).filter(({ address, type, before }) => {
    if (!before) return false;
    const needs = situation.needed.direct(address);
    return SCALE_SETS.includes(type)
      ? needs.some((one) => pools.includes(one))
      : needs.some((one) => one.startsWith("azurerm_network_interface.") && cards.includes(one));
  });
}

/** The association of a machine with the pool, by way of its network interface. */
function membershipsOf(situation: Situation, machine: Change): Change[] {
  const cards = situation.needed.direct(machine.address).filter((one) => one.startsWith("azurerm_network_interface."));
  return situation.of(POOLED).filter(({ address, before }) => {
    return before && situation.needed.direct(address).some((one) => cards.includes(one));
  });
}

/** What happens to a machine that changes in place, where that ends its connections. */
export function rebootOf(change: Change): { readonly path: string; readonly what: string } | undefined {
  if (change.action !== "update") return undefined;
  const reboots = Object.entries(AZURE.reboots[change.type] ?? {});
  return change.differences.flatMap(({ path }) => {
    const plain = path.replace(/\[[^\]]*\]/g, "");
    const found = reboots.find(([argument]) => plain === argument || plain.startsWith(`${argument}.`));
    return found ? [{ path: plain, what: found[1] }] : [];
  })[0];
}

/** Whether a machine stops carrying connections for a while. */
export function stops(situation: Situation, machine: Change): boolean {
  if (machine.action === "replace" && replacedFirst(machine)) return false;
  if (isGone(machine)) return true;
  if (MACHINES.includes(machine.type) && rebootOf(machine)) return true;
  if (emptiedBy(situation, machine)) return true;
  return membershipsOf(situation, machine).some((one) => isGone(one) && !replacedFirst(one));
}

/** How a machine or a scale set that stays leaves the pool, or has no instance any more. */
export function emptiedBy(situation: Situation, machine: Change): string | undefined {
  if (MACHINES.includes(machine.type)) return renamedConfiguration(situation, machine);
  if (machine.action === "update" && has(machine, /^instances$/, none)) return "`instances` becomes 0";
  const pools = /ip_configuration(\[.*\])?\.load_balancer_backend_address_pool_ids$/;
  if (machine.action === "update" && has(machine, pools, none)) return "it leaves the pool";
  const scaled = situation
    .of("azurerm_monitor_autoscale_setting")
    .filter(({ address }) => situation.needs.direct(address).includes(machine.address));
  const atMost = /capacity(\[.*\])?\.maximum$/;
  return scaled.some((one) => has(one, atMost, none)) ? "its autoscale setting allows no instance" : undefined;
}

/** azurerm keeps what pools an interface is in by the name of its configuration: mapFieldsToNetworkInterface of its network package. */
function renamedConfiguration(situation: Situation, machine: Change): string | undefined {
  const needs = situation.needed.direct(machine.address);
  const renamed = situation
    .of("azurerm_network_interface")
    .filter(({ action, address }) => action === "update" && needs.includes(address))
    .filter((card) => has(card, /^ip_configuration\[.*\]\.name$/, (value) => value !== undefined));
  const stays = membershipsOf(situation, machine).every((one) => !isGone(one));
  return renamed.length > 0 && stays
    ? "its IP configuration gets another name, with which it leaves the pool"
    : undefined;
}

const has = ({ differences }: Change, path: RegExp, is: (after: Value | undefined) => boolean): boolean =>
  differences.some((one) => path.test(one.path) && is(one.after));

/** Whether a number or a list is nothing. */
const none = (value: Value | undefined): boolean => ["null", "[]", '"0"'].includes(fingerprint(value));

/** The network interfaces of a machine that stay and get another address. */
export function readdressedCards(situation: Situation, machine: Change): Change[] {
  const needs = situation.needed.direct(machine.address);
  return situation.of("azurerm_network_interface").filter(({ address, action, differences }) => {
    const moves = differences.some(({ path }) => /^ip_configuration\[.*\]\.(private_ip_address|subnet_id)$/.test(path));
    return action === "update" && moves && needs.includes(address);
  });
}

/** Whether the new one is made before the old one goes. */
function replacedFirst({ action, after }: Change): boolean {
  const lifecycle = after?.body.lifecycle as { create_before_destroy?: unknown } | undefined;
  return action === "replace" && lifecycle?.create_before_destroy === true;
}

/** Whether the machines change one after the other: each one waits for another one of them. */
export function takesTurns(situation: Situation, machines: readonly Change[]): boolean {
  const addresses = machines.map(({ address }) => address);
  return machines.every(({ address }) =>
    addresses.every(
      (other) =>
        other === address || situation.needs.all(address).has(other) || situation.needs.all(other).has(address),
    ),
  );
}
