import { fingerprint } from "../plan/value";
import { Change } from "../plan/stack-plan";
import { Remark } from "./finding";
import { afterOf, beforeOf, called, isGone, Situation } from "./situation";

const ASSOCIATION = "azurerm_subnet_network_security_group_association";

/** Subnets without a security group, in which something stands: for good, or for a while. */
export function unguarded(situation: Situation): Remark[] {
  return [...losing(situation), ...exchanging(situation), ...movingOut(situation)];
}

function losing(situation: Situation): Remark[] {
  const guarded = situation
    .of(ASSOCIATION)
    .filter(({ after }) => after)
    .map((one) => fingerprint(afterOf(situation, one).subnet_id));
  return situation
    .of(ASSOCIATION)
    .filter((one) => one.action === "destroy" && !guarded.includes(fingerprint(beforeOf(situation, one).subnet_id)))
    .filter((one) =>
      situation.needed
        .direct(one.address)
        .some((address) => address.startsWith("azurerm_subnet.") && situation.plan.changes.get(address)?.after),
    )
    .map((one) => ({
      addresses: [one.address],
      why: "A subnet loses its security group: everything in the network, and in networks that are joined to it, reaches what stands there.",
      instead: "Keep the association, or give the subnet another group in the same change.",
    }));
}

/** Subnets that stay while their security group is exchanged: azurerm takes the old one off before it puts the new one on. */
function exchanging(situation: Situation): Remark[] {
  const stays = (address: string): boolean => {
    const subnet = situation.plan.changes.get(address);
    return address.startsWith("azurerm_subnet.") && subnet !== undefined && !isGone(subnet);
  };
  return situation
    .of(ASSOCIATION)
    .filter(({ address, action }) => action === "replace" && situation.needs.direct(address).some(stays))
    .map(({ address }) => ({
      addresses: [address],
      why: "A subnet has no security group for some seconds, until it gets the other one: everything in the network reaches what stands there meanwhile, and an APIM instance, which needs a group to be reached, may not answer.",
      instead: "Keep the group and its name, and change its rules.",
    }));
}

/** What is put into a subnet of the stack that has no security group. */
function movingOut(situation: Situation): Remark[] {
  // a stack of its own is a design, and reviewed as one.
  if (situation.change === "added") return [];
  const guarded = new Set(
    situation
      .of(ASSOCIATION)
      .filter(({ after }) => after)
      .flatMap(({ address }) => situation.needs.direct(address)),
  );
  const subnets = (change: Change, of: Situation["needs"]): string[] =>
    of.direct(change.address).filter((address) => address.startsWith("azurerm_subnet."));
  return [...situation.plan.changes.values()]
    .filter(({ type, after }) => after && /_network_interface$|_machine_scale_set$|_api_management$/.test(type))
    .filter((change) => {
      const old = change.before ? subnets(change, situation.needed) : [];
      return subnets(change, situation.needs).some((one) => !guarded.has(one) && !old.includes(one));
    })
    .map((change) => ({
      addresses: [change.address],
      why: `${called(situation, change)} stands in a subnet without a security group: everything in the network, and in networks that are joined to it, reaches it.`,
      instead: "Give the subnet a group that lets in what has to come in.",
    }));
}
