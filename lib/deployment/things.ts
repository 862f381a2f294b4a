import { shown } from "../azure/check";
import { holds } from "../dns/existing-zone";
import { chosenHostNames, HostNames } from "../dns/host-names";
import { hostScoped } from "../dns/private-dns";
import { resourceGroupName } from "../network/resource-group";
import { ConsumerSection } from "./consumer-section";
import { ProviderSection } from "./provider-section";

/** Something that is made once only, in Azure or in Terraform. */
export interface Thing {
  /** What identifies it among all that one file makes. */
  readonly key: string;
  readonly path: readonly PropertyKey[];
  /** What to say to the second who makes it. */
  readonly complaint: string;
  /** Whether it exists already, so that several parts may use it as long as none makes it. */
  readonly shared?: boolean;
}

/** The provider's section or a consumer's, as far as its shape is right. */
export type Side = Partial<ProviderSection> | Partial<ConsumerSection>;

/** All that a side makes which can be made once only. */
export function thingsOf(side: Side, hostNames: HostNames): Thing[] {
  return [...inGroup(side), ...ofConsumer(side, hostNames), ...ofNetwork(side)];
}

/** What identifies the resource group of a side in all of Azure. */
export function groupKey({ subscriptionId, resourceGroup }: Side): string | undefined {
  if (subscriptionId === undefined || resourceGroup === undefined) return undefined;
  return `${subscriptionId}/${resourceGroupName(resourceGroup).toLowerCase()}`;
}

function inGroup(side: Side): Thing[] {
  const group = groupKey(side);
  if (group === undefined || typeof side.resourceGroup !== "string") return [];
  return [
    {
      key: `group ${group}`,
      path: ["resourceGroup"],
      complaint: `must be another than the one already made in this subscription, got ${shown(side.resourceGroup)} again`,
    },
  ];
}

/** A network that is made, or a subnet that is made in one that exists. */
function ofNetwork(side: Side): Thing[] {
  const { network, subscriptionId } = side;
  const group = groupKey(side);
  if (network === undefined || group === undefined || subscriptionId === undefined) return [];
  if (!("existing" in network)) {
    return [
      again("network", `${group}/${network.name}`, ["network", "name"], "of the networks in its group", network.name),
    ];
  }
  const home = `${subscriptionId}/${network.existing.resourceGroup}/${network.existing.name}`;
  const subnets = "subnet" in network ? { subnet: network.subnet } : network.subnets;
  const base = "subnet" in network ? ["network"] : ["network", "subnets"];
  return Object.entries(subnets).flatMap(([role, subnet]): Thing[] => {
    if (subnet === undefined || "existing" in subnet) return [];
    const { name, addressPrefix } = subnet;
    return [
      again("subnet", `${home}/${name}`, [...base, role, "name"], "of the subnets in its network", name),
      again(
        "prefix",
        `${home}/${addressPrefix}`,
        [...base, role, "addressPrefix"],
        "of the subnets in its network",
        addressPrefix,
      ),
    ];
  });
}

/** The zones that a network is linked to; it cannot be linked to two of one name. */
function linkThings(
  side: Side,
  zones: readonly string[],
  existing: readonly { name: string; linked: boolean }[],
): Thing[] {
  const { network, subscriptionId } = side;
  const group = groupKey(side);
  if (network === undefined || group === undefined) return [];
  const home =
    "existing" in network
      ? `${subscriptionId}/${network.existing.resourceGroup}/${network.existing.name}`
      : `${group}/${network.name}`;
  const thing = (kind: string, zone: string, remedy: string, shared?: boolean): Thing => ({
    key: `${kind} ${home}/${zone}`.toLowerCase(),
    path: ["dns"],
    complaint: `must leave ${zone} out: another part of the file links this network to a zone of that name; ${remedy}`,
    shared,
  });
  const leave = "dns.zones: none leaves it to that part";
  return [
    // one part makes the link, and whoever makes a zone of the name has the only one.
    ...zones.flatMap((zone) => [thing("link", zone, leave), thing("zone of", zone, leave)]),
    ...existing.map(({ name, linked }) =>
      linked
        ? thing("zone of", name, "choose that zone", true)
        : thing("link", name, "linked: true if it is the same zone"),
    ),
  ];
}

/** What only consumers make, and the zones of either side. */
function ofConsumer(side: Side, hostNames: HostNames): Thing[] {
  const group = groupKey(side);
  if ("name" in side && side.name !== undefined && group === undefined) return [stackName(side.name)];
  if (group === undefined) return [];
  const dns = side.dns;
  const endpoints = dns !== undefined && "endpoints" in dns ? dns.endpoints : undefined;
  const chosen = chosenHostNames(hostNames, endpoints);
  const zones = dns === undefined ? [] : hostScoped(chosen, dns);
  const zoneThings = zones.map((zone) => ({
    key: `zone ${group}/${zone}`,
    path: ["resourceGroup"],
    complaint: `must be another than where the zone ${zone} is made already; or leave the zones to one of them with dns.zones: none`,
  }));
  const existingZones = dns !== undefined && "existingZones" in dns ? dns.existingZones : [];
  const links = linkThings(side, zones, existingZones);
  if (!("endpoint" in side) && !("reachabilityProbe" in side)) return [...zoneThings, ...links];
  const consumer = side;
  const name = consumer.endpoint?.name ?? "pe-apim";
  const probe = consumer.reachabilityProbe?.name;
  return [
    ...(consumer.name === undefined ? [] : [stackName(consumer.name)]),
    again("endpoint", `${group}/${name}`, ["endpoint", "name"], "of the endpoints in its group", name),
    ...zoneThings,
    ...links,
    ...recordThings(consumer, chosen),
    ...(probe === undefined
      ? []
      : [again("machine", `${group}/${probe}`, ["reachabilityProbe", "name"], "of the machines in its group", probe)]),
  ];
}

/** The records in zones that exist: two consumers cannot give one name two addresses in one zone. */
function recordThings({ subscriptionId, dns }: Partial<ConsumerSection>, hostNames: readonly string[]): Thing[] {
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

function stackName(name: string): Thing {
  return {
    key: `name ${name}`,
    path: ["name"],
    complaint: `must differ from the other consumers', got ${shown(name)} again`,
  };
}

function again(kind: string, key: string, path: readonly PropertyKey[], among: string, value: string): Thing {
  return {
    key: `${kind} ${key}`.toLowerCase(),
    path,
    complaint: `must differ from those ${among} that this file makes, got ${shown(value)} again`,
  };
}
