import { apimHostName, LIVE_APIM_ENDPOINTS } from "../azure/api-management";
import { addressPrefix, addressProblems, ipv4Address, NamedAddress, roomProblems } from "../azure/ip";
import { azureName } from "../azure/names";
import { MAX_ENDPOINTS_PER_SERVICE, requestMessage } from "../azure/private-link";
import { Problem, ruled, under } from "../azure/rule";
import { tagProblems } from "../azure/tags";
import { consumerDnsProblems, consumerNetworkProblems } from "../consumer/consumer-endpoint";
import { networkProblems } from "../provider/apim-vnet";
import { mostInstances, scaleSetProblems } from "../provider/forwarder-scale-set";
import { machineProblems } from "../provider/forwarder-vm";
import { DEFAULT_MACHINES } from "../provider/forwarders";
import { portProblems } from "../guest/forwarding";
import { apimProblems } from "../provider/internal-apim";
import { linuxGuestProblems } from "../provider/linux-guest";
import { loadBalancerProblems } from "../provider/pls-load-balancer";
import { privateLinkServiceProblems } from "../provider/private-link-service";
import { windowsGuestProblems } from "../provider/windows-guest";
import { Visibility } from "../provider/visibility";
import { plannedVisibility, sameTenant } from "./connections";
import { ConsumerSection, Deployment, ProviderSection } from "./schema";

/** What of a deployment file has the right shape; a part that has not is left out, so that the others are judged too. */
export interface SoundParts {
  readonly provider: Partial<ProviderSection>;
  readonly consumers: readonly Partial<ConsumerSection>[];
  readonly tags?: Deployment["tags"];
}

/** What is wrong with a deployment file beyond its shape, by the rules that the constructs keep to. */
export function deploymentProblems(parts: SoundParts): Problem[] {
  return [
    ...under("provider", providerProblems(parts.provider)),
    ...parts.consumers.flatMap((consumer, index) =>
      under(["consumers", index], consumerProblems(consumer, parts.provider)),
    ),
    ...visibilityProblems(parts),
    ...uniquenessProblems(parts),
    ...under("tags", tagProblems(parts.tags ?? {})),
  ];
}

function providerProblems(provider: Partial<ProviderSection>): Problem[] {
  const { network, apim, forwarder, loadBalancer, privateLinkService } = provider;
  // a prefix that is not known does not refuse any address.
  const plsPrefix = network?.subnets.privateLinkService.addressPrefix ?? "";
  return [
    ...ruled("resourceGroup", provider.resourceGroup, azureName.resourceGroup),
    ...(network ? under("network", networkProblems(network, apim?.skuName)) : []),
    ...(apim
      ? under("apim", [
          ...apimProblems(apim),
          ...under(
            "allowedClients",
            (apim.allowedClients ?? []).flatMap((client, index) => ruled(index, client, addressPrefix)),
          ),
        ])
      : []),
    ...(forwarder ? under("forwarder", forwarderProblems(forwarder)) : []),
    ...(loadBalancer ? under("loadBalancer", loadBalancerProblems(loadBalancer, plsPrefix)) : []),
    ...(privateLinkService
      ? under("privateLinkService", privateLinkServiceProblems(privateLinkService, plsPrefix))
      : []),
    ...addressPlanProblems(provider),
  ];
}

function forwarderProblems(forwarder: ProviderSection["forwarder"]): Problem[] {
  const windows = forwarder.operatingSystem === "windows";
  const vmName = windows ? azureName.windowsVirtualMachine : azureName.linuxVirtualMachine;
  const machines = forwarder.virtualMachines ?? [];
  const names = machines.map((machine) => machine.name.toLowerCase());
  const { scaleSet } = forwarder;
  return [
    ...(windows ? windowsGuestProblems(forwarder) : linuxGuestProblems(forwarder)),
    ...portProblems(forwarder.ports),
    ...(scaleSet && forwarder.virtualMachines
      ? [{ path: ["scaleSet"], complaint: "must be left out where there are virtualMachines: choose one of the two" }]
      : []),
    ...(scaleSet
      ? under("scaleSet", [
          ...ruled("name", scaleSet.name, windows ? azureName.windowsScaleSet : azureName.linuxScaleSet),
          ...scaleSetProblems(scaleSet),
        ])
      : []),
    ...machines.flatMap((machine, index) =>
      under(
        ["virtualMachines", index],
        [
          ...ruled("name", machine.name, vmName),
          ...(names.indexOf(machine.name.toLowerCase()) < index
            ? [{ path: ["name"], complaint: `must differ from the others, got "${machine.name}" again` }]
            : []),
          ...ruled("privateIpAddress", machine.privateIpAddress, ipv4Address),
        ],
      ),
    ),
    ...machineProblems(forwarder),
  ];
}

