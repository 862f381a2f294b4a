import { DataAzurermNetworkSecurityGroup } from "@cdktf/provider-azurerm/lib/data-azurerm-network-security-group";
import { DataAzurermSubnet } from "@cdktf/provider-azurerm/lib/data-azurerm-subnet";
import { dependable, Fn, ITerraformDependable, Token } from "cdktf";
import { Construct } from "constructs";
import { IncomingTraffic, lettingIn } from "./incoming-traffic";
import { ISubnet } from "./subnet";
import { Expectation, postconditions } from "./postconditions";
import { IVirtualNetwork } from "./virtual-network";

/** What an `ExistingSubnet` is made of. */
export interface ExistingSubnetProps {
  /** The subnet's name. */
  readonly name: string;
  /** The network that it belongs to. */
  readonly virtualNetwork: IVirtualNetwork;
  /** How many addresses are going to be taken from it. */
  readonly addressesNeeded: number;
  /**
   * Addresses that are given out in it.
   *
   * @default - none
   */
  readonly staticAddresses?: readonly string[];
  /** What else must be true of it. */
  readonly expectations?: readonly Expectation[];
  /**
   * What its security group, if it has one, must let in.
   *
   * @default - nothing, and the security group is not read
   */
  readonly incoming?: readonly IncomingTraffic[];
}

/**
 * Reads a subnet that somebody else made, and its security group where something has to be let in; both stay theirs, and are checked
 * when Terraform plans. Its routes are not looked at.
 */
export class ExistingSubnet extends Construct implements ISubnet {
  public readonly id: string;
  public readonly knownId: string;
  public readonly addressPrefix: string;
  public readonly ready: readonly ITerraformDependable[] = [];
  public readonly made: readonly ITerraformDependable[] = [];

  constructor(scope: Construct, id: string, props: ExistingSubnetProps) {
    super(scope, id);

    const { name, virtualNetwork, addressesNeeded } = props;
    const subnet = new DataAzurermSubnet(this, "Resource", {
      name,
      virtualNetworkName: virtualNetwork.name,
      resourceGroupName: virtualNetwork.resourceGroupName,
      lifecycle: postconditions([
        {
          condition: `try(pow(2, 32 - tonumber(split("/", self.address_prefixes[0])[1])) - 5 >= ${addressesNeeded}, false)`,
          remedy: `The subnet ${name} must have room for ${addressesNeeded} addresses beside the 5 that Azure keeps; choose a larger one.`,
        },
        {
          // what is let in is let in from one prefix.
          condition: "length(self.address_prefixes) == 1",
          remedy: `The subnet ${name} must have one address prefix only; choose another subnet.`,
        },
        ...(props.staticAddresses ?? []).map((address) => ({
          condition: `try(cidrhost(format("%s/%s", "${address}", split("/", self.address_prefixes[0])[1]), 0) == cidrhost(self.address_prefixes[0], 0), false)`,
          remedy: `The address ${address} must be one of the subnet ${name}; change it in the deployment file.`,
        })),
        ...(props.expectations ?? []),
      ]),
    });

    this.id = subnet.id;
    this.knownId = subnet.id;
    this.addressPrefix = Token.asString(Fn.element(subnet.addressPrefixes, 0));
    const { incoming = [] } = props;
    if (incoming.length > 0) this.expectOfSecurityGroup(subnet, name, incoming);
  }

  private expectOfSecurityGroup(subnet: DataAzurermSubnet, name: string, incoming: readonly IncomingTraffic[]): void {
    const partsOfId = Fn.split("/", subnet.networkSecurityGroupId);
    new DataAzurermNetworkSecurityGroup(this, "NetworkSecurityGroup", {
      // a subnet has one or none.
      count: Token.asNumber(`\${try(length(${dependable(subnet)}.network_security_group_id) > 0, false) ? 1 : 0}`),
      name: Token.asString(Fn.element(partsOfId, 8)),
      resourceGroupName: Token.asString(Fn.element(partsOfId, 4)),
      lifecycle: postconditions(incoming.map((traffic) => lettingIn(traffic, name, this.addressPrefix))),
    });
  }
}
