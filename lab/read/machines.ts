import { Inventory } from "./inventory";
import { extensionsOf, scriptsOf } from "./extensions";
import { around, within } from "./ip";
import { Json, list, object, text } from "./json";
import { Apim, Forwarder, Interface, NotForTheLab, Subnet, UpgradePolicy } from "./model";

// https://learn.microsoft.com/azure/api-management/api-management-using-with-internal-vnet
const SUFFIXES = ["", ".portal", ".developer", ".management", ".scm", ".configuration"];

/**
 * What stands at the end of the way, with every host name that it answers to: the one APIM instance, or else the
 * address that the provider's stack announces.
 */
export function apimOf(inventory: Inventory, forwarders: readonly Forwarder[]): Apim {
  const made = inventory.ofType("azurerm_api_management");
  const existing = inventory.ofType("data.azurerm_api_management");
  const [apim] = [...made, ...existing];
  if (made.length + existing.length > 1) {
    throw new NotForTheLab(`a deployment for the lab has one APIM instance, got ${made.length + existing.length}`);
  }
  const outputs = inventory.deployed.stacks.find(({ name }) => providerStacks(inventory).has(name))?.outputs ?? {};
  const announced = Object.values(object(outputs.host_names)).map((name) => text(name).toLowerCase());
  if (!apim) return targetOf(inventory, forwarders, text(outputs.apim_private_ip_address), announced);
  if (made.length > 0 && apim.virtual_network_type !== "Internal") {
    throw new NotForTheLab(`APIM must be in internal mode, got ${JSON.stringify(apim.virtual_network_type)}`);
  }
  const name = String(apim.name).toLowerCase();
  const address = String(list(apim.private_ip_addresses)[0]);
  const own = SUFFIXES.map((suffix) => `${name}${suffix}.azure-api.net`);
  const hostNames = [...new Set([...own, ...customHostNames(apim, inventory.ofType), ...announced])];
  if (made.length === 0) return { ...targetOf(inventory, forwarders, address, hostNames), name, gateway: true };
  const { subnet_id: place } = object(list(apim.virtual_network_configuration)[0]);
  return { name, hostNames, existing: false, gateway: true, nic: atTarget(address, inventory.subnet(place)) };
}

/** Something that was there before: in the forwarders' network, or reached from it through a peering. */
function targetOf(
  { deployed }: Inventory,
  forwarders: readonly Forwarder[],
  address: string,
  hostNames: readonly string[],
): Apim {
  const network = forwarders[0]?.nic.subnet.network;
  if (address === "" || !network || hostNames.length === 0) {
    throw new NotForTheLab("the deployment says neither an APIM instance nor another target's address and host names");
  }
  const subnets = deployed.stacks.flatMap(({ resources }) => resources.filter(({ type }) => type === "azurerm_subnet"));
  const made = subnets.map(({ values }) => String(list(values.address_prefixes)[0]));
  const foreign = [...deployed.foreignSubnets.values()];
  const prefix = foreign.find((one) => within(one, address)) ?? around(address, [...made, ...foreign]);
  if (!network.addressSpace.some((space) => within(space, address))) network.addressSpace.push(prefix);
  const subnet = {
    id: "target",
    name: "target",
    prefix,
    network,
    groups: [],
    routes: [],
    made: false,
    natPolicies: true,
  };
  return { name: hostNames[0] ?? "", hostNames, existing: true, gateway: false, nic: atTarget(address, subnet) };
}

function atTarget(address: string, subnet: Subnet): Interface {
  return { address, subnet, groups: [], ipForwarding: false, pools: [] };
}

/** The stacks that make a Private Link Service. */
function providerStacks({ resources }: Inventory): Set<string> {
  return new Set(resources.filter(({ type }) => type === "azurerm_private_link_service").map(({ stack }) => stack));
}

function customHostNames(apim: Json, ofType: Inventory["ofType"]): string[] {
  const holders = [
    ...list(apim.hostname_configuration).map(object),
    ...ofType("azurerm_api_management_custom_domain").filter((domain) => domain.api_management_id === apim.id),
  ];
  const parts = ["gateway", "proxy", "developer_portal", "portal", "management", "scm"];
  return holders.flatMap((holder) =>
    parts.flatMap((part) => list(holder[part]).map((host) => String(object(host).host_name).toLowerCase())),
  );
}