/** Addresses that are given out twice or do not fit, over all that stands in the two subnets. */
function addressPlanProblems(provider: Partial<ProviderSection>): Problem[] {
  const { network, forwarder, loadBalancer, privateLinkService } = provider;
  if (!network || !forwarder || !loadBalancer || !privateLinkService) return [];

  const { privateLinkService: plsSubnet, forwarder: forwarderSubnet } = network.subnets;
  const frontend = { path: ["loadBalancer", "privateIpAddress"], address: loadBalancer.privateIpAddress };
  const nat = (privateLinkService.natIpAddresses ?? []).map((address, index): NamedAddress => ({
    path: ["privateLinkService", "natIpAddresses", index],
    address,
  }));
  const machines = (forwarder.virtualMachines ?? []).flatMap(({ privateIpAddress }, index): NamedAddress[] =>
    privateIpAddress === undefined
      ? []
      : [{ path: ["forwarder", "virtualMachines", index, "privateIpAddress"], address: privateIpAddress }],
  );
  const natIpCount = privateLinkService.natIpAddresses?.length ?? privateLinkService.natIpCount ?? 1;
  const shared = forwarderSubnet === undefined;
  const machineCount = forwarder.scaleSet
    ? mostInstances(forwarder.scaleSet)
    : (forwarder.virtualMachines ?? DEFAULT_MACHINES).length;
  const inPlsSubnet = 1 + natIpCount + (shared ? machineCount : 0);
  const plsPath = ["network", "subnets", "privateLinkService", "addressPrefix"];

  return [
    // what is wrong with one address alone is said by its own part; here only what two of them do to each other.
    ...twins(shared ? [frontend, ...nat, ...machines] : [frontend, ...nat]),
    ...addressProblems(machines, (forwarderSubnet ?? plsSubnet).addressPrefix),
    ...roomProblems(
      { path: plsPath, addressPrefix: plsSubnet.addressPrefix },
      inPlsSubnet,
      shared ? "frontend, NAT addresses, forwarders" : "frontend, NAT addresses",
    ),
    ...(forwarderSubnet
      ? roomProblems(
          { path: ["network", "subnets", "forwarder", "addressPrefix"], addressPrefix: forwarderSubnet.addressPrefix },
          machineCount,
          "forwarders",
        )
      : []),
  ];
}

function twins(addresses: readonly NamedAddress[]): Problem[] {
  return addresses.flatMap(({ path, address }, index) => {
    const twin = addresses.slice(0, index).find((other) => other.address === address && other.path[0] !== path[0]);
    return twin
      ? [{ path, complaint: `must differ from ${twin.path.slice(0, 1).join("")}'s address, got "${address}" again` }]
      : [];
  });
}

function consumerProblems(consumer: Partial<ConsumerSection>, provider: Partial<ProviderSection>): Problem[] {
  const { network, endpoint, dns } = consumer;
  const endpoints = dns?.endpoints ?? LIVE_APIM_ENDPOINTS;
  const apimName = provider.apim?.name;
  const hostNames = apimName === undefined ? [] : endpoints.map((name) => apimHostName(apimName, name));
  return [
    ...ruled("resourceGroup", consumer.resourceGroup, azureName.resourceGroup),
    ...(network ? under("network", consumerNetworkProblems(network)) : []),
    ...ruled(["endpoint", "name"], endpoint?.name, azureName.privateEndpoint),
    ...ruled(["endpoint", "requestMessage"], endpoint?.requestMessage, requestMessage),
    ...(endpoint?.connectBy === "resourceId" && !sameTenant(consumer, provider)
      ? [
          {
            path: ["endpoint", "connectBy"],
            complaint: 'must be "alias" from another tenant than the provider\'s, got "resourceId"',
          },
        ]
      : []),
    ...under("dns", consumerDnsProblems(hostNames, dns?.ttl)),
  ];
}

