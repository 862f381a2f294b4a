import { ANY } from "./azure-attributes";
import { EvaluatedStack, Resource } from "./evaluate";
import { Addresses, around, overlapping, parsePrefix, toAddress } from "./ip";
import { Json, list, object } from "./json";

/** Gives out the addresses of one stack: what is written first, then in the order in which Azure makes things. */
export function allocate(stack: EvaluatedStack, addresses: Addresses, foreign: Map<string, string>): Map<string, Json> {
  const given = new Map<string, Json>();
  const autoscales = stack.resources.filter(({ type }) => type === "azurerm_monitor_autoscale_setting");
  const settings = autoscales.map(({ values }) => values);
  const wishes = stack.resources.flatMap((resource) => placed(resource, settings));
  // what is in a network that was there before is known by the network's id, everything else by the stack's name.
  const grounds = [
    `/lab/${stack.name}/`,
    ...stack.resources.flatMap(({ type, values }) =>
      type === "data.azurerm_virtual_network" ? [`${String(values.id)}/`] : [],
    ),
  ];
  const prefixes = (): string[] => [
    ...stack.resources
      .filter(({ type }) => type === "azurerm_subnet")
      .map(({ values }) => String(list(values.address_prefixes)[0])),
    ...[...foreign]
      .filter(([subnet]) => grounds.some((ground) => subnet.startsWith(ground)))
      .map(([, prefix]) => prefix),
  ];
  const prefixOf = (subnet: string): string => {
    const known = stack.resources.find(({ type, values }) => type === "azurerm_subnet" && values.id === subnet);
    if (known) return String((known.values.address_prefixes as unknown[])[0]);
    const hint = wishes.find((wish) => wish.subnet === subnet && wish.fixed !== undefined)?.fixed;
    const prefix = foreign.get(subnet) ?? (hint ? around(hint, prefixes()) : beside(prefixes()));
    foreign.set(subnet, prefix);
    return prefix;
  };
  for (const { subnet, fixed } of wishes) if (fixed !== undefined) addresses.take(subnet, fixed);
  const counts = new Map<string, number>();
  for (const wish of [...wishes].sort((a, b) => a.order - b.order)) {
    const count = (counts.get(wish.resource) ?? 0) + 1;
    counts.set(wish.resource, count);
    const owner = `${wish.resource}#${count}${wish.kind ?? ""}`;
    const address = wish.fixed ?? addresses.next(wish.subnet, prefixOf(wish.subnet), owner);
    given.set(wish.resource, { ...given.get(wish.resource), ...wish.answer(address, given.get(wish.resource)) });
  }
  for (const { type, address, values } of stack.resources) {
    if (type !== "data.azurerm_subnet") continue;
    const prefix = prefixOf(String(values.id));
    given.set(address, { address_prefixes: [prefix], address_prefix: prefix });
  }
  for (const { type, address } of stack.resources) {
    if (type !== "data.azurerm_virtual_network") continue;
    given.set(address, { address_space: [...new Set(prefixes().map((prefix) => network(prefix)))] });
  }
  return given;
}

/** A prefix for a subnet that nothing is known of, in the network of the others. */
function beside(known: readonly string[]): string {
  const { first } = parsePrefix(network(known[0] ?? "10.200.0.0/24"));
  const free = Array.from({ length: 250 }, (_, count) => `${toAddress(first + (250 - count) * 256)}/24`);
  return free.find((prefix) => known.every((one) => !overlapping(one, prefix))) ?? `${toAddress(first)}/24`;
}

/** The address space that a network around a subnet may have. */
function network(prefix: string): string {
  return `${toAddress(parsePrefix(`${prefix.split("/")[0]}/16`).first)}/16`;
}

interface Wish {
  readonly resource: string;
  readonly subnet: string;
  readonly fixed?: string;
  readonly order: number;
  /** What kind of thing asks: one of another kind gets another address. */
  readonly kind?: string;
  readonly answer: (address: string, sofar?: Json) => Json;
}

