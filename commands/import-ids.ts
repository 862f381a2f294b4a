/** A resource's arguments, as cdktf writes them. */
type Arguments = Readonly<Record<string, unknown>>;

/** How the id of a resource is made: of the id of what it belongs to, or of its group. */
type IdRule = (of: IdParts) => string;

interface IdParts {
  /** An argument, with what it refers to instead of the reference. */
  readonly argument: (name: string) => string;
  /** The id of the resource that an argument refers to. */
  readonly group: string;
}

const inGroup =
  (type: string): IdRule =>
  ({ argument, group }) =>
    `${group}/providers/${type}/${argument("name")}`;

const below =
  (parent: string, kind: string): IdRule =>
  ({ argument }) =>
    `${argument(parent)}/${kind}/${argument("name")}`;

const inZone =
  (zone: string, kind: string): IdRule =>
  ({ argument, group }) =>
    `${group}/providers/Microsoft.Network/privateDnsZones/${argument(zone)}/${kind}/${argument("name")}`;

// as the import sections of azurerm's documentation have them.
const RULES: Readonly<Record<string, IdRule>> = {
  azurerm_resource_group: ({ argument, group }) => `${group}${argument("name")}`,
  azurerm_virtual_network: inGroup("Microsoft.Network/virtualNetworks"),
  azurerm_subnet: ({ argument, group }) =>
    `${group}/providers/Microsoft.Network/virtualNetworks/${argument("virtual_network_name")}/subnets/${argument("name")}`,
  azurerm_network_security_group: inGroup("Microsoft.Network/networkSecurityGroups"),
  azurerm_subnet_network_security_group_association: ({ argument }) => argument("subnet_id"),
  azurerm_public_ip: inGroup("Microsoft.Network/publicIPAddresses"),
  azurerm_api_management: inGroup("Microsoft.ApiManagement/service"),
  azurerm_network_interface: inGroup("Microsoft.Network/networkInterfaces"),
  azurerm_network_interface_backend_address_pool_association: ({ argument }) =>
    `${argument("network_interface_id")}/ipConfigurations/${argument("ip_configuration_name")}|${argument("backend_address_pool_id")}`,
  azurerm_linux_virtual_machine: inGroup("Microsoft.Compute/virtualMachines"),
  azurerm_windows_virtual_machine: inGroup("Microsoft.Compute/virtualMachines"),
  azurerm_linux_virtual_machine_scale_set: inGroup("Microsoft.Compute/virtualMachineScaleSets"),
  azurerm_windows_virtual_machine_scale_set: inGroup("Microsoft.Compute/virtualMachineScaleSets"),
  azurerm_virtual_machine_extension: below("virtual_machine_id", "extensions"),
  azurerm_lb: inGroup("Microsoft.Network/loadBalancers"),
  azurerm_lb_backend_address_pool: below("loadbalancer_id", "backendAddressPools"),
  azurerm_lb_probe: below("loadbalancer_id", "probes"),
  azurerm_lb_rule: below("loadbalancer_id", "loadBalancingRules"),
  azurerm_private_link_service: inGroup("Microsoft.Network/privateLinkServices"),
  azurerm_private_endpoint: inGroup("Microsoft.Network/privateEndpoints"),
  azurerm_private_dns_zone: inGroup("Microsoft.Network/privateDnsZones"),
  azurerm_private_dns_a_record: inZone("zone_name", "A"),
  azurerm_private_dns_zone_virtual_network_link: inZone("private_dns_zone_name", "virtualNetworkLinks"),
};

const REFERENCE = /\$\{(data\.)?(azurerm_\w+)\.([\w-]+)\.(\w+)\}/g;

interface Stack {
  readonly provider?: { readonly azurerm?: readonly { readonly alias?: string; readonly subscription_id: string }[] };
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Arguments>>>>;
  readonly data?: Readonly<Record<string, Readonly<Record<string, Arguments>>>>;
}

/** An `import` block for each resource of a stack whose id follows from names, and the addresses of the others. */
export function importBlocks(terraform: string): { blocks: string[]; left: string[] } {
  const ids = new Ids(JSON.parse(terraform) as Stack);
  const blocks: string[] = [];
  const left: string[] = [];
  for (const [address, id] of ids.all()) {
    // what Terraform keeps for itself is nowhere to be imported from.
    if (address.startsWith("terraform_data.")) continue;
    if (id === undefined || id.includes("${")) left.push(address);
    else blocks.push(`import {\n  to = ${address}\n  id = ${JSON.stringify(id)}\n}\n`);
  }
  return { blocks, left };
}

/** The ids that the resources of a stack have in Azure, as far as names tell. */
class Ids {
  constructor(private readonly stack: Stack) {}

  *all(): Iterable<[address: string, id: string | undefined]> {
    for (const [type, named] of Object.entries(this.stack.resource ?? {})) {
      for (const [name, args] of Object.entries(named)) yield [`${type}.${name}`, this.idOf(type, args)];
    }
  }

  private idOf(type: string, args: Arguments): string | undefined {
    const argument = (name: string) => this.resolved(String(args[name]));
    const group = `/subscriptions/${this.subscriptionOf(args)}/resourceGroups/`;
    const own = args.resource_group_name === undefined ? group : `${group}${argument("resource_group_name")}`;
    return RULES[type]?.({ argument, group: own });
  }

  /** Text with names and ids instead of the references to them; what is not known stays a reference. */
  private resolved(text: string): string {
    return text.replace(REFERENCE, (reference, data, type: string, name: string, attribute: string) => {
      const args = (data ? this.stack.data : this.stack.resource)?.[type]?.[name];
      if (attribute === "id") return (args && this.idOf(type, args)) ?? reference;
      const value = args?.[attribute];
      return typeof value === "string" ? this.resolved(value) : reference;
    });
  }

  private subscriptionOf({ provider }: Arguments): string {
    const accounts = this.stack.provider?.azurerm ?? [];
    const account = accounts.find(({ alias }) => (alias === undefined ? undefined : `azurerm.${alias}`) === provider);
    return account?.subscription_id ?? "${unknown}";
  }
}
