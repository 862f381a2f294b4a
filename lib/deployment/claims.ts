import { shown } from "../azure/check";
import { chosenHostNames, HostNames } from "../dns/host-names";
import { hostScoped } from "../dns/private-dns-settings";
import { machinesOf } from "../provider/forwarder-settings";
import { groupKey, madeSubnets, networkKey, Side } from "./sides";

/** A claim to something that is made once only, in Azure or in Terraform. */
export interface Claim {
  /** What identifies it among all that one file makes. */
  readonly key: string;
  readonly path: readonly PropertyKey[];
  /** What to say to the second who makes it. */
  readonly complaint: string;
  /** Whether it exists already, so that several parts may use it as long as none makes it. */
  readonly shared?: boolean;
}

/** What is known of all sides before their claims are compared, so that what cannot collide is not listed. */
export interface Neighbours {
  /** Whether another side has the same group, network or existing zone. */
  shared(key: string): boolean;
  /** Whether no side before had the same host names in the same place; their claims are the same. */
  first(key: string, hostNames: readonly string[]): boolean;
}

/** All that a side makes which can be made once only, as far as another side could make it too. */
export function claimsOf(side: Side, hostNames: HostNames, neighbours: Neighbours): Claim[] {
  return [
    ...ofGroup(side),
    ...ofForwarders(side),
    ...ofConsumer(side),
    ...ofZones(side, hostNames, neighbours),
    ...ofNetwork(side),
  ];
}

function ofGroup(side: Side): Claim[] {
  const group = groupKey(side);
  if (group === undefined || side.resourceGroup?.kind !== "new") return [];
  return [
    {
      key: `group ${group}`,
      path: ["resourceGroup"],
      complaint: `must be another than the one already made in this subscription, got ${shown(side.resourceGroup.name)} again`,
    },
  ];
}

/** A network that is made, and the subnets that are made in one that several can use: the provider's, or one that exists. */
function ofNetwork(side: Side): Claim[] {
  const { network } = side;
  const key = networkKey(side);
  if (network === undefined || key === undefined) return [];
  return [
    ...(network.kind === "new"
      ? [again("network", key, ["network", "name"], "of the networks in its group", network.name)]
      : []),
    ...(network.kind === "new" && "subnet" in network ? [] : madeSubnets(side)).map(({ path, name }) =>
      again("subnet", `${key}/${name}`, [...path, "name"], "of the subnets in its network", name),
    ),
  ];
}

/** The forwarders' machines, which share their names with all others in their group. */
function ofForwarders(side: Side): Claim[] {
  const group = groupKey(side);
  if (group === undefined || !("forwarder" in side) || side.forwarder === undefined) return [];
  return machinesOf(side.forwarder).map(({ name }) => machine(group, ["forwarder", "virtualMachines"], name));
}

/** The stack, the endpoint and the probe's machine of a consumer. */
function ofConsumer(side: Side): Claim[] {
  if (!("endpoint" in side) && !("name" in side)) return [];
  const { name, endpoint, reachabilityProbe: probe } = side;
  const group = groupKey(side);
  return [
    ...(name === undefined ? [] : [stackName(name)]),
    ...(endpoint === undefined || group === undefined
      ? []
      : [
          again(
            "endpoint",
            `${group}/${endpoint.name}`,
            ["endpoint", "name"],
            "of the endpoints in its group",
            endpoint.name,
          ),
        ]),
    ...(probe === undefined || group === undefined ? [] : [machine(group, ["reachabilityProbe", "name"], probe.name)]),
  ];
}

const NO_ZONES: readonly string[] = [];

/** The zones that a side makes. */
export function zonesOf({ dns }: Side, hostNames: HostNames): readonly string[] {
  return dns === undefined ? NO_ZONES : hostScoped(namesOf(dns, hostNames), dns);
}

/** What identifies a zone in all of Azure, by the key of its group. */
export function zoneKey(group: string, name: string): string {
  return `zone ${group}/${name}`.toLowerCase();
}

