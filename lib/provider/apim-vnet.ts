import { Construct } from "constructs";
import { apimAddresses } from "../azure/api-management";
import { clientProblems } from "../azure/ip";
import { apimSecurityRules, forwarderSecurityRules } from "../azure/network-security-rules";
import { throwIfAny, prefixed } from "../azure/check";
import { portProblems } from "../guest/forwarding";
import { IResourceGroup, resourceGroupFor, ResourceGroupSettings } from "../network/resource-group";
import { ExistingSubnetSettings, ISubnet } from "../network/subnet";
import { IVirtualNetwork, virtualNetworkFor } from "../network/virtual-network";
import { ExistingApimSettings } from "./existing-apim";
import { IForwardingTarget } from "./forwarding-target";
import { ApimSettings, DEFAULT_APIM_SKU, InternalApim } from "./internal-apim";
import { NetworkSettings, networkProblems } from "./network-settings";
import { GuardedSubnet, GuardedSubnetProps, SubnetSettings } from "../network/guarded-subnet";

/** What an `ApimVnet` is made of. */
export interface ApimVnetProps {
  /** The resource group for everything on this side, to make or existing. */
  readonly resourceGroup: ResourceGroupSettings;
  /** The region of everything on this side. */
  readonly location: string;
  /** The network and its subnets, to make or existing. */
  readonly network: NetworkSettings;
  /** The APIM instance, to make or existing, or the address of any other private service. */
  readonly apim: ApimSettings | ExistingApimSettings | IForwardingTarget;
  /**
   * Further prefixes that may call an APIM instance without the forwarders, such as a hub that the network is peered
   * with.
   *
   * @default - none
   */
  readonly apimClients?: string[];
  /**
   * The TCP ports that are carried.
   *
   * @default [443]
   */
  readonly ports?: number[];
  /**
   * What is taken from the Private Link Service's and the forwarders' subnet; existing subnets are checked for it.
   *
   * @default - one NAT address, the frontend and one forwarder, none of them given
   */
  readonly addresses?: { readonly privateLinkService: AddressUse; readonly forwarder: AddressUse };
}

/** What is taken from a subnet. */
export interface AddressUse {
  /** How many addresses. */
  readonly count: number;
  /**
   * Those among them that the deployment chooses.
   *
   * @default - Azure chooses all of them
   */
  readonly given?: readonly string[];
}

/**
 * Defines the provider's network: resource group, virtual network, a subnet and a network security group for each
 * role, and an APIM instance in internal mode. Each part can exist already; Terraform then reads and checks it.
 */
export class ApimVnet extends Construct {
  /** The name and region that the rest of this side is put into. */
  public readonly resourceGroup: IResourceGroup;
  /** The virtual network. */
  public readonly virtualNetwork: IVirtualNetwork;
  /** The subnet of the NAT addresses and of the load balancer's frontend. */
  public readonly plsSubnet: ISubnet;
  /** The subnet of the forwarders; the same as `plsSubnet` unless the network has one of their own. */
  public readonly forwarderSubnet: ISubnet;
  /** The APIM instance, or the other service, that connections are carried to. */
  public readonly apim: IForwardingTarget;

  constructor(scope: Construct, id: string, props: ApimVnetProps) {
    super(scope, id);
    const newApim = "publisherName" in props.apim ? props.apim : undefined;
    const ports = props.ports ?? [443];
    throwIfAny(this, [
      ...prefixed("network", networkProblems(props.network, newApim && (newApim.skuName ?? DEFAULT_APIM_SKU))),
      ...portProblems(ports),
      ...prefixed("apimClients", clientProblems(props.apimClients ?? [])),
    ]);

    const { apim, privateLinkService, forwarder } = props.network.subnets;
    const addresses = props.addresses ?? { privateLinkService: { count: 3 }, forwarder: { count: 1 } };
    this.resourceGroup = resourceGroupFor(this, props.resourceGroup, props.location);
    this.virtualNetwork = virtualNetworkFor(this, props.network, this.resourceGroup, props.location);

    this.plsSubnet = this.subnet("PlsSubnet", privateLinkService, addresses.privateLinkService, {
      securityRules: forwarderSecurityRules("VirtualNetwork", ports),
      // the service cannot be made otherwise: https://learn.microsoft.com/azure/private-link/disable-private-link-service-network-policy
      privateLinkServiceNetworkPoliciesEnabled: false,
      defaultOutboundAccessEnabled: false,
    });
    this.forwarderSubnet =
      forwarder === undefined
        ? this.plsSubnet
        : this.subnet("ForwarderSubnet", forwarder, addresses.forwarder, {
            securityRules: forwarderSecurityRules(this.plsSubnet.addressPrefix, ports),
            defaultOutboundAccessEnabled: false,
          });
    this.apim = this.defineApim(props, apim, ports);
  }

  private defineApim(
    { apim, apimClients }: ApimVnetProps,
    subnet: NetworkSettings["subnets"]["apim"],
    ports: number[],
  ): IForwardingTarget {
    if ("privateIpAddress" in apim) return apim;
    if ("existing" in apim) {
      const { name, resourceGroup } = apim.existing;
      return InternalApim.fromExisting(this, "Apim", name, resourceGroup, this.virtualNetwork);
    }
    if (subnet === undefined) throw new Error("an APIM instance that is made needs a subnet");
    const subnetPrefix = "existing" in subnet ? "" : subnet.addressPrefix;
    return new InternalApim(this, "Apim", {
      ...apim,
      resourceGroupName: this.resourceGroup.name,
      location: this.resourceGroup.location,
      subnet: this.subnet(
        "ApimSubnet",
        subnet,
        { count: apimAddresses(apim.skuName ?? DEFAULT_APIM_SKU) },
        {
          securityRules: apimSecurityRules({
            subnetPrefix,
            forwarders: this.forwarderSubnet.addressPrefix,
            clients: apimClients ?? [],
            ports,
          }),
        },
      ),
    });
  }

  private subnet(
    id: "PlsSubnet" | "ForwarderSubnet" | "ApimSubnet",
    settings: SubnetSettings | ExistingSubnetSettings,
    addresses: AddressUse,
    made: Omit<GuardedSubnetProps, keyof SubnetSettings | "virtualNetwork" | "resourceGroup">,
  ): ISubnet {
    const { virtualNetwork, resourceGroup } = this;
    if (!("existing" in settings))
      return new GuardedSubnet(this, id, { ...settings, ...made, virtualNetwork, resourceGroup });
    const name = settings.existing;
    return GuardedSubnet.fromExisting(this, id, {
      name,
      virtualNetwork,
      addressesNeeded: addresses.count,
      staticAddresses: addresses.given,
      expectations: [
        ...(id === "PlsSubnet" ? [policiesOff(name)] : []),
        ...(id === "ApimSubnet" ? [guarded(name)] : []),
      ],
    });
  }
}

// https://learn.microsoft.com/azure/api-management/virtual-network-injection-resources
function guarded(subnet: string) {
  return {
    condition: "try(length(self.network_security_group_id) > 0, false)",
    remedy: `The subnet ${subnet} must have a network security group that lets in what APIM needs; API Management cannot be created without one.`,
  };
}

function policiesOff(subnet: string) {
  return {
    condition: "self.private_link_service_network_policies_enabled == false",
    remedy: `The subnet ${subnet} must have its network policies for Private Link Services off: az network vnet subnet update --private-link-service-network-policies Disabled.`,
  };
}
