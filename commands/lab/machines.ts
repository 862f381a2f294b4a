import { list } from "./azure";
import type { Inventory } from "./design";
import { Json, object, text } from "./evaluate";
import { Apim, Forwarder, Interface, NotForTheLab } from "./model";

// https://learn.microsoft.com/azure/api-management/api-management-using-with-internal-vnet
const SUFFIXES = ["", ".portal", ".developer", ".management", ".scm", ".configuration"];

/** The one APIM instance, with every host name that it answers to. */
export function apimOf({ ofType, subnet, resources }: Inventory): Apim {
  const all = ofType("azurerm_api_management", "data.azurerm_api_management");
  const [values] = all;
  if (values === undefined || all.length > 1) {
    throw new NotForTheLab(`a deployment for the lab has one APIM instance, got ${all.length}`);
  }
  const made = resources.some(({ type }) => type === "azurerm_api_management");
  if (made && values.virtual_network_type !== "Internal") {
    throw new NotForTheLab(`APIM must be in internal mode, got ${JSON.stringify(values.virtual_network_type)}`);
  }
  const name = String(values.name).toLowerCase();
  const standsIn = object(list(values.virtual_network_configuration)[0]).subnet_id ?? `${String(values.id)}/subnet`;
  return {
    name,
    hostNames: [...SUFFIXES.map((suffix) => `${name}${suffix}.azure-api.net`), ...customHostNames(values, ofType)],
    nic: {
      address: String(list(values.private_ip_addresses)[0]),
      subnet: subnet(standsIn),
      groups: [],
      ipForwarding: false,
      pools: [],
    },
  };
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

/** Every machine that has data for its first boot, instances of scale sets included. */
export function forwardersOf(inventory: Inventory): Forwarder[] {
  return [...singles(inventory), ...scaleSets(inventory)];
}

function singles({ ofType, subnet, groupsOf }: Inventory): Forwarder[] {
  const nics = ofType("azurerm_network_interface");
  const associations = ofType("azurerm_network_interface_backend_address_pool_association");
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
    const guards = groupsOf(String(nic.network_security_group_id));
    return list(set.lab_addresses).map((address, index): Forwarder => {
      const shared: Interface = {
        address: String(address),
        subnet: subnet(configuration.subnet_id),
        groups: guards,
        ipForwarding: nic.enable_ip_forwarding === true || nic.ip_forwarding_enabled === true,
        pools: list(configuration.load_balancer_backend_address_pool_ids).map(String),
      };
      return { name: `${String(set.name)}_${index}`, nic: shared, customData: text(customData) };
    });
  });
}
