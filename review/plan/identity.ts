import { fingerprint, ValueObject } from "./value";

// resources that Azure tells apart by these, whatever azurerm calls their type.
const KINDS: Readonly<Record<string, string>> = {
  azurerm_linux_virtual_machine: "Microsoft.Compute/virtualMachines",
  azurerm_windows_virtual_machine: "Microsoft.Compute/virtualMachines",
  azurerm_virtual_machine: "Microsoft.Compute/virtualMachines",
  azurerm_linux_virtual_machine_scale_set: "Microsoft.Compute/virtualMachineScaleSets",
  azurerm_windows_virtual_machine_scale_set: "Microsoft.Compute/virtualMachineScaleSets",
  azurerm_orchestrated_virtual_machine_scale_set: "Microsoft.Compute/virtualMachineScaleSets",
};

const PARTS = [
  ...["resource_group_name", "virtual_network_name", "network_security_group_name", "loadbalancer_id"],
  ...["private_dns_zone_name", "zone_name", "virtual_machine_id", "api_management_name", "name"],
];

/** What Azure tells a resource apart by; undefined for one without a name. */
export function identityOf(type: string, values: ValueObject): string | undefined {
  if (values.name === undefined) return undefined;
  // Azure does not tell capitals from small letters.
  const parts = PARTS.filter((part) => values[part] !== undefined).map((part) =>
    fingerprint(values[part]).toLowerCase(),
  );
  return `${KINDS[type] ?? type} ${parts.join("/")}`;
}
