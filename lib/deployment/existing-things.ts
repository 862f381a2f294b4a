import { check, pathText, Problem, shown } from "../azure/check";
import { HostNames } from "../dns/host-names";
import { zoneKey, zonesOf } from "./claims";
import { StateSettings } from "./state-settings";
import { groupKey, groupKeyOf, madeSubnets, networkKey, PlacedSide, Side, subnetsOf } from "./sides";

/** Something that a side says exists. */
interface Use {
  readonly path: readonly PropertyKey[];
  readonly key: string;
  readonly name: string;
}

/**
 * Things that are said to exist although the same file makes them: Terraform would look for them before they are there.
 * Only the network that the provider makes, and the subnets in it, can be used so: consumers are deployed after it.
 */
export function existingThingsProblems(sides: readonly PlacedSide[], hostNames: HostNames): Problem[] {
  const makers = makersOf(sides, hostNames);
  const [provider] = sides;
  const provided = provider?.side.network?.kind === "new" ? networkKey(provider.side) : undefined;
  return sides.flatMap(({ path, side }) => {
    const uses = [...ofGroup(side), ...(networkKey(side) === provided ? [] : ofNetwork(side)), ...ofZones(side)];
    return [...uses, ...ofSubnets(side), ...ofApim(side)].flatMap((parts) => {
      const [problem] = parts.flatMap(({ path: place, key, name }): Problem[] => {
        const maker = makers.get(key);
        if (maker === undefined) return [];
        const complaint = `must exist before this deployment, but ${pathText(maker)} makes ${shown(name)}`;
        return [{ path: [...path, ...place], complaint }];
      });
      return problem ?? [];
    });
  });
}

/** A state in a group that the same file makes: it is not there when Terraform looks for its state, and goes with the group. */
export function stateGroupProblems(sides: readonly PlacedSide[], state: StateSettings): Problem[] {
  if (state.backend !== "azurerm") return [];
  const { subscriptionId, resourceGroupName } = state;
  const key = groupKeyOf(subscriptionId, resourceGroupName);
  const maker = sides.find(({ side }) => side.resourceGroup?.kind === "new" && groupKey(side) === key);
  return check(
    ["state", "resourceGroupName"],
    maker,
    () =>
      `must exist before this deployment, whose state is kept there, but ${pathText(maker?.path ?? [])} makes ${shown(resourceGroupName)}; choose a group that stays`,
  );
}

/** Who makes what, by keys that tell the kinds of things apart. */
function makersOf(sides: readonly PlacedSide[], hostNames: HostNames): ReadonlyMap<string, readonly PropertyKey[]> {
  const makers = new Map<string, readonly PropertyKey[]>();
  const zoneGroups = new Set(sides.flatMap(({ side }) => groupsOfZones(side)));
  sides.forEach(({ path, side }, index) => {
    const network = networkKey(side);
    const group = groupKey(side) ?? "";
    // what the provider makes in networks is there when consumers come.
    const inNetworks = index > 0 && network !== undefined;
    const keys = [
      ...(side.resourceGroup?.kind === "new" ? [`group ${groupKey(side)}`] : []),
      ...(zoneGroups.has(group) ? zonesOf(side, hostNames) : []).map((zone) => zoneKey(group, zone)),
      ...(inNetworks && side.network?.kind === "new" ? [`network ${network}`] : []),
      ...(inNetworks ? madeSubnets(side).map(({ name }) => subnetKey(network, name)) : []),
    ];
    for (const key of keys) if (!makers.has(key)) makers.set(key, path);
  });
  return makers;
}

function subnetKey(network: string, name: string): string {
  return `subnet ${network}/${name.toLowerCase()}`;
}

// each list names one thing by its parts, of which the first that is made here is complained of.

function ofGroup(side: Side): Use[][] {
  const { resourceGroup } = side;
  if (resourceGroup?.kind !== "existing") return [];
  return [[{ path: ["resourceGroup"], key: `group ${groupKey(side)}`, name: resourceGroup.name }]];
}

function ofNetwork(side: Side): Use[][] {
  const { network, subscriptionId } = side;
  if (network?.kind !== "existing" || subscriptionId === undefined) return [];
  const path = ["network", "existing"];
  return [
    [
      { path: [...path, "name"], key: `network ${networkKey(side)}`, name: network.name },
      { path: [...path, "resourceGroup"], ...inGroup(subscriptionId, network.resourceGroup) },
    ],
  ];
}

function ofSubnets(side: Side): Use[][] {
  const network = networkKey(side);
  if (network === undefined) return [];
  return subnetsOf(side).flatMap(({ path, subnet: { kind, name } }) =>
    kind === "existing" ? [[{ path: [...path, "existing"], key: subnetKey(network, name), name }]] : [],
  );
}

function ofApim(side: Side): Use[][] {
  if (!("apim" in side) || side.apim?.kind !== "existing" || side.subscriptionId === undefined) return [];
  return [[{ path: ["apim", "existing", "resourceGroup"], ...inGroup(side.subscriptionId, side.apim.resourceGroup) }]];
}

function ofZones({ dns, subscriptionId }: Side): Use[][] {
  return (dns?.existingZones ?? []).flatMap((zone, index) => {
    const account = zone.subscriptionId ?? subscriptionId;
    if (account === undefined) return [];
    const path = ["dns", "existingZones", index];
    const key = zoneKey(groupKeyOf(account, zone.resourceGroup), zone.name);
    return [
      [
        { path: [...path, "name"], key, name: zone.name },
        { path: [...path, "resourceGroup"], ...inGroup(account, zone.resourceGroup) },
      ],
    ];
  });
}

/** The groups in which a side says that zones exist. */
function groupsOfZones({ dns, subscriptionId }: Side): string[] {
  return (dns?.existingZones ?? []).map((zone) =>
    groupKeyOf(zone.subscriptionId ?? subscriptionId ?? "", zone.resourceGroup),
  );
}

function inGroup(subscriptionId: string, name: string) {
  return { key: `group ${groupKeyOf(subscriptionId, name)}`, name };
}
