import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { VirtualNetwork } from "@cdktf/provider-azurerm/lib/virtual-network";
import { Construct } from "constructs";
import { apimAddresses, internalSku } from "../azure/api-management";
import { addressPrefix, addressSpaceProblems, NamedPrefix, roomProblems, subnetProblems } from "../azure/ip";
import { azureName } from "../azure/names";
import { apimSecurityRules, forwarderSecurityRules } from "../azure/network-security-rules";
import { Problem, refuse, ruled, under } from "../azure/rule";
import { ApimSettings, DEFAULT_APIM_SKU, IInternalApim, InternalApim } from "./internal-apim";
import { ISubnet, RoleSubnet, SubnetSettings } from "./role-subnet";

/** The virtual network and its subnets, by role. */
export interface NetworkSettings {
  /** The network's name. */
  readonly name: string;
  /** The IPv4 prefixes of the network; they may overlap those of the consumers. */
  readonly addressSpace: string[];
  /** The subnets by what stands in them. */
  readonly subnets: {
    /** APIM stands here, alone. At least /29. */
    readonly apim: SubnetSettings;
    /** The NAT addresses of the Private Link Service and the load balancer's frontend stand here. */
    readonly privateLinkService: SubnetSettings;
    /**
     * The forwarders stand here.
     *
     * @default - they stand in the Private Link Service's subnet
     */
    readonly forwarder?: SubnetSettings;
  };
}

/** What an `ApimVnet` is made of. */
export interface ApimVnetProps {
  /** The name of the resource group that is made for everything on this side. */
  readonly resourceGroupName: string;
  /** The region of everything on this side. */
  readonly location: string;
  /** The network and its subnets. */
  readonly network: NetworkSettings;
  /** The APIM instance. */
  readonly apim: ApimSettings;
  /**
   * Further prefixes that may call APIM without the forwarders, such as a hub that the network is peered with.
   *
   * @default - none
   */
  readonly apimClients?: string[];
  /**
   * The TCP ports that are carried to APIM.
   *
   * @default [443]
   */
  readonly ports?: number[];
}

/** What is wrong with a network, seen alone. */
export function networkProblems(network: NetworkSettings, apimSkuName?: string): Problem[] {
  const subnets = Object.entries(network.subnets).filter(
    (entry): entry is [string, SubnetSettings] => entry[1] !== undefined,
  );
  const prefixes: NamedPrefix[] = subnets.map(([role, subnet]) => ({
    path: ["subnets", role, "addressPrefix"],
    addressPrefix: subnet.addressPrefix,
  }));
  const malformed = [
    ...network.addressSpace.flatMap((prefix, index) => ruled(["addressSpace", index], prefix, addressPrefix)),
    ...prefixes.flatMap((subnet) => ruled(subnet.path, subnet.addressPrefix, addressPrefix)),
  ];
  const sku = apimSkuName ?? DEFAULT_APIM_SKU;
  const related = [
    ...addressSpaceProblems(["addressSpace"], network.addressSpace),
    ...subnetProblems(prefixes, network.addressSpace),
    ...(internalSku(sku) === undefined
      ? roomProblems(
          { path: ["subnets", "apim", "addressPrefix"], addressPrefix: network.subnets.apim.addressPrefix },
          apimAddresses(sku),
          sku,
        )
      : []),
  ];
  return [
    ...ruled("name", network.name, azureName.virtualNetwork),
    ...subnets.flatMap(([role, subnet]) =>
      under(
        ["subnets", role],
        [
          ...ruled("name", subnet.name, azureName.subnet),
          ...ruled("networkSecurityGroup", subnet.networkSecurityGroup, azureName.networkSecurityGroup),
        ],
      ),
    ),
    ...duplicates(subnets, "name"),
    ...duplicates(subnets, "networkSecurityGroup"),
    ...(malformed.length > 0 ? malformed : related),
  ];
}

function duplicates(subnets: [string, SubnetSettings][], key: "name" | "networkSecurityGroup"): Problem[] {
  return subnets.flatMap(([role, subnet], index) => {
    const twin = subnets.slice(0, index).find(([, other]) => other[key].toLowerCase() === subnet[key].toLowerCase());
    return twin
      ? [{ path: ["subnets", role, key], complaint: `must differ from the ${twin[0]} subnet's, got "${subnet[key]}"` }]
      : [];
  });
}

/**
 * Defines the provider's network: resource group, virtual network, a subnet and a network security group for each
 * role, and an APIM instance in internal mode.
 */
export class ApimVnet extends Construct {
  /** The name and region that the rest of this side is put into. */
  public readonly resourceGroup: { readonly name: string; readonly location: string };
  /** The subnet of the NAT addresses and of the load balancer's frontend. */
  public readonly plsSubnet: ISubnet;
  /** The subnet of the forwarders; the same as `plsSubnet` unless the network has one of their own. */
  public readonly forwarderSubnet: ISubnet;
  /** The APIM instance. */
  public readonly apim: IInternalApim;

  constructor(scope: Construct, id: string, props: ApimVnetProps) {
    super(scope, id);
    refuse(this, under("network", networkProblems(props.network, props.apim.skuName)));

    const { apim, privateLinkService, forwarder } = props.network.subnets;
    const ports = props.ports ?? [443];
    const group = new ResourceGroup(this, "ResourceGroup", {
      name: props.resourceGroupName,
      location: props.location,
    });
    const virtualNetwork = new VirtualNetwork(this, "VirtualNetwork", {
      name: props.network.name,
      resourceGroupName: group.name,
      location: group.location,
      addressSpace: props.network.addressSpace,
    });
    const plsSubnet = new RoleSubnet(this, "PlsSubnet", {
      ...privateLinkService,
      virtualNetwork,
      securityRules: forwarderSecurityRules("VirtualNetwork", ports),
      // the service cannot be made otherwise: https://learn.microsoft.com/azure/private-link/disable-private-link-service-network-policy
      privateLinkServiceNetworkPoliciesEnabled: false,
      defaultOutboundAccessEnabled: false,
    });
    const forwarderSubnet =
      forwarder &&
      new RoleSubnet(this, "ForwarderSubnet", {
        ...forwarder,
        virtualNetwork,
        securityRules: forwarderSecurityRules(plsSubnet.addressPrefix, ports),
        defaultOutboundAccessEnabled: false,
      });
    const apimSubnet = new RoleSubnet(this, "ApimSubnet", {
      ...apim,
      virtualNetwork,
      securityRules: apimSecurityRules({
        subnetPrefix: apim.addressPrefix,
        clients: [(forwarderSubnet ?? plsSubnet).addressPrefix, ...(props.apimClients ?? [])],
        ports,
      }),
    });

    this.resourceGroup = { name: group.name, location: group.location };
    this.plsSubnet = plsSubnet;
    this.forwarderSubnet = forwarderSubnet ?? plsSubnet;
    this.apim = new InternalApim(this, "Apim", {
      ...props.apim,
      resourceGroupName: group.name,
      location: group.location,
      subnet: apimSubnet,
    });
  }
}
