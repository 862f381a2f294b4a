import { addressProblems, addressSpaceProblems, NamedAddress, roomProblems } from "../azure/ip";
import { PORTS_PER_NAT_ADDRESS } from "../azure/private-link";
import { unlistedRegionProblems, zonesProblem } from "../azure/region";
import { targetProblem } from "../azure/target";
import { check, prefixed, Problem, shown } from "../azure/check";
import { beside } from "../azure/settled";
import { apimHostNames, chosenHostNames, HostNames, otherHostNames } from "../dns/host-names";
import { privateDnsProblems } from "../dns/private-dns-settings";
import { apimPortProblems, apimProblems } from "../provider/apim-settings";
import { Forwarder, forwarderProblems } from "../provider/forwarder-settings";
import { loadBalancerProblems } from "../provider/load-balancer-settings";
import { networkProblems } from "../provider/network-settings";
import {
  directConnectProblems,
  natAddressCount,
  privateLinkServiceProblems,
} from "../provider/private-link-service-settings";
import { addressUse, machineCount } from "./address-plan";
import { givenAddressProblems } from "./given-addresses";
import { ProviderSection } from "./provider-section";

/** What is wrong between the settings of the provider's section; parts that are malformed are left out of it. */
export function providerProblems(provider: Partial<ProviderSection>): Problem[] {
  const { network, apim, target, forwarder, loadBalancer, privateLinkService } = provider;
  const newApim = apim?.kind === "new" ? apim : undefined;
  const plsSubnet = network?.subnets.privateLinkService;
  // a prefix that is not known does not refuse any address.
  const plsPrefix = plsSubnet?.kind === "new" ? plsSubnet.addressPrefix : undefined;
  return [
    ...regionProblems(provider),
    ...(network && (apim !== undefined || target !== undefined)
      ? prefixed("network", networkProblems(network, newApim?.skuName))
      : []),
    ...(newApim
      ? prefixed("apim", [
          ...apimProblems(newApim),
          ...addressSpaceProblems(["allowedClients"], newApim.allowedClients),
        ])
      : []),
    ...hostNameChecks(provider),
    ...(forwarder ? prefixed("forwarder", carrierProblems(forwarder, apim !== undefined)) : []),
    ...(loadBalancer
      ? prefixed("loadBalancer", loadBalancerProblems(loadBalancer, plsPrefix ?? "", forwarder?.ports ?? []))
      : []),
    ...(privateLinkService
      ? prefixed("privateLinkService", privateLinkServiceProblems(privateLinkService, plsPrefix ?? ""))
      : []),
    ...modeProblems(provider),
    ...addressPlanProblems(provider),
    ...(network && privateLinkService
      ? givenAddressProblems({ network, forwarder, loadBalancer, privateLinkService })
      : []),
    ...connectionCountProblems(provider),
  ];
}

/** What is wrong with what carries the connections; with APIM, what the probe asks is first of all APIM's port. */
function carrierProblems(forwarder: Forwarder, toApim: boolean): Problem[] {
  const port = toApim ? apimPortProblems(forwarder.ports) : [];
  return [...port, ...beside(port, forwarderProblems(forwarder))];
}

/** A region that is not known, and zones in a region that has none. */
function regionProblems(provider: Partial<ProviderSection>): Problem[] {
  const { location, allowUnlistedRegion = false, apim, forwarder, loadBalancer } = provider;
  if (location === undefined) return [];
  const inZones = (path: readonly PropertyKey[], zones: unknown) => check(path, zones, () => zonesProblem(location));
  return [
    ...unlistedRegionProblems(location, allowUnlistedRegion),
    ...inZones(["apim", "zones"], apim?.kind === "new" ? apim.zones : undefined),
    ...(forwarder?.virtualMachines ?? []).flatMap(({ zone }, index) =>
      inZones(["forwarder", "virtualMachines", index, "zone"], zone),
    ),
    ...inZones(["forwarder", "scaleSet", "zones"], forwarder?.scaleSet?.zones),
    ...inZones(["loadBalancer", "zones"], loadBalancer?.zones),
  ];
}

/** The host names of the provider's APIM or other service. */
export function providerHostNames({ apim, target }: Partial<ProviderSection>): HostNames {
  if (target !== undefined) return otherHostNames(target.hostNames);
  return apim === undefined ? {} : apimHostNames(apim.name, apim.customDomains);
}

function hostNameChecks(provider: Partial<ProviderSection>): Problem[] {
  const { apim, dns } = provider;
  const own = apim ? Object.values(apimHostNames(apim.name)) : [];
  const hostNames = chosenHostNames(providerHostNames(provider));
  return [
    ...(apim?.customDomains ?? []).flatMap((name, index) =>
      check(["apim", "customDomains", index], name, (domain) =>
        own.includes(domain) ? `must be left out: ${domain} is APIM's own` : undefined,
      ),
    ),
    ...(dns === undefined ? [] : privateDnsProblems(hostNames, dns)).map(({ path, complaint }) => ({
      path: path[0] === "hostNames" ? zonePath(provider, hostNames[Number(path[1])] ?? "") : ["dns", ...path],
      complaint,
    })),
  ];
}