/** Every Linux machine of a stack that makes a Private Link Service, instances of scale sets included. */
export function forwardersOf(inventory: Inventory): Forwarder[] {
  const stacks = providerStacks(inventory);
  const resources = inventory.resources.filter(({ stack }) => stacks.has(stack));
  const ofType = (...types: string[]): Json[] =>
    resources.filter(({ type }) => types.includes(type)).map(({ values }) => values);
  return [...singles({ ...inventory, ofType }), ...scaleSets({ ...inventory, ofType })];
}

function singles({ ofType, subnet, groupsOf }: Inventory): Forwarder[] {
  const nics = ofType("azurerm_network_interface");
  const associations = ofType("azurerm_network_interface_backend_address_pool_association");
  const extensions = ofType("azurerm_virtual_machine_extension");
  return ofType("azurerm_linux_virtual_machine").map((machine) => {
    const nic = nics.find(({ id }) => id === list(machine.network_interface_ids)[0]);
    const configuration = object(list(nic?.ip_configuration)[0]);
    if (!nic) throw new NotForTheLab(`machine ${String(machine.name)} has no network interface of this deployment`);
    const pools = associations.filter(
      (one) => one.network_interface_id === nic.id && one.ip_configuration_name === configuration.name,
    );
    return {
      name: String(machine.name),
      customData: text(machine.custom_data),
      scripts: scriptsOf(extensionsOf(extensions, machine.id)),
      size: text(machine.size),
      origin: originOf(machine, [
        "zone",
        "source_image_reference",
        "source_image_id",
        "admin_username",
        "admin_ssh_key",
      ]),
      nic: {
        address: String(configuration.private_ip_address),
        subnet: subnet(configuration.subnet_id),
        groups: groupsOf(String(nic.id)),
        ipForwarding: nic.ip_forwarding_enabled === true,
        pools: pools.map((one) => String(one.backend_address_pool_id)),
      },
    };
  });
}

function scaleSets({ ofType, subnet, groupsOf }: Inventory): Forwarder[] {
  const sets = ofType("azurerm_linux_virtual_machine_scale_set", "azurerm_orchestrated_virtual_machine_scale_set");
  return sets.flatMap((set) => {
    const nics = list(set.network_interface).map(object);
    const nic = nics.find(({ primary }) => primary === true) ?? nics[0] ?? {};
    const configurations = list(nic.ip_configuration).map(object);
    const configuration = configurations.find(({ primary }) => primary === true) ?? configurations[0] ?? {};
    const profile = object(list(object(list(set.os_profile)[0]).linux_configuration)[0]);
    const customData = set.custom_data ?? object(list(set.os_profile)[0]).custom_data ?? profile.custom_data ?? "";
    const scripts = scriptsOf(list(set.extension));
    const guards = groupsOf(String(nic.network_security_group_id));
    return list(set.lab_addresses).map((address, index): Forwarder => {
      const shared: Interface = {
        address: String(address),
        subnet: subnet(configuration.subnet_id),
        groups: guards,
        ipForwarding: nic.enable_ip_forwarding === true || nic.ip_forwarding_enabled === true,
        pools: list(configuration.load_balancer_backend_address_pool_ids).map(String),
      };
      const name = `${String(set.name)}_${index}`;
      const size = text(set.sku, text(set.sku_name));
      const common = { size, origin: originOf(set, ["zones", "upgrade_mode"]), upgrade: upgradePolicy(set) };
      return { name, nic: shared, customData: text(customData), scripts, ...common };
    });
  });
}

/** The arguments without which Azure makes no other machine of a machine, and the kind of its disk. */
function originOf(machine: Json, names: readonly string[]): string {
  const kind = object(list(machine.os_disk)[0]).storage_account_type;
  return JSON.stringify([...names.map((name) => machine[name]), kind]);
}

/** https://learn.microsoft.com/azure/virtual-machine-scale-sets/virtual-machine-scale-sets-upgrade-policy */
function upgradePolicy(set: Json): UpgradePolicy {
  const mode = text(set.upgrade_mode, "Manual");
  if (mode !== "Rolling") return { percent: mode === "Automatic" ? 100 : 0, pause: 0 };
  const policy = object(list(set.rolling_upgrade_policy)[0]);
  return {
    percent: Number(policy.max_batch_instance_percent ?? 20),
    pause: secondsOf(text(policy.pause_time_between_batches, "PT0S")),
  };
}

/** A duration such as `PT1M30S`, as scale sets write it. */
function secondsOf(duration: string): number {
  const [, hours = 0, minutes = 0, seconds = 0] = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?$/.exec(duration) ?? [];
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}
