import { Deployed } from "./azure";
import { consumersOf } from "./consumers";
import { Inventory, inventoryOf, subscriptionOf } from "./inventory";
import { Json, list, object, text } from "./json";
import { apimOf, forwardersOf } from "./machines";
import { Design, Frontend, LoadBalancerRule, NotForTheLab, Probe, Service } from "./model";
import { visitors } from "./visitors";

/** How a design is read. */
export interface DesignOptions {
  /** Whether consumers without zones resolve names by what their stack prints for a hosts file. */
  readonly hosts?: boolean;
  /** Whether the owner of the service approves whoever asks. */
  readonly approve?: boolean;
}

/** Reads the design from evaluated stacks; only what was synthesized counts. */
export function designOf(deployed: Deployed, { hosts = false, approve = false }: DesignOptions = {}): Design {
  const inventory = inventoryOf(deployed);
  const windows = inventory.ofType("azurerm_windows_virtual_machine", "azurerm_windows_virtual_machine_scale_set");
  if (windows.length > 0) {
    throw new NotForTheLab(
      `the lab boots Linux forwarders only, got the Windows machine ${windows.map(({ name }) => String(name)).join(", ")}`,
    );
  }
  const services = servicesOf(inventory);
  const forwarders = forwardersOf(inventory);
  if (services.length === 0)
    throw new NotForTheLab(
      "the deployment makes no Private Link Service, nothing to prove: give the provider's file to the lab",
    );
  if (forwarders.length === 0) throw new NotForTheLab("the deployment makes no forwarder, nothing to prove");
  const apim = apimOf(inventory, forwarders);
  const made = consumersOf(inventory, apim, hosts);
  const consumers = made.length > 0 ? made : visitors(services, apim, approve);
  const [first] = consumers;
  if (!first)
    throw new NotForTheLab(
      "the deployment has no consumer, and no subscription may connect without waiting for approval, nothing to prove" +
        (approve ? "" : ": --approve plays the owner of the service"),
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
