import { addressSpaceProblems } from "../azure/ip";
import { PORTS_PER_NAT_ADDRESS } from "../azure/private-link";
import { unlistedRegionProblems, zonesProblem } from "../azure/region";
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
import { addressPlanProblems } from "./address-checks";
import { machineCount } from "./address-plan";
import { ProviderSection } from "./provider-section";
import { LEFT_OUT_WITH_DIRECT_CONNECT } from "./well-formed";

/** What is wrong between the settings of the provider's section; parts that are malformed are left out of it. */
export function providerProblems(provider: Partial<ProviderSection>): Problem[] {
  const { network, apim, target, forwarder, loadBalancer, privateLinkService } = provider;
  const newApim = apim?.kind === "new" ? apim : undefined;
  const plsSubnet = network?.subnets.privateLinkService;
  // a prefix that is not known does not refuse any address.
  const plsPrefix = plsSubnet?.kind === "new" ? plsSubnet.addressPrefix : undefined;
  const given = [
    ...(loadBalancer
      ? prefixed("loadBalancer", loadBalancerProblems(loadBalancer, plsPrefix ?? "", forwarder?.ports ?? []))
      : []),
    ...(privateLinkService
      ? prefixed("privateLinkService", privateLinkServiceProblems(privateLinkService, plsPrefix ?? ""))
      : []),
  ];
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
    ...given,
    ...modeProblems(provider),
    // an address that is wrong by itself need not be compared.
    ...beside(given, addressPlanProblems(provider)),
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
                    complaint: LEFT_OUT_WITH_DIRECT_CONNECT,
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
  const carriers = direct ? counted(nat, "NAT address", "es") : counted(machines, "forwarder", "s");
  return check(["privateLinkService", "expectedConnections"], expected, (count) =>
    Number.isInteger(count) && count >= 1 && count <= most
      ? undefined
      : `must be a whole number from 1 to ${most}, the source ports of ${carriers}, got ${shown(count)}${count > most ? `; add ${direct ? "NAT addresses" : "forwarders"}` : ""}`,
  );
}

function counted(count: number, one: string, plural: string): string {
  return `${count} ${one}${count === 1 ? "" : plural}`;
}
