import { shown } from "../azure/check";
import { chosenHostNames, HostNames } from "../dns/host-names";
import { holds, hostScoped } from "../dns/private-dns-settings";
import { ConsumerSection } from "./consumer-section";
import { ProviderSection } from "./provider-section";

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

/** The provider's section or a consumer's, as far as it is well-formed. */
export type Side = Partial<ProviderSection> | Partial<ConsumerSection>;

/** All that a side makes which can be made once only. */
export function claimsOf(side: Side, hostNames: HostNames): Claim[] {
  return [...ofGroup(side), ...ofConsumer(side), ...ofZones(side, hostNames), ...ofNetwork(side)];
}

/** What identifies the resource group of a side in all of Azure. */
export function groupKey({ subscriptionId, resourceGroup }: Side): string | undefined {
  if (subscriptionId === undefined || resourceGroup === undefined) return undefined;
  return `${subscriptionId}/${resourceGroup.name.toLowerCase()}`;
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

/** A network that is made, or a subnet that is made in one that exists. */
function ofNetwork(side: Side): Claim[] {
  const { network, subscriptionId } = side;
  const group = groupKey(side);
  if (network === undefined || group === undefined || subscriptionId === undefined) return [];
  if (network.kind === "new") {
    return [
      again("network", `${group}/${network.name}`, ["network", "name"], "of the networks in its group", network.name),
    ];
  }
  const home = `${subscriptionId}/${network.resourceGroup}/${network.name}`;
  const subnets = "subnet" in network ? { subnet: network.subnet } : network.subnets;
  const base = "subnet" in network ? ["network"] : ["network", "subnets"];
  return Object.entries(subnets).flatMap(([role, subnet]): Claim[] => {
    if (subnet?.kind !== "new") return [];
    const { name, addressPrefix } = subnet;
    const claim = (kind: string, key: string, value: string) =>
      again(kind, `${home}/${value}`, [...base, role, key], "of the subnets in its network", value);
    return [claim("subnet", "name", name), claim("prefix", "addressPrefix", addressPrefix)];
  });
}

/** The stack, the endpoint and the probe's machine of a consumer. */
function ofConsumer(side: Side): Claim[] {
  if (!("endpoint" in side) && !("name" in side)) return [];
  const { name, endpoint, reachabilityProbe: probe } = side;
  const group = groupKey(side);
  const inGroup = (kind: string, path: readonly PropertyKey[], among: string, value: string | undefined): Claim[] =>
    value === undefined || group === undefined ? [] : [again(kind, `${group}/${value}`, path, among, value)];
  return [
    ...(name === undefined ? [] : [stackName(name)]),
    ...inGroup("endpoint", ["endpoint", "name"], "of the endpoints in its group", endpoint?.name),
    ...inGroup("machine", ["reachabilityProbe", "name"], "of the machines in its group", probe?.name),
  ];
}

/** The zones that a side makes in its group, the links of its network, and its records in zones that exist. */
function ofZones(side: Side, hostNames: HostNames): Claim[] {
  const { dns } = side;
  const group = groupKey(side);
  if (group === undefined || dns === undefined) return [];
  const chosen = chosenHostNames(hostNames, "endpoints" in dns ? dns.endpoints : undefined);
  const zones = hostScoped(chosen, dns);
  return [
    ...zones.map((zone) => ({
      key: `zone ${group}/${zone}`,
      path: ["resourceGroup"],
      complaint: `must be another than where the zone ${zone} is made already; or leave the zones to one of them with dns.zones: none`,
    })),
    ...linkClaims(side, zones, dns.existingZones),
    ...recordClaims(side, chosen),
  ];
}

/** The zones that a network is linked to; it cannot be linked to two of one name. */
function linkClaims(
  side: Side,
  zones: readonly string[],
  existing: readonly { name: string; linked: boolean }[],
): Claim[] {
  const { network, subscriptionId } = side;
  const group = groupKey(side);
  if (network === undefined || group === undefined) return [];
  const home =
    network.kind === "existing"
      ? `${subscriptionId}/${network.resourceGroup}/${network.name}`
      : `${group}/${network.name}`;
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

/** The records in zones that exist: two consumers cannot give one name two addresses in one zone. */
function recordClaims({ subscriptionId, dns }: Side, hostNames: readonly string[]): Claim[] {
  return (dns?.existingZones ?? []).flatMap((zone, index) =>
    hostNames
      .filter((hostName) => holds(zone, hostName))
      .map((hostName) => ({
        key: `record ${zone.subscriptionId ?? subscriptionId}/${zone.resourceGroup}/${zone.name}/${hostName}`.toLowerCase(),
        path: ["dns", "existingZones", index, "name"],
        complaint: `must be another zone than where ${hostName} has a record already, got ${shown(zone.name)} again`,
      })),
  );
}

function stackName(name: string): Claim {
  return {
    key: `name ${name}`,
    path: ["name"],
    complaint: `must differ from the other consumers', got ${shown(name)} again`,
  };
}

function again(kind: string, key: string, path: readonly PropertyKey[], among: string, value: string): Claim {
  return {
    key: `${kind} ${key}`.toLowerCase(),
    path,
    complaint: `must differ from those ${among} that this file makes, got ${shown(value)} again`,
  };
}
