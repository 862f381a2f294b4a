import { check, Problem, shown } from "../azure/check";
import { firstAddresses, NamedAddress } from "../azure/ip";
import { addressUse, machineCount } from "./address-plan";
import { ProviderSection } from "./provider-section";

/** The parts of a provider that take addresses. */
export type PlacedParts = Pick<ProviderSection, "forwarder" | "loadBalancer" | "privateLinkService" | "network">;

/** The addresses that a file gives, by what gets them. */
export function givenAddresses({ forwarder, loadBalancer, privateLinkService }: PlacedParts) {
  return {
    frontend: (loadBalancer ? [loadBalancer] : []).map(({ privateIpAddress: address }): NamedAddress => ({
      path: ["loadBalancer", "privateIpAddress"],
      address,
    })),
    nat: (privateLinkService.natIpAddresses ?? []).map((address, index): NamedAddress => ({
      path: ["privateLinkService", "natIpAddresses", index],
      address,
    })),
    machines: (forwarder?.virtualMachines ?? []).flatMap(({ privateIpAddress: address }, index): NamedAddress[] =>
      address === undefined ? [] : [{ path: ["forwarder", "virtualMachines", index, "privateIpAddress"], address }],
    ),
  };
}

/** What stands in one subnet beside the load balancer's frontend, whose address is taken before any other. */
interface Tenants {
  readonly subnet: ProviderSection["network"]["subnets"]["privateLinkService"];
  /** Addresses that the file gives. */
  readonly given: readonly NamedAddress[];
  /** How many addresses Azure is left to choose. */
  readonly dynamic: number;
}

/**
 * Given addresses that Azure may give to something else of ours first. It gives out a subnet's addresses from the bottom,
 * machines and the Private Link Service are made at the same time, and machines of a scale set come and go later. So a given
 * address is safe where Azure has nothing to choose, or where it lies above all that Azure comes to choose; in a subnet that
 * exists, with others in it, only the first.
 * https://learn.microsoft.com/azure/virtual-network/ip-services/private-ip-addresses#allocation-method
 */
export function givenAddressProblems(provider: PlacedParts): Problem[] {
  const { forwarder: forwarderSubnet } = provider.network.subnets;
  const use = addressUse(provider);
  return tenantsOf(provider).flatMap(({ subnet, given, dynamic }) => {
    if (dynamic === 0) return [];
    const { count } =
      forwarderSubnet !== undefined && subnet === forwarderSubnet ? use.forwarder : use.privateLinkService;
    const risky = subnet.kind === "new" ? firstAddresses(subnet.addressPrefix, count) : undefined;
    const first = new Set(risky);
    const reach = risky && `the first ${count} that Azure gives out, ${risky[0]} to ${risky.at(-1)}`;
    return given.flatMap(({ path, address }) =>
      check(path, address, () => {
        if (reach === undefined) {
          return `must be left out in a subnet that exists, where Azure may give ${shown(address)} to another first, unless every machine and NAT address there is given`;
        }
        return first.has(address)
          ? `must lie above ${reach}, which others of this deployment may get before, got ${shown(address)}; or give every machine and NAT address there`
          : undefined;
      }),
    );
  });
}

function tenantsOf(provider: PlacedParts): Tenants[] {
  const { privateLinkService: plsSubnet, forwarder: forwarderSubnet } = provider.network.subnets;
  const { nat, machines } = givenAddresses(provider);
  const dynamicMachines = machineCount(provider.forwarder) - machines.length;
  // Azure chooses all NAT addresses or none.
  const dynamicNat = nat.length > 0 ? 0 : 1;
  return forwarderSubnet === undefined
    ? [{ subnet: plsSubnet, given: [...nat, ...machines], dynamic: dynamicNat + dynamicMachines }]
    : [
        { subnet: plsSubnet, given: nat, dynamic: dynamicNat },
        { subnet: forwarderSubnet, given: machines, dynamic: dynamicMachines },
      ];
}