const ORDER: Record<string, number> = { azurerm_lb: 1, azurerm_network_interface: 2, azurerm_private_link_service: 4 };

/** What of a resource needs an address. */
function placed({ type, address: resource, values }: Resource, autoscales: readonly Json[]): Wish[] {
  const order = ORDER[type] ?? 5;
  const wish = (part: unknown, answer: Wish["answer"]): Wish[] => {
    const { subnet_id: subnet, private_ip_address: fixed } = object(part);
    if (typeof subnet !== "string") return [];
    return [{ resource, subnet, order, answer, fixed: typeof fixed === "string" && fixed !== ANY ? fixed : undefined }];
  };
  const each = (name: string, attribute: string): Wish[] =>
    list(values[name]).flatMap((part, index) =>
      wish(part, (address, sofar) => {
        const items = list(sofar?.[attribute] ?? values[attribute]).map((item) => object(item));
        items[index] = { ...items[index], private_ip_address: address };
        return { [attribute]: items, private_ip_address: object(items[0]).private_ip_address };
      }),
    );
  switch (type) {
    case "azurerm_lb":
      return each("frontend_ip_configuration", "frontend_ip_configuration");
    case "azurerm_network_interface":
      return each("ip_configuration", "ip_configuration").map((one) => ({
        ...one,
        answer: (address, sofar) => ({ ...one.answer(address, sofar), private_ip_addresses: [address] }),
      }));
    case "azurerm_private_link_service":
      return each("nat_ip_configuration", "nat_ip_configuration");
    case "azurerm_linux_virtual_machine_scale_set":
    case "azurerm_orchestrated_virtual_machine_scale_set":
      return scaleSetWishes(resource, values, autoscales);
    case "azurerm_api_management":
      return list(values.virtual_network_configuration).flatMap((part) =>
        wish(part, (address) => ({ private_ip_addresses: [address] })).map((one) => ({
          ...one,
          kind: apimKind(values),
        })),
      );
    case "data.azurerm_api_management":
      return wish({ subnet_id: `${String(values.id)}/subnet` }, (address) => ({ private_ip_addresses: [address] }));
    case "azurerm_private_endpoint":
      return wish(values, (address) => ({ private_service_connection: [{ private_ip_address: address }] })).map(
        (one) => ({ ...one, fixed: fixedEndpoint(values) }),
      );
    default:
      return [];
  }
}

function scaleSetWishes(resource: string, values: Json, autoscales: readonly Json[]): Wish[] {
  const nic =
    list(values.network_interface)
      .map(object)
      .find(({ primary }) => primary !== false) ?? {};
  const configuration =
    list(nic.ip_configuration)
      .map(object)
      .find(({ primary }) => primary !== false) ?? {};
  // an autoscale setting says how many there are when nobody else does.
  const setting = autoscales.find((one) => one.target_resource_id === values.id);
  const capacity = object(list(object(list(setting?.profile)[0]).capacity)[0]);
  const count = Number(values.instances ?? capacity.default ?? 0);
  return Array.from({ length: count }, () => ({
    resource,
    subnet: String(configuration.subnet_id),
    order: 3,
    answer: (address: string, sofar?: Json) => ({ lab_addresses: [...list(sofar?.lab_addresses), address] }),
  }));
}

/**
 * Its tier and its zones, with which an instance of APIM gets another private address:
 * https://learn.microsoft.com/azure/api-management/api-management-howto-ip-addresses#changes-to-ip-addresses
 */
function apimKind({ sku_name, zones }: Json): string {
  return ` ${String(sku_name).split("_")[0]} ${list(zones).map(String).sort().join(",")}`;
}

function fixedEndpoint(values: Json): string | undefined {
  const fixed = object(list(values.ip_configuration)[0]).private_ip_address;
  return typeof fixed === "string" ? fixed : undefined;
}
