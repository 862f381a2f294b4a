import { Computed, EvaluatedStack, Json, Resource, StackSource, evaluateStack, isObject, object } from "./evaluate";
import { Addresses, parsePrefix, toAddress } from "./ip";

/** An address that stands for any while the real one is not known yet. */
const ANY = "192.0.2.1";

/** A deployment as Azure would answer for it: every argument evaluated, every address given out. */
export interface Deployed {
  readonly stacks: readonly EvaluatedStack[];
  /** The addresses that are taken in each subnet. */
  readonly addresses: Addresses;
  /** Prefixes of subnets that no stack makes. */
  readonly foreignSubnets: ReadonlyMap<string, string>;
}

/** Evaluates all stacks, each after those whose outputs it reads. */
export async function deploy(folder: string, sources: readonly StackSource[]): Promise<Deployed> {
  const addresses = new Addresses();
  const foreignSubnets = new Map<string, string>();
  const done: { source: StackSource; stack: EvaluatedStack }[] = [];
  let waiting = [...sources];
  while (waiting.length > 0) {
    const ready = waiting.filter((source) => statesRead(source).every((state) => ownerOf(state, sources, done)));
    if (ready.length === 0) {
      throw new Error(`${waiting.map(({ name }) => name).join(", ")}: the state that is read belongs to no stack here`);
    }
    const stacks = await Promise.all(
      ready.map(async (source) => {
        const outputsOf = (state: Json): Json => ownerOf(state, sources, done)?.outputs ?? {};
        const draft = await evaluateStack(folder, source, computedBy(source.name, new Map(), outputsOf));
        const given = allocate(draft, addresses, foreignSubnets);
        return { source, stack: await evaluateStack(folder, source, computedBy(source.name, given, outputsOf)) };
      }),
    );
    done.push(...stacks);
    waiting = waiting.filter((source) => !ready.includes(source));
  }
  return { stacks: done.map(({ stack }) => stack), addresses, foreignSubnets };
}

function statesRead({ json }: StackSource): Json[] {
  return Object.values(object(object(json.data).terraform_remote_state)).map(object);
}

function ownerOf(
  state: Json,
  sources: readonly StackSource[],
  done: readonly { source: StackSource; stack: EvaluatedStack }[],
): EvaluatedStack | undefined {
  const place = JSON.stringify(state.config);
  const owner = sources.find(
    ({ json }) => JSON.stringify(object(object(json.terraform).backend)[String(state.backend)]) === place,
  );
  return done.find(({ source }) => source === owner)?.stack;
}

/** What Azure answers beyond the arguments; addresses are those that `given` has. */
function computedBy(stack: string, given: ReadonlyMap<string, Json>, outputsOf: (state: Json) => Json): Computed {
  return (address, type, args) => {
    if (type === "data.terraform_remote_state") return { outputs: outputsOf(args) };
    const id = `/lab/${stack}/${address}`;
    return { id, ...attributes(type, id, args), ...given.get(address) };
  };
}

function attributes(type: string, id: string, args: Json): Json {
  const blocks = (name: string): unknown[] => (Array.isArray(args[name]) ? args[name] : []);
  switch (type.replace(/^data\./, "")) {
    case "azurerm_api_management":
      return { private_ip_addresses: [ANY], public_ip_addresses: ["203.0.113.1"] };
    case "azurerm_lb": {
      const named = blocks("frontend_ip_configuration").map((frontend) => ({
        id: `${id}/${String(object(frontend).name)}`,
        private_ip_address: ANY,
      }));
      return { frontend_ip_configuration: named, private_ip_address: ANY, private_ip_addresses: [ANY] };
    }
    case "azurerm_network_interface":
      return { private_ip_address: ANY, private_ip_addresses: [ANY] };
    case "azurerm_private_link_service":
      return { alias: `${String(args.name)}.4f2a5b1e-0000-4000-8000-000000000000.lab.azure.privatelinkservice` };
    case "azurerm_private_endpoint":
      return { private_service_connection: [{ private_ip_address: ANY }] };
    case "azurerm_private_endpoint_connection":
      return { private_service_connection: [{ private_ip_address: ANY, status: "Approved" }] };
    case "azurerm_subnet":
      return type.startsWith("data.") ? { address_prefixes: ["192.0.2.0/24"], address_prefix: "192.0.2.0/24" } : {};
    case "azurerm_virtual_network":
      return type.startsWith("data.") ? { address_space: ["192.0.2.0/24"] } : {};
    default:
      return {};
  }
}

