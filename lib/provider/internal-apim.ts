import { ApiManagement } from "@cdktf/provider-azurerm/lib/api-management";
import { PublicIp } from "@cdktf/provider-azurerm/lib/public-ip";
import { DataResource, dependable, TerraformLocal } from "cdktf";
import { Construct } from "constructs";
import { z } from "zod";
import { deletionProtection } from "../azure/deletion-protection";
import { settled } from "../azure/settled";
import { escapeTemplate } from "../azure/terraform-text";
import { ISubnet } from "../network/subnet";
import { apimProblems, apimSettings } from "./apim-settings";
import { ExistingApim, ExistingApimProps } from "./existing-apim";
import { IForwardingTarget } from "./forwarding-target";

const internalApimSettings = apimSettings.extend({
  /** Whether Terraform refuses to destroy or replace the instance. */
  deletionProtection,
});

/** What an `InternalApim` is made of. */
export interface InternalApimProps extends z.input<typeof internalApimSettings> {
  /** The resource group. */
  readonly resourceGroupName: string;
  /** The region, the same as the network's. */
  readonly location: string;
  /** The subnet that APIM is injected into; its security group is associated first. */
  readonly subnet: ISubnet;
}

/**
 * Defines an APIM instance in internal VNet mode: its gateway has one private address and no public one.
 *
 * Creating one takes up to 45 minutes; moving it to another subnet replaces it.
 */
export class InternalApim extends Construct implements IForwardingTarget {
  /** An instance that exists in this network, in internal mode; both are checked when Terraform plans. */
  static fromExisting(scope: Construct, id: string, attributes: ExistingApimProps): IForwardingTarget {
    return new ExistingApim(scope, id, attributes);
  }

  /** The instance. */
  public readonly apiManagement: ApiManagement;
  /** The public address of its management traffic, if it has one of its own. */
  public readonly publicIp?: PublicIp;
  /** The instance's name. */
  public readonly name: string;
  public readonly privateIpAddress: string;

  constructor(scope: Construct, id: string, props: InternalApimProps) {
    super(scope, id);
    const settings = settled(this, internalApimSettings, props, apimProblems);

    const { resourceGroupName, location } = props;
    const { zones, http2Enabled, publicIpAddress, security } = settings;
    this.name = settings.name;
    this.publicIp =
      publicIpAddress &&
      new PublicIp(this, "PublicIp", {
        name: publicIpAddress.name,
        domainNameLabel: publicIpAddress.domainNameLabel,
        resourceGroupName,
        location,
        allocationMethod: "Static",
        sku: "Standard",
        zones,
        lifecycle: {
          // another address is there before APIM lets go of this one, which Azure refuses to delete in use.
          createBeforeDestroy: true,
          // an address keeps the zones that it was made with, APIM can change its own.
          ignoreChanges: ["zones"],
        },
      });
    this.apiManagement = new ApiManagement(this, "Resource", {
      name: settings.name,
      resourceGroupName,
      location,
      publisherName: escapeTemplate(settings.publisherName),
      publisherEmail: escapeTemplate(settings.publisherEmail),
      skuName: settings.skuName,
      zones,
      publicIpAddressId: this.publicIp?.id,
      minApiVersion: settings.minApiVersion,
      virtualNetworkType: "Internal",
      virtualNetworkConfiguration: { subnetId: props.subnet.id },
      // key by key: handed over whole, a key that azurerm does not have would be lost without a word.
      security: {
        frontendTls10Enabled: security.frontendTls10Enabled,
        frontendTls11Enabled: security.frontendTls11Enabled,
        backendTls10Enabled: security.backendTls10Enabled,
        backendTls11Enabled: security.backendTls11Enabled,
        tripleDesCiphersEnabled: security.tripleDesCiphersEnabled,
      },
      protocols: { http2Enabled },
      // injected instances need the security group: https://learn.microsoft.com/azure/api-management/virtual-network-injection-resources
      dependsOn: [...props.subnet.ready],
      lifecycle: settings.deletionProtection ? { preventDestroy: true } : undefined,
    });

    // what gives APIM another address when it changes; the plan then waits for it, so that one apply carries it on.
    // https://learn.microsoft.com/azure/api-management/api-management-howto-ip-addresses
    const placement = new DataResource(this, "Placement", {
      input: {
        tier: settings.skuName.replace(/_\d+$/, ""),
        zones: zones ?? [],
        publicIpAddress: publicIpAddress?.name ?? "",
      },
      dependsOn: [this.apiManagement],
    });
    this.privateIpAddress = new TerraformLocal(
      this,
      "PrivateIpAddress",
      `\${element([for address in ${dependable(this.apiManagement)}.private_ip_addresses : address if ${dependable(placement)}.output != null], 0)}`,
    ).asString;
  }
}
