import { Construct } from "constructs";
import { z } from "zod";
import { apimAddresses } from "../azure/api-management";
import { prefixed } from "../azure/check";
import { deletionProtection } from "../azure/deletion-protection";
import { addressSpaceProblems } from "../azure/ip";
import { apimSecurityRules, forwarderSecurityRules } from "../azure/network-security-rules";
import { allowUnlistedRegion, region, unlistedRegionProblems } from "../azure/region";
import { section } from "../azure/setting";
import { settled } from "../azure/settled";
import { HostNames } from "../dns/host-names";
import { forwardedPorts } from "../guest/forwarding";
import { GuardedSubnet, GuardedSubnetChoice, GuardedSubnetProps } from "../network/guarded-subnet";
import { IncomingTraffic } from "../network/incoming-traffic";
import { DefinedResourceGroup, resourceGroupFor, resourceGroupSettings } from "../network/resource-group";
import { ISubnet } from "../network/subnet";
import { IVirtualNetwork, virtualNetworkFor } from "../network/virtual-network";
import { apimPortProblems, carriedTo, hostNamesOf } from "./apim-settings";
import { IForwardingTarget } from "./forwarding-target";
import { InternalApim } from "./internal-apim";
import { networkProblems, providerNetworkSettings } from "./network-settings";
import { guarded, policiesOff, trafficToApim, trafficToForwarders } from "./subnet-expectations";

const apimVnetSettings = section({
  /** The resource group for everything on this side, to make or existing. */
  resourceGroup: resourceGroupSettings,
  /** The region of everything on this side. */
  location: region,
  /** Says that the region exists although this product does not know it. */
  allowUnlistedRegion,
  /** The network and its subnets, to make or existing. */
  network: providerNetworkSettings,
  /** The APIM instance, to make or existing, or any other private service by its address and host names. */
  apim: carriedTo,
  /** The TCP ports that are carried. */
  ports: forwardedPorts,
  /** Whether Terraform refuses to destroy or replace the APIM instance that is made. */
  deletionProtection,
});

type Settings = z.output<typeof apimVnetSettings>;

/** What an `ApimVnet` is made of. */
export interface ApimVnetProps extends z.input<typeof apimVnetSettings> {
  /**
   * What is taken from the Private Link Service's and the forwarders' subnet, for which existing subnets are checked; where
   * it is left out, two addresses of Azure's choice and one forwarder's.
   */
  readonly addresses?: { readonly privateLinkService: AddressUse; readonly forwarder: AddressUse };
}

/** What is taken from a subnet. */
export interface AddressUse {
  /** How many addresses. */
  readonly count: number;
  /** Those among them that the deployment chooses; Azure chooses the others. */
  readonly given?: readonly string[];
}

/**
 * Defines the provider's network: resource group, virtual network, a subnet and a network security group for each
 * role, and an APIM instance in internal mode. Each part can exist already; Terraform then reads and checks it.
 */
export class ApimVnet extends Construct {
  /** The name and region that the rest of this side is put into. */
  public readonly resourceGroup: DefinedResourceGroup;
  /** The virtual network. */
  public readonly virtualNetwork: IVirtualNetwork;
  /** The subnet of the NAT addresses and of the load balancer's frontend. */
  public readonly plsSubnet: ISubnet;
  /** The subnet of the forwarders; the same as `plsSubnet` unless the network has one of their own. */
  public readonly forwarderSubnet: ISubnet;
  /** The subnet of an APIM instance that is made, whose security group lets the forwarders in. */
  public readonly apimSubnet?: ISubnet;
  /** The APIM instance, or the other service, that connections are carried to. */
  public readonly apim: IForwardingTarget;
  /** The host names of the APIM instance or the other service. */
  public readonly hostNames: HostNames;
  private readonly networkId: string;

