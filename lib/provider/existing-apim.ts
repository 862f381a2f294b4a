import { DataAzurermApiManagement } from "@cdktf/provider-azurerm/lib/data-azurerm-api-management";
import { dependable, Fn, Token } from "cdktf";
import { Construct } from "constructs";
import { postconditions } from "../network/postconditions";
import { IVirtualNetwork } from "../network/virtual-network";
import { IForwardingTarget } from "./forwarding-target";

/** What an `ExistingApim` is made of. */
export interface ExistingApimProps {
  readonly name: string;
  readonly resourceGroupName: string;
  /** The network that it must be in. */
  readonly virtualNetwork: IVirtualNetwork;
}

/** Reads an APIM instance that somebody else made; that it is in internal mode and in the network is checked at plan. */
export class ExistingApim extends Construct implements IForwardingTarget {
  public readonly privateIpAddress: string;

  constructor(scope: Construct, id: string, { name, resourceGroupName, virtualNetwork }: ExistingApimProps) {
    super(scope, id);

    const apim = new DataAzurermApiManagement(this, "Resource", {
      name,
      resourceGroupName,
      lifecycle: postconditions([
        {
          // azurerm has private addresses only for internal mode.
          condition: "length(self.private_ip_addresses) > 0",
          remedy: `The APIM instance ${name} must be in internal VNet mode; it has no private address.`,
        },
        {
          // an instance without a private address is complained of once.
          condition: `length(self.private_ip_addresses) == 0 || anytrue([for prefix in ${dependable(virtualNetwork)}.address_space : try(cidrhost(format("%s/%s", self.private_ip_addresses[0], split("/", prefix)[1]), 0) == cidrhost(prefix, 0), false)])`,
          remedy: `The APIM instance ${name} must be in the forwarders' virtual network; put its address into target if it is reached through a peering.`,
        },
      ]),
    });

    this.privateIpAddress = Token.asString(Fn.element(apim.privateIpAddresses, 0));
  }
}