/** Gives out the addresses of one stack: what is written first, then in the order in which Azure makes things. */
function allocate(stack: EvaluatedStack, addresses: Addresses, foreign: Map<string, string>): Map<string, Json> {
  const given = new Map<string, Json>();
  const wishes = stack.resources.flatMap(placed);
  const prefixOf = (subnet: string): string => {
    const known = stack.resources.find(({ type, values }) => type === "azurerm_subnet" && values.id === subnet);
    if (known) return String((known.values.address_prefixes as unknown[])[0]);
    const hint = wishes.find((wish) => wish.subnet === subnet && wish.fixed !== undefined)?.fixed;
    const prefix = foreign.get(subnet) ?? (hint ? around(hint) : `10.${200 + foreign.size}.0.0/24`);
    foreign.set(subnet, prefix);
    return prefix;
  };
  for (const { subnet, fixed } of wishes) if (fixed !== undefined) addresses.take(subnet, fixed);
  for (const wish of [...wishes].sort((a, b) => a.order - b.order)) {
    const address = wish.fixed ?? addresses.next(wish.subnet, prefixOf(wish.subnet));
    given.set(wish.resource, { ...given.get(wish.resource), ...wish.answer(address, given.get(wish.resource)) });
  }
  for (const { type, address, values } of stack.resources) {
    if (type !== "data.azurerm_subnet") continue;
    const prefix = prefixOf(String(values.id));
    given.set(address, { address_prefixes: [prefix], address_prefix: prefix });
  }
  for (const { type, address } of stack.resources) {
    if (type !== "data.azurerm_virtual_network") continue;
    given.set(address, { address_space: [...new Set([...foreign.values()].map((prefix) => around(prefix, 16)))] });
  }
  return given;
}

/** The prefix around an address. */
function around(address: string, length = 24): string {
  return `${toAddress(parsePrefix(`${address.split("/")[0]}/${length}`).first)}/${length}`;
}

interface Wish {
  readonly resource: string;
  readonly subnet: string;
  readonly fixed?: string;
  readonly order: number;
  readonly answer: (address: string, sofar?: Json) => Json;
}

const ORDER: Record<string, number> = { azurerm_lb: 1, azurerm_network_interface: 2, azurerm_private_link_service: 4 };

/** What of a resource needs an address. */
function placed({ type, address: resource, values }: Resource): Wish[] {
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
      return scaleSetWishes(resource, values);
    case "azurerm_api_management":
      return list(values.virtual_network_configuration).flatMap((part) =>
        wish(part, (address) => ({ private_ip_addresses: [address] })),
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

function scaleSetWishes(resource: string, values: Json): Wish[] {
  const nic =
    list(values.network_interface)
      .map(object)
      .find(({ primary }) => primary !== false) ?? {};
  const configuration =
    list(nic.ip_configuration)
      .map(object)
      .find(({ primary }) => primary !== false) ?? {};
  return Array.from({ length: Number(values.instances ?? 0) }, () => ({
    resource,
    subnet: String(configuration.subnet_id),
    order: 3,
    answer: (address: string, sofar?: Json) => ({ lab_addresses: [...list(sofar?.lab_addresses), address] }),
  }));
}

function fixedEndpoint(values: Json): string | undefined {
  const fixed = object(list(values.ip_configuration)[0]).private_ip_address;
  return typeof fixed === "string" ? fixed : undefined;
}

/** The value as a list, empty when it is none. */
export function list(value: unknown): unknown[] {
  if (Array.isArray(value)) return value as unknown[];
  return isObject(value) ? [value] : [];
}