/** What names a host name that cannot be a zone: the APIM instance, or the list that it stands in. */
export function zonePath({ apim, target }: Partial<ProviderSection>, hostName: string): PropertyKey[] {
  const listed = (target?.hostNames ?? apim?.customDomains ?? []).indexOf(hostName);
  const list = target ? ["target", "hostNames"] : ["apim", "customDomains"];
  if (listed >= 0) return [...list, listed];
  return apim?.kind === "existing" ? ["apim", "existing", "name"] : ["apim", "name"];
}

/** What the two ways from the service to APIM need and exclude. */
function modeProblems(provider: Partial<ProviderSection>): Problem[] {
  const { apim, target, forwarder, loadBalancer, privateLinkService, network, location } = provider;
  if (privateLinkService === undefined) return [];
  const parts = { forwarder, loadBalancer };
  const forwarderSubnet = network?.subnets.forwarder;
  return [
    ...(apim !== undefined && target !== undefined
      ? [{ path: ["target"], complaint: "must be left out where there is apim: connections go to one of the two" }]
      : []),
    ...(apim?.kind === "existing" && network?.kind === "new"
      ? [
          {
            path: ["network"],
            complaint: `must be existing: the APIM instance ${apim.name} exists already and is in a network that does, too`,
          },
        ]
      : []),
    ...(privateLinkService.mode === "directConnect"
      ? [
          ...Object.entries({ ...parts, "network.subnets.forwarder": forwarderSubnet }).flatMap(([key, part]) =>
            part === undefined
              ? []
              : [
                  {
                    path: key.split("."),
                    complaint: "must be left out with directConnect, where nothing stands in between",
                  },
                ],
          ),
          ...(location === undefined
            ? []
            : prefixed("privateLinkService", directConnectProblems(privateLinkService, location))),
        ]
      : []),
  ];
}

/** Addresses that are given out twice or do not fit, over all that stands in the two subnets. */
function addressPlanProblems(provider: Partial<ProviderSection>): Problem[] {
  const { network, forwarder, loadBalancer, privateLinkService } = provider;
  if (!network || !privateLinkService) return [];

  const { privateLinkService: plsSubnet, forwarder: forwarderSubnet } = network.subnets;
  const frontend: NamedAddress[] = loadBalancer
    ? [{ path: ["loadBalancer", "privateIpAddress"], address: loadBalancer.privateIpAddress }]
    : [];
  const nat = (privateLinkService.natIpAddresses ?? []).map((address, index): NamedAddress => ({
    path: ["privateLinkService", "natIpAddresses", index],
    address,
  }));
  const machines = (forwarder?.virtualMachines ?? []).flatMap(({ privateIpAddress }, index): NamedAddress[] =>
    privateIpAddress === undefined
      ? []
      : [{ path: ["forwarder", "virtualMachines", index, "privateIpAddress"], address: privateIpAddress }],
  );
  const destination: NamedAddress[] = provider.target
    ? [{ path: ["target", "privateIpAddress"], address: provider.target.privateIpAddress }]
    : [];
  const shared = forwarderSubnet === undefined;
  const machineSubnet = forwarderSubnet ?? plsSubnet;
  const needed = addressUse({ network, forwarder, loadBalancer, privateLinkService });
  const room = (role: "privateLinkService" | "forwarder", what: string) => {
    const subnet = network.subnets[role];
    if (subnet?.kind !== "new") return [];
    const path = ["network", "subnets", role, "addressPrefix"];
    return roomProblems({ path, addressPrefix: subnet.addressPrefix }, needed[role].count, what);
  };
  return [
    // what is wrong with one address alone is said by its own part; here only what two of them do to each other.
    ...twins([...frontend, ...nat, ...machines, ...destination]),
    ...check(["target", "privateIpAddress"], provider.target?.privateIpAddress, (address) =>
      targetProblem(
        address,
        Object.values(network.subnets).flatMap((subnet) => (subnet?.kind === "new" ? [subnet.addressPrefix] : [])),
      ),
    ),
    ...addressProblems(machines, machineSubnet.kind === "new" ? machineSubnet.addressPrefix : ""),
    ...room("privateLinkService", shared ? "frontend, NAT addresses, forwarders" : "frontend, NAT addresses"),
    ...room("forwarder", "forwarders"),
  ];
}

function twins(addresses: readonly NamedAddress[]): Problem[] {
  return addresses.flatMap(({ path, address }, index) => {
    const twin = addresses.slice(0, index).find((other) => other.address === address && other.path[0] !== path[0]);
    return twin
      ? [{ path, complaint: `must differ from ${String(twin.path[0])}'s address, got ${shown(address)} again` }]
      : [];
  });
}

/** More connections than there are source ports: toward each forwarder on the NAT addresses, toward APIM on a forwarder. */
function connectionCountProblems({ privateLinkService, forwarder }: Partial<ProviderSection>): Problem[] {
  const expected = privateLinkService?.expectedConnections;
  if (privateLinkService === undefined || expected === undefined) return [];
  const { mode } = privateLinkService;
  const direct = mode === "directConnect";
  if (!direct && forwarder === undefined) return [];
  const nat = natAddressCount(privateLinkService, mode);
  const machines = machineCount(forwarder);
  const most = PORTS_PER_NAT_ADDRESS * (direct ? nat : machines);
  const with_ = direct ? `${nat} NAT addresses` : `${machines} forwarders`;
  return check(["privateLinkService", "expectedConnections"], expected, (count) =>
    Number.isInteger(count) && count >= 1 && count <= most
      ? undefined
      : `must be a whole number from 1 to ${most}, the source ports of ${with_}, got ${shown(count)}; add some`,
  );
}
