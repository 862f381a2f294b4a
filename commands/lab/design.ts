import { Json, list, object, text } from "./json";
import { Deployed } from "./azure";
import { consumersOf } from "./consumers";
import { visitors } from "./visitors";
import { Resource } from "./evaluate";
import { apimOf, forwardersOf } from "./machines";
import { Design, Frontend, LoadBalancerRule, Network, NotForTheLab, Probe, Service, Subnet } from "./model";
import { securityGroups } from "./security-groups";

/** What all parts of a design are looked up in. */
export interface Inventory {
  readonly deployed: Deployed;
  readonly resources: readonly Resource[];
  readonly networks: readonly Network[];
  readonly groupsOf: ReturnType<typeof securityGroups>;
  readonly subnet: (id: unknown) => Subnet;
  readonly ofType: (...types: string[]) => Json[];
}

/** Reads the design from evaluated stacks; only what was synthesized counts. */
export function designOf(deployed: Deployed, hosts = false): Design {
  const inventory = inventoryOf(deployed);
  const windows = inventory.ofType("azurerm_windows_virtual_machine", "azurerm_windows_virtual_machine_scale_set");
  if (windows.length > 0) {
    throw new NotForTheLab(
      `the lab boots Linux forwarders only, got the Windows machine ${windows.map(({ name }) => String(name)).join(", ")}`,
    );
  }
  const services = servicesOf(inventory);
  const forwarders = forwardersOf(inventory);
  if (services.length === 0) throw new NotForTheLab("the deployment makes no Private Link Service, nothing to prove");
  if (forwarders.length === 0) throw new NotForTheLab("the deployment makes no forwarder, nothing to prove");
  const apim = apimOf(inventory, forwarders);
  const made = consumersOf(inventory, apim, hosts);
  const consumers = made.length > 0 ? made : visitors(services, apim);
  const [first] = consumers;
  if (!first)
    throw new NotForTheLab(
      "the deployment has no consumer, and no subscription may connect without waiting for approval, nothing to prove",
    );
  const providerNetworks = [
    ...forwarders.map(({ nic }) => nic.subnet.network),
    apim.nic.subnet.network,
    ...services.flatMap(({ nat }) => nat.map(({ subnet }) => subnet.network)),
  ];
  return {
    apim,
    services,
    forwarders,
    // two consumers can get into each other's way; a design with one of them gets another with the same addresses.
    consumers: consumers.length === 1 ? [first, { ...first, name: `twin of ${first.name}` }] : consumers,
    networks: [...new Set(providerNetworks)],
    frontends: frontendsOf(inventory),
    rules: rulesOf(inventory),
  };
}

function inventoryOf(deployed: Deployed): Inventory {
  const resources = deployed.stacks.flatMap((stack) => stack.resources);
  const ofType = (...types: string[]): Json[] =>
    resources.filter(({ type }) => types.includes(type)).map(({ values }) => values);
  const groupsOf = securityGroups(deployed.stacks);
  const networks = resources
    .filter(({ type }) => /^(data\.)?azurerm_virtual_network$/.test(type))
    .map(({ stack, values }) => ({
      id: String(values.id),
      name: String(values.name),
      group: String(values.resource_group_name),
      stack,
      addressSpace: list(values.address_space).map(String),
    }));
  const subnets = new Map<string, Subnet>();
  for (const { type, stack, values } of resources) {
    if (!/^(data\.)?azurerm_subnet$/.test(type)) continue;
    const sameName = networks.filter(({ name }) => name === values.virtual_network_name);
    const network =
      sameName.find((one) => one.stack === stack && one.group === values.resource_group_name) ??
      sameName.find((one) => one.stack === stack) ??
      foreignNetwork(`${stack}/${String(values.virtual_network_name)}`, [...deployed.foreignSubnets.values()]);
    const id = String(values.id);
    subnets.set(id, {
      id,
      name: String(values.name),
      prefix: String(list(values.address_prefixes)[0]),
      network,
      groups: groupsOf(id),
      made: type === "azurerm_subnet",
      natPolicies: type === "azurerm_subnet" && values.private_link_service_network_policies_enabled !== false,
    });
  }
  const subnet = (id: unknown): Subnet => {
    const key = String(id);
    const known = subnets.get(key);
    if (known) return known;
    const prefix = deployed.foreignSubnets.get(key) ?? "10.199.0.0/24";
    const name = key.split("/").at(-1) ?? key;
    const network = foreignNetwork(key, [prefix]);
    const foreign = { id: key, name, prefix, network, groups: [], made: false, natPolicies: false };
    subnets.set(key, foreign);
    return foreign;
  };
  return { deployed, resources, networks, groupsOf, subnet, ofType };
}

