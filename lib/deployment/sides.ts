import { ConsumerSection } from "./consumer-section";
import { ProviderSection } from "./provider-section";

/** The provider's section or a consumer's, as far as it is well-formed. */
export type Side = Partial<ProviderSection> | Partial<ConsumerSection>;

/** A side with its place in the file. */
export interface PlacedSide {
  readonly path: readonly PropertyKey[];
  readonly side: Side;
}

/** The provider and the consumers, each in its place. */
export function sidesOf(
  provider: Partial<ProviderSection> | undefined,
  consumers: readonly Partial<ConsumerSection>[],
): PlacedSide[] {
  return [
    { path: ["provider"], side: provider ?? {} },
    ...consumers.map((side, index) => ({ path: ["consumers", index], side })),
  ];
}

/** What identifies a resource group in all of Azure. */
export function groupKeyOf(subscriptionId: string, name: string): string {
  return `${subscriptionId}/${name}`.toLowerCase();
}

/** What identifies the resource group of a side in all of Azure. */
export function groupKey({ subscriptionId, resourceGroup }: Side): string | undefined {
  if (subscriptionId === undefined || resourceGroup === undefined) return undefined;
  return groupKeyOf(subscriptionId, resourceGroup.name);
}

/** What identifies the network of a side, made or existing, in all of Azure. */
export function networkKey(side: Side): string | undefined {
  const { network, subscriptionId } = side;
  if (network === undefined || subscriptionId === undefined) return undefined;
  const group = network.kind === "existing" ? groupKeyOf(subscriptionId, network.resourceGroup) : groupKey(side);
  return group === undefined ? undefined : `${group}/${network.name.toLowerCase()}`;
}

/** The subnets of a side with their places in its section. */
export function subnetsOf({ network }: Side) {
  if (network === undefined) return [];
  if ("subnet" in network) return [{ path: ["network", "subnet"], subnet: network.subnet }];
  return Object.entries(network.subnets).flatMap(([role, subnet]) =>
    subnet === undefined ? [] : [{ path: ["network", "subnets", role], subnet }],
  );
}

/** A subnet that is made, with its place. */
export interface MadeSubnet {
  readonly path: readonly PropertyKey[];
  readonly name: string;
  readonly addressPrefix: string;
}

/** The subnets that a side makes, with their places in its section. */
export function madeSubnets(side: Side): MadeSubnet[] {
  return subnetsOf(side).flatMap(({ path, subnet }) =>
    subnet.kind === "new" ? [{ path, name: subnet.name, addressPrefix: subnet.addressPrefix }] : [],
  );
}
