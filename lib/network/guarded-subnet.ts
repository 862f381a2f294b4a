import {
  NetworkSecurityGroup,
  NetworkSecurityGroupSecurityRule,
} from "@cdktf/provider-azurerm/lib/network-security-group";
import { Subnet } from "@cdktf/provider-azurerm/lib/subnet";
import { SubnetNetworkSecurityGroupAssociation } from "@cdktf/provider-azurerm/lib/subnet-network-security-group-association";
import { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { z } from "zod";
import { azureName } from "../azure/names";
import { flag, kinds, section, text, withKey } from "../azure/setting";
import { ExistingSubnet, ExistingSubnetProps } from "./existing-subnet";
import { IResourceGroup } from "./resource-group";
import { existingSubnetKeys, ISubnet, newSubnet, subnetLifecycle } from "./subnet";
import { IVirtualNetwork } from "./virtual-network";

/** A subnet that is made with a network security group, or one that exists; `role` is a part of its names by default. */
export function guardedSubnetSettings(role: string) {
  return kinds({
    existing: {
      when: withKey("existing"),
      schema: section({
        ...existingSubnetKeys,
        /**
         * Whether Terraform, when it plans, reads the subnet's network security group and refuses one that keeps connections out;
         * false where whoever deploys may not read it.
         */
        checkSecurityGroup: flag().default(true),
      }).transform(({ existing, ...rest }) => ({ name: existing, ...rest })),
    },
    new: {
      schema: section({
        ...newSubnet(role),
        /** The name of the network security group that guards the subnet. */
        networkSecurityGroup: text(azureName.networkSecurityGroup).default(`nsg-${role}`),
      }),
    },
  });
}

/** A subnet with its network security group, to make or existing, as it is read. */
export type GuardedSubnetChoice = z.output<ReturnType<typeof guardedSubnetSettings>>;

/** What a `GuardedSubnet` is made of. */
export interface GuardedSubnetProps {
  /** The subnet's name, unique in its network. */
  readonly name: string;
  /** The IPv4 prefix, inside the network's address space. */
  readonly addressPrefix: string;
  /** The name of the network security group. */
  readonly networkSecurityGroup: string;
  /** The network that the subnet belongs to. */
  readonly virtualNetwork: IVirtualNetwork;
  /**
   * The network's resource id, known before the network is there.
   *
   * @default - the id that the network has once it is there
   */
  readonly networkId?: string;
  /** Where the security group is put. */
  readonly resourceGroup: IResourceGroup;
  /** The rules of the security group; Azure's own rules follow them. */
  readonly securityRules: NetworkSecurityGroupSecurityRule[];
  /**
   * The other subnets whose prefixes the rules name.
   *
   * @default - none
   */
  readonly named?: readonly ISubnet[];
  /**
   * Whether network policies bind the NAT addresses of a Private Link Service here; Azure refuses to put the service
   * into a subnet where they do.
   *
   * @default true
   */
  readonly privateLinkServiceNetworkPoliciesEnabled?: boolean;
  /**
   * Whether machines without a public address reach the internet through Azure's default outbound access.
   *
   * @default - the region's default, which is yes
   */
  readonly defaultOutboundAccessEnabled?: boolean;
}

/** Defines a subnet, the network security group that guards it, and the association of the two. */
export class GuardedSubnet extends Construct implements ISubnet {
  /** A subnet that somebody else made; its security group stays theirs. */
  static fromExisting(scope: Construct, id: string, props: ExistingSubnetProps): ISubnet {
    return new ExistingSubnet(scope, id, props);
  }

  public readonly id: string;
  public readonly knownId: string;
  public readonly addressPrefix: string;
  public readonly ready: readonly ITerraformDependable[];
  public readonly made: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: GuardedSubnetProps) {
    super(scope, id);

    const subnet = new Subnet(this, "Resource", {
      name: props.name,
      resourceGroupName: props.virtualNetwork.resourceGroupName,
      virtualNetworkName: props.virtualNetwork.name,
      addressPrefixes: [props.addressPrefix],
      privateLinkServiceNetworkPoliciesEnabled: props.privateLinkServiceNetworkPoliciesEnabled,
      defaultOutboundAccessEnabled: props.defaultOutboundAccessEnabled,
      lifecycle: subnetLifecycle(props.virtualNetwork),
    });
    const networkSecurityGroup = new NetworkSecurityGroup(this, "NetworkSecurityGroup", {
      name: props.networkSecurityGroup,
      resourceGroupName: props.resourceGroup.name,
      location: props.resourceGroup.location,
      securityRule: props.securityRules,
      // Azure refuses another prefix while addresses of the old one are in use, which then must still be let in.
      dependsOn: [subnet, ...(props.named ?? []).flatMap(({ made }) => made)],
    });
    const association = new SubnetNetworkSecurityGroupAssociation(this, "Association", {
      subnetId: subnet.id,
      networkSecurityGroupId: networkSecurityGroup.id,
    });

    this.id = subnet.id;
    this.knownId = `${props.networkId ?? props.virtualNetwork.id}/subnets/${props.name}`;
    this.addressPrefix = props.addressPrefix;
    this.ready = [association];
    this.made = [subnet];
  }
}