function visibilityProblems({ provider, consumers }: SoundParts): Problem[] {
  const service = provider.privateLinkService;
  if (!service) return [];
  const path = ["provider", "privateLinkService"];
  const misplaced = (["visibilitySubscriptionIds", "autoApprovalSubscriptionIds"] as const).filter(
    (key) =>
      service[key] !== undefined &&
      (service.visibility === "roleBasedAccessOnly" ||
        (service.visibility === "anyoneWithTheAlias" && key === "visibilitySubscriptionIds")),
  );
  if (misplaced.length > 0) {
    const complaint = `must be left out with visibility ${service.visibility}, which has no such list`;
    return misplaced.map((key) => ({ path: [...path, key], complaint }));
  }
  const visibility = plannedVisibility(service, consumers);
  return [
    ...under(path, visibility.problems()),
    ...consumers.flatMap((consumer, index) =>
      under(["consumers", index], reachProblems(consumer, provider, visibility)),
    ),
  ];
}

/** A consumer that could not see the service, or not in the way it means to connect. */
function reachProblems(
  consumer: Partial<ConsumerSection>,
  provider: Partial<ProviderSection>,
  visibility: Visibility,
): Problem[] {
  const { subscriptionId } = consumer;
  if (visibility.subscriptionIds === undefined) {
    return consumer.endpoint?.connectBy === "alias" || !sameTenant(consumer, provider)
      ? [
          {
            path: ["endpoint", "connectBy"],
            complaint:
              "must be resourceId, in the provider's tenant, with visibility roleBasedAccessOnly; list the subscription with restrictedBySubscription instead",
          },
        ]
      : [];
  }
  return subscriptionId === undefined || visibility.includes(subscriptionId)
    ? []
    : [
        {
          path: ["subscriptionId"],
          complaint: `must be one of the subscriptions that the service is visible to, got "${subscriptionId}"; add it to provider.privateLinkService.visibilitySubscriptionIds`,
        },
      ];
}

/** What two parts of one file would both make in Azure, or call the same in Terraform. */
function uniquenessProblems({ provider, consumers }: SoundParts): Problem[] {
  const names = consumers.map((consumer) => consumer.name);
  const groups = [provider, ...consumers].map(({ subscriptionId, resourceGroup }) =>
    subscriptionId && resourceGroup ? `${subscriptionId}/${resourceGroup.toLowerCase()}` : undefined,
  );
  const seen = new Map(groups.map((group, index) => [group, index] as const).reverse());
  const firstNames = new Map(names.map((name, index) => [name, index] as const).reverse());
  return [
    ...(consumers.length > MAX_ENDPOINTS_PER_SERVICE
      ? [
          {
            path: ["consumers"],
            complaint: `must be at most ${MAX_ENDPOINTS_PER_SERVICE}, the endpoints that one service can have, got ${consumers.length}`,
          },
        ]
      : []),
    ...names.flatMap((name, index) =>
      name !== undefined && firstNames.get(name) !== index
        ? [
            {
              path: ["consumers", index, "name"],
              complaint: `must differ from the other consumers', got "${name}" again`,
            },
          ]
        : [],
    ),
    ...consumers.flatMap(({ resourceGroup }, index) =>
      groups[index + 1] !== undefined && seen.get(groups[index + 1]) !== index + 1
        ? [
            {
              path: ["consumers", index, "resourceGroup"],
              complaint: `must be another than the one already made in this subscription, got "${resourceGroup}" again`,
            },
          ]
        : [],
    ),
  ];
}
