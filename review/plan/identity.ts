import { Declared } from "../read/declared";
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

/** The same of something that is only looked up, by no more than its name and where it is. */
export function lookedUp({ type, body }: Declared, values: ValueObject): string | undefined {
  const plain = body.provider === undefined && Object.keys(values).every((key) => PARTS.includes(key));
  return plain ? identityOf(type, values) : undefined;
}

const NETWORK =
  /^\$\{azurerm_resource_group ("[^"]+")\.id\}\/providers\/Microsoft\.Network\/virtualNetworks\/([^/]+)(.*)$/i;
const SUBNET = /^\$\{azurerm_virtual_network ([^$]+)\.id\}\/subnets\/([^/]+)$/i;

/** An id that is written as a group's or a network's with the rest behind it, as the id that it is. */
export function idOf(text: string): string {
  const quoted = (name: string | undefined): string => JSON.stringify(String(name).toLowerCase());
  const [, group, network, rest = ""] = NETWORK.exec(text) ?? [];
  const within = network === undefined ? text : `\${azurerm_virtual_network ${group}/${quoted(network)}.id}${rest}`;
  const [, parts, subnet] = SUBNET.exec(within) ?? [];
  return subnet === undefined ? text : `azurerm_subnet ${parts}/${quoted(subnet)}.id`;
}