/** A network that is there already; of its subnets the lab knows those that something is put into. */
function foreignNetwork(id: string, addressSpace: string[]): Network {
  return { id, name: id.split("/").at(-1) ?? id, addressSpace };
}

function frontendsOf({ ofType, subnet }: Inventory): Frontend[] {
  return ofType("azurerm_lb", "data.azurerm_lb").flatMap((balancer) =>
    list(balancer.frontend_ip_configuration)
      .map(object)
      .map((frontend) => ({
        id: String(frontend.id),
        name: String(frontend.name),
        address: String(frontend.private_ip_address),
        subnet: typeof frontend.subnet_id === "string" ? subnet(frontend.subnet_id) : undefined,
      })),
  );
}

function rulesOf({ ofType }: Inventory): LoadBalancerRule[] {
  const probes = ofType("azurerm_lb_probe").map(probeOf);
  return ofType("azurerm_lb_rule").map((rule) => {
    const all = rule.protocol === "All";
    return {
      name: String(rule.name),
      frontendId: `${String(rule.loadbalancer_id)}/${String(rule.frontend_ip_configuration_name)}`,
      protocol: String(rule.protocol).toLowerCase(),
      frontendPort: all ? 0 : Number(rule.frontend_port),
      backendPort: all ? 0 : Number(rule.backend_port),
      pools: list(rule.backend_address_pool_ids).map(String),
      probe: probes.find(({ id }) => id === rule.probe_id),
      floatingIp: rule.floating_ip_enabled === true || rule.enable_floating_ip === true,
    };
  });
}

function probeOf(values: Json): Probe {
  const protocol = text(values.protocol, "Tcp").toLowerCase();
  return {
    id: String(values.id),
    name: String(values.name),
    protocol: protocol === "http" || protocol === "https" ? protocol : "tcp",
    port: Number(values.port),
    path: text(values.request_path, "/"),
    interval: Number(values.interval_in_seconds ?? 15),
    threshold: Number(values.probe_threshold ?? 1),
  };
}

function servicesOf({ resources, subnet, deployed }: Inventory): Service[] {
  return resources
    .filter(({ type }) => type === "azurerm_private_link_service")
    .map(({ stack, values }) => ({
      id: String(values.id),
      name: String(values.name),
      alias: String(values.alias),
      subscription: subscriptionOf(deployed, stack),
      frontendIds: list(values.load_balancer_frontend_ip_configuration_ids).map(String),
      nat: list(values.nat_ip_configuration)
        .map(object)
        .map((nat) => ({ address: String(nat.private_ip_address), subnet: subnet(nat.subnet_id) })),
      visibility: list(values.visibility_subscription_ids).map(String),
      autoApproval: list(values.auto_approval_subscription_ids).map(String),
      proxyProtocol: values.enable_proxy_protocol === true,
    }));
}

/** The subscription that a stack deploys into. */
export function subscriptionOf(deployed: Deployed, stack: string): string {
  const providers = deployed.stacks.find(({ name }) => name === stack)?.providers;
  return text(object(list(providers?.azurerm)[0]).subscription_id);
}