  constructor(scope: Construct, id: string, props: ApimVnetProps) {
    super(scope, id);
    const settings = settled(
      this,
      apimVnetSettings,
      props,
      ({ location, allowUnlistedRegion, network, apim, ports }) => [
        ...unlistedRegionProblems(location, allowUnlistedRegion),
        ...prefixed("network", networkProblems(network, apim.kind === "new" ? apim.skuName : undefined)),
        ...(apim.kind === "target" ? [] : apimPortProblems(ports)),
        ...(apim.kind === "new" ? addressSpaceProblems(["apim", "allowedClients"], apim.allowedClients) : []),
      ],
    );

    const { resourceGroup, network, location, ports } = settings;
    const { privateLinkService, forwarder } = network.subnets;
    const addresses = props.addresses ?? { privateLinkService: { count: 3 }, forwarder: { count: 1 } };
    this.resourceGroup = resourceGroupFor(this, resourceGroup, location);
    this.virtualNetwork = virtualNetworkFor(this, network, this.resourceGroup, location);
    this.networkId =
      network.kind === "existing"
        ? this.virtualNetwork.id
        : `${this.resourceGroup.id}/providers/Microsoft.Network/virtualNetworks/${network.name}`;

    const toForwarders = (source?: IncomingTraffic["source"]): IncomingTraffic[] =>
      addresses.forwarder.count === 0 ? [] : trafficToForwarders(ports, source);
    this.plsSubnet = this.subnet("PlsSubnet", privateLinkService, addresses.privateLinkService, {
      securityRules: forwarderSecurityRules("VirtualNetwork", ports),
      incoming: forwarder === undefined ? toForwarders() : [],
      // the service cannot be made otherwise: https://learn.microsoft.com/azure/private-link/disable-private-link-service-network-policy
      privateLinkServiceNetworkPoliciesEnabled: false,
      defaultOutboundAccessEnabled: false,
    });
    this.forwarderSubnet =
      forwarder === undefined
        ? this.plsSubnet
        : this.subnet("ForwarderSubnet", forwarder, addresses.forwarder, {
            securityRules: forwarderSecurityRules(this.plsSubnet.addressPrefix, ports),
            incoming: toForwarders({ prefix: this.plsSubnet.addressPrefix }),
            named: [this.plsSubnet],
            defaultOutboundAccessEnabled: false,
          });
    this.apimSubnet = this.defineApimSubnet(settings);
    this.apim = this.defineApim(settings, this.apimSubnet);
    this.hostNames = hostNamesOf(settings.apim);
    this.node.defaultChild = this.node.tryFindChild("Apim");
  }

  private defineApimSubnet({ apim, network, ports }: Settings): ISubnet | undefined {
    const { apim: subnet } = network.subnets;
    if (apim.kind !== "new" || subnet === undefined) return undefined;
    const securityRules = apimSecurityRules({
      subnetPrefix: subnet.kind === "new" ? subnet.addressPrefix : "",
      forwarders: this.forwarderSubnet.addressPrefix,
      clients: apim.allowedClients,
      ports,
    });
    const incoming = trafficToApim(ports, this.forwarderSubnet.addressPrefix);
    const addresses = { count: apimAddresses(apim.skuName) };
    return this.subnet("ApimSubnet", subnet, addresses, { securityRules, incoming, named: [this.forwarderSubnet] });
  }

  private defineApim({ apim, deletionProtection: kept }: Settings, subnet?: ISubnet): IForwardingTarget {
    if (apim.kind === "target") return apim;
    if (apim.kind === "existing") {
      const { name, resourceGroup: resourceGroupName } = apim;
      return InternalApim.fromExisting(this, "Apim", { name, resourceGroupName, virtualNetwork: this.virtualNetwork });
    }
    if (subnet === undefined) throw new Error("an APIM instance that is made needs a subnet");
    return new InternalApim(this, "Apim", {
      ...apim,
      deletionProtection: kept,
      resourceGroupName: this.resourceGroup.name,
      location: this.resourceGroup.location,
      subnet,
    });
  }

  private subnet(
    id: "PlsSubnet" | "ForwarderSubnet" | "ApimSubnet",
    settings: GuardedSubnetChoice,
    addresses: AddressUse,
    {
      incoming,
      ...made
    }: { readonly incoming: readonly IncomingTraffic[] } & Pick<
      GuardedSubnetProps,
      "securityRules" | "named" | "privateLinkServiceNetworkPoliciesEnabled" | "defaultOutboundAccessEnabled"
    >,
  ): ISubnet {
    const { virtualNetwork, resourceGroup, networkId } = this;
    const { name } = settings;
    if (settings.kind === "new") {
      return new GuardedSubnet(this, id, { ...settings, ...made, virtualNetwork, networkId, resourceGroup });
    }
    return GuardedSubnet.fromExisting(this, id, {
      name,
      virtualNetwork,
      addressesNeeded: addresses.count,
      staticAddresses: addresses.given,
      incoming: settings.checkSecurityGroup ? incoming : [],
      expectations: [
        ...(id === "PlsSubnet" ? [policiesOff(name)] : []),
        ...(id === "ApimSubnet" ? [guarded(name)] : []),
      ],
    });
  }
}
