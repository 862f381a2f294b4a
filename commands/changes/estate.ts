import { Changes } from "../edited";

/** What Azure answers about a thing that exists, by the beginning of its data source's address. */
export type Answers = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Things that exist, and what Terraform must say of them, when it plans or else when it has applied. */
export interface Answered {
  readonly what: string;
  readonly deployment: string;
  readonly before?: Changes;
  readonly stack: string;
  readonly command: "plan" | "apply";
  readonly answers: Answers;
  /** The beginnings of all that it complains of; nothing where all is well. */
  readonly says: readonly string[];
}

/** The beginning of the ids of the estate. */
export const ID =
  "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-hub/providers/Microsoft.Network";
/** The id of its network. */
export const NETWORK = `${ID}/virtualNetworks/vnet-hub`;

/** A subnet of the estate, as azurerm reads it. */
export const subnet = (name: string, prefix: string, more: object = {}) => ({
  id: `${NETWORK}/subnets/${name}`,
  address_prefixes: [prefix],
  network_security_group_id: "",
  private_link_service_network_policies_enabled: false,
  ...more,
});

// what the estate is asked for.
export const APIM = "data.azurerm_api_management.ApimVnet_Apim_";
export const VNET = "data.azurerm_virtual_network.ApimVnet_VirtualNetwork_";
export const PLS = "data.azurerm_subnet.ApimVnet_PlsSubnet_";
export const MACHINES = "data.azurerm_subnet.ApimVnet_ForwarderSubnet_";

/** The estate as its owners should have made it. */
const ESTATE: Answers = {
  [VNET]: { id: NETWORK, address_space: ["10.20.0.0/16"], location: "uksouth" },
  [PLS]: subnet("snet-private-link", "10.20.3.0/27"),
  [APIM]: { private_ip_addresses: ["10.20.9.4"] },
};

/** The estate with other answers. */
export function estate(what: string, answers: Answers, says: readonly string[], before: Changes = {}): Answered {
  const all = Object.fromEntries(
    Object.entries({ ...ESTATE, ...answers }).map(([address, values]) => [address, { ...ESTATE[address], ...values }]),
  );
  return { what, deployment: "existing-estate", before, stack: "provider", command: "plan", answers: all, says };
}