function namesOf(dns: NonNullable<Side["dns"]>, hostNames: HostNames): readonly string[] {
  return chosenHostNames(hostNames, "endpoints" in dns ? dns.endpoints : undefined);
}

/** The zones that a side makes in its group, the links of its network, and its records in zones that exist. */
function ofZones(side: Side, hostNames: HostNames, neighbours: Neighbours): Claim[] {
  const { dns } = side;
  const group = groupKey(side);
  if (group === undefined || dns === undefined) return [];
  const zones = zonesOf(side, hostNames);
  const home = networkKey(side);
  return [
    ...(neighbours.shared(group) ? listedOnce(neighbours, group, zones) : []).map((zone) => ({
      key: zoneKey(group, zone),
      path: ["resourceGroup"],
      complaint: `must be another than where the zone ${zone} is made already; or leave the zones to one of them with dns.zones: none`,
    })),
    ...(home !== undefined && neighbours.shared(home)
      ? linkClaims(home, listedOnce(neighbours, home, zones), dns.existingZones)
      : []),
    ...recordClaims(side, namesOf(dns, hostNames), neighbours),
  ];
}

/** Host names that are claimed; of those that another side claims in the same place, one is enough to say so. */
function listedOnce(neighbours: Neighbours, key: string, hostNames: readonly string[]): readonly string[] {
  return neighbours.first(key, hostNames) ? hostNames : hostNames.slice(0, 1);
}

/** The zones that a network is linked to; it cannot be linked to two of one name. */
function linkClaims(
  home: string,
  zones: readonly string[],
  existing: readonly { name: string; linked: boolean }[],
): Claim[] {
  const claim = (kind: string, zone: string, remedy: string, shared?: boolean): Claim => ({
    key: `${kind} ${home}/${zone}`.toLowerCase(),
    path: ["dns"],
    complaint: `must leave ${zone} out: another part of the file links this network to a zone of that name; ${remedy}`,
    shared,
  });
  const leave = "dns.zones: none leaves it to that part";
  return [
    // one part makes the link, and whoever makes a zone of the name has the only one.
    ...zones.flatMap((zone) => [claim("link", zone, leave), claim("zone of", zone, leave)]),
    ...existing.map(({ name, linked }) =>
      linked
        ? claim("zone of", name, "choose that zone", true)
        : claim("link", name, "linked: true if it is the same zone"),
    ),
  ];
}

/** What identifies an existing zone that a side uses. */
export function existingZoneKeys({ subscriptionId, dns }: Side): string[] {
  return (dns?.existingZones ?? []).map((zone) =>
    `record ${zone.subscriptionId ?? subscriptionId}/${zone.resourceGroup}/${zone.name}`.toLowerCase(),
  );
}

/** The records in zones that exist: two consumers cannot give one name two addresses in one zone. */
function recordClaims(side: Side, hostNames: readonly string[], neighbours: Neighbours): Claim[] {
  const keys = existingZoneKeys(side);
  return (side.dns?.existingZones ?? []).flatMap((zone, index) => {
    const key = keys[index] ?? "";
    if (!neighbours.shared(key)) return [];
    const held = hostNames.filter((hostName) => `.${hostName}`.endsWith(`.${zone.name}`));
    return (neighbours.first(key, hostNames) ? held : held.slice(0, 1)).map((hostName) => ({
      key: `${key}/${hostName}`.toLowerCase(),
      path: ["dns", "existingZones", index, "name"],
      complaint: `must be another zone than where ${hostName} has a record already, got ${shown(zone.name)} again`,
    }));
  });
}

function stackName(name: string): Claim {
  return {
    key: `name ${name}`,
    path: ["name"],
    complaint: `must differ from the other consumers', got ${shown(name)} again`,
  };
}

function machine(group: string, path: readonly PropertyKey[], name: string): Claim {
  return again("machine", `${group}/${name}`, path, "of the machines in its group", name);
}

function again(kind: string, key: string, path: readonly PropertyKey[], among: string, value: string): Claim {
  return {
    key: `${kind} ${key}`.toLowerCase(),
    path,
    complaint: `must differ from those ${among} that this file makes, got ${shown(value)} again`,
  };
}
