import { ApiManagement } from "@cdktf/provider-azurerm/lib/api-management";
import { PublicIp } from "@cdktf/provider-azurerm/lib/public-ip";
import { Fn, Token } from "cdktf";
import { Construct } from "constructs";
import { apimZoneProblems, internalSku } from "../azure/api-management";
import { azureName } from "../azure/names";
import { both, matching, Problem, throwIfAny, check, textOf } from "../azure/check";
import { escapeTemplate } from "../azure/terraform-text";
import { ISubnet } from "../network/subnet";
import { IVirtualNetwork } from "../network/virtual-network";
import { ExistingApim } from "./existing-apim";
import { IForwardingTarget } from "./forwarding-target";

/** Protocols and ciphers that are off unless asked for; all of them are weak. */
export interface ApimSecuritySettings {
  /** @default false */
  readonly frontendTls10Enabled?: boolean;
  /** @default false */
  readonly frontendTls11Enabled?: boolean;
  /** @default false */
  readonly backendTls10Enabled?: boolean;
  /** @default false */
  readonly backendTls11Enabled?: boolean;
  /** @default false */
  readonly tripleDesCiphersEnabled?: boolean;
}

/** The part of an APIM instance that people decide. */
export interface ApimSettings {
  /** The name, 1 to 50 letters, digits or `-`; it is the first label of every host name and unique in all of Azure. */
  readonly name: string;
  /** Who publishes the APIs, 1 to 100 characters; shown in the developer portal. */
  readonly publisherName: string;
  /** Where APIM sends its notifications, 1 to 100 characters. */
  readonly publisherEmail: string;
  /**
   * `Developer_1`, or `Premium_1` to `Premium_99`.
   *
   * @default "Developer_1", which has no SLA
   */
  readonly skuName?: string;
  /**
   * The availability zones, Premium only; the units must be a multiple of them, and `publicIpAddress` be given. Changing
   * them changes APIM's address.
   *
   * @default - Azure places the units
   */
  readonly zones?: string[];
  /**
   * A Standard public address of one's own for the management traffic; no API is reachable through it.
   *
   * @default - an address that the platform manages
   */
  readonly publicIpAddress?: ApimPublicIpAddressSettings;
  /**
   * The oldest version of the management API that is answered.
   *
   * @default "2021-08-01", older versions are retired
   */
  readonly minApiVersion?: string;
  /** @default - every weak protocol and cipher is off */
  readonly security?: ApimSecuritySettings;
  /**
   * Whether the gateway speaks HTTP/2 with its clients.
   *
   * @default false
   */
  readonly http2Enabled?: boolean;
}

/** The public address of APIM's management traffic. */
export interface ApimPublicIpAddressSettings {
  /** The name of the address. */
  readonly name: string;
  /** The DNS label that Azure asks for, 3 to 63 lower-case letters, digits or `-`; unique in the region. */
  readonly domainNameLabel: string;
}

/** What an `InternalApim` is made of. */
export interface InternalApimProps extends ApimSettings {
  /** The resource group. */
  readonly resourceGroupName: string;
  /** The region, the same as the network's. */
  readonly location: string;
  /** The subnet that APIM is injected into; its security group is associated first. */
  readonly subnet: ISubnet;
}

const publicIpDomainLabel = matching(
  /^[a-z][a-z\d-]{1,61}[a-z\d]$/,
  "3 to 63 lower-case letters, digits or '-', beginning with a letter and not ending with '-'",
);

/** What is wrong with the settings of an APIM instance. */
export function apimProblems(apim: ApimSettings): Problem[] {
  return [
    ...check("name", apim.name, azureName.apiManagement),
    ...check("publisherName", apim.publisherName, textOf(1, 100)),
    ...check(
      "publisherEmail",
      apim.publisherEmail,
      both(textOf(1, 100), matching(/^[^@\s]+@[^@\s]+$/, "an e-mail address")),
    ),
    ...check("skuName", apim.skuName, internalSku),
    ...apimZoneProblems(apim.skuName ?? DEFAULT_APIM_SKU, apim.zones, apim.publicIpAddress),
    ...check("minApiVersion", apim.minApiVersion, matching(/^\d{4}-\d{2}-\d{2}$/, "a date such as 2021-08-01")),
    ...check(["publicIpAddress", "name"], apim.publicIpAddress?.name, azureName.publicIpAddress),
    ...check(["publicIpAddress", "domainNameLabel"], apim.publicIpAddress?.domainNameLabel, publicIpDomainLabel),
  ];
}

/** The SKU of an APIM instance whose settings name none. */
export const DEFAULT_APIM_SKU = "Developer_1";

/**
 * Defines an APIM instance in internal VNet mode: its gateway has one private address and no public one.
 *
 * Creating one takes up to 45 minutes; moving it to another subnet replaces it.
 */
export class InternalApim extends Construct implements IForwardingTarget {
  /** An instance that exists in this network, in internal mode; both are checked when Terraform plans. */
  static fromExisting(
    scope: Construct,
    id: string,
    name: string,
    resourceGroupName: string,
    virtualNetwork: IVirtualNetwork,
  ): IForwardingTarget {
    return new ExistingApim(scope, id, { name, resourceGroupName, virtualNetwork });
  }

  public readonly privateIpAddress: string;

  constructor(scope: Construct, id: string, props: InternalApimProps) {
    super(scope, id);
    throwIfAny(this, apimProblems(props));

    const { resourceGroupName, location } = props;
    const publicIpAddress =
      props.publicIpAddress &&
      new PublicIp(this, "PublicIp", {
        ...props.publicIpAddress,
        resourceGroupName,
        location,
        allocationMethod: "Static",
        sku: "Standard",
        zones: props.zones,
      });
    const apim = new ApiManagement(this, "Resource", {
      name: props.name,
      resourceGroupName,
      location,
      publisherName: escapeTemplate(props.publisherName),
      publisherEmail: escapeTemplate(props.publisherEmail),
      skuName: props.skuName ?? DEFAULT_APIM_SKU,
      zones: props.zones,
      publicIpAddressId: publicIpAddress?.id,
      minApiVersion: props.minApiVersion ?? "2021-08-01",
      virtualNetworkType: "Internal",
      virtualNetworkConfiguration: { subnetId: props.subnet.id },
      security: props.security,
      protocols: props.http2Enabled === undefined ? undefined : { http2Enabled: props.http2Enabled },
      // injected instances need the security group: https://learn.microsoft.com/azure/api-management/virtual-network-injection-resources
      dependsOn: [...props.subnet.ready],
    });

    this.privateIpAddress = Token.asString(Fn.element(apim.privateIpAddresses, 0));
  }
}
