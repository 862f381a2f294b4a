import { PrivateLinkService as AzurermPrivateLinkService } from "@cdktf/provider-azurerm/lib/private-link-service";
import { ITerraformDependable, Token } from "cdktf";
import { Construct } from "constructs";
import { IResourceGroup } from "../network/resource-group";
import { addressProblems, ipv4Address } from "../azure/ip";
import { azureName } from "../azure/names";
import { directConnectRegion, MAX_NAT_ADDRESSES } from "../azure/private-link";
import { matching, Problem, throwIfAny, Check, check, prefixed, wholeNumber } from "../azure/check";
import { ISubnet } from "../network/subnet";
import { Visibility } from "./visibility";

/** The load balancer in front of the forwarders, as a Private Link Service needs it. */
export interface IPlsFrontend {
  /** The id of the frontend whose address connections are sent to. */
  readonly frontendIpConfigurationId: string;
  /** The rules of that frontend; connections are accepted only once there is something to carry them. */
  readonly rules: readonly ITerraformDependable[];
}

/** The part of a Private Link Service that people decide. */
export interface PrivateLinkServiceSettings {
  /** @default "pls-apim" */
  readonly name?: string;
  /**
   * How many NAT addresses Azure allocates, 1 to 8; each allows about 64,000 connections to each forwarder.
   *
   * @default 1, with Direct Connect 2, or as many as `natIpAddresses` has
   */
  readonly natIpCount?: number;
  /**
   * The NAT addresses, 1 to 8 of the subnet; an address once given can be replaced but not made dynamic again.
   *
   * @default - Azure chooses them
   */
  readonly natIpAddresses?: string[];
  /**
   * Host names that the service announces to whoever connects; they make no DNS records.
   *
   * @default - none
   */
  readonly fqdns?: string[];
}

/**
 * Where connections go: to a load balancer's frontend, or straight to one address (Direct Connect).
 *
 * Direct Connect is a preview: it takes an even number of NAT addresses, works in some regions only and for consumers of
 * the same region only, and cannot be changed into the other later without a new alias.
 * https://learn.microsoft.com/azure/private-link/configure-private-link-service-direct-connect
 */
export type PlsDestination =
  | { readonly loadBalancer: IPlsFrontend; readonly destinationIpAddress?: undefined }
  | { readonly loadBalancer?: undefined; readonly destinationIpAddress: string };

/** What a `PrivateLinkService` is made of. */
export type PrivateLinkServiceProps = PrivateLinkServiceSettings &
  PlsDestination & {
    /** The resource group and region; the region is the load balancer's. */
    readonly resourceGroup: IResourceGroup;
    /** The subnet of the NAT addresses, whose network policies for Private Link Services are off. */
    readonly natSubnet: ISubnet;
    /** Who can ask for a connection, and who need not wait for an answer. */
    readonly visibility: Visibility;
  };

/** A Private Link Service as consumers need it. */
export interface IPrivateLinkService {
  /** The name that other tenants connect to; a service that is replaced has another. */
  readonly alias: string;
}

const natCount = wholeNumber(1, MAX_NAT_ADDRESSES, "addresses");

const natIps: Check<number> = (count) =>
  Token.isUnresolved(count)
    ? "must be known before Terraform runs: there is one block for each address"
    : natCount(count);

const fqdn = matching(
  /^(?=.{1,253}$)([a-z\d]([a-z\d-]{0,61}[a-z\d])?\.)+[a-z]{2,63}$/i,
  "a host name such as api.example.com",
);

/** What is wrong with the settings of a Private Link Service in a subnet. */
export function privateLinkServiceProblems(settings: PrivateLinkServiceSettings, subnetPrefix: string): Problem[] {
  const { natIpCount, natIpAddresses } = settings;
  const malformed = (natIpAddresses ?? []).flatMap((address, index) =>
    check(["natIpAddresses", index], address, ipv4Address),
  );
  return [
    ...check("name", settings.name, azureName.privateLinkService),
    ...check("natIpCount", natIpCount, natIps),
    ...check("natIpAddresses", natIpAddresses, (list) => {
      if (list.length < 1 || list.length > MAX_NAT_ADDRESSES) {
        return `must hold 1 to ${MAX_NAT_ADDRESSES} addresses, got ${list.length}`;
      }
      return natIpCount !== undefined && natIpCount !== list.length
        ? `must hold as many addresses as natIpCount says, ${natIpCount}, got ${list.length}; leave natIpCount out`
        : undefined;
    }),
    ...malformed,
    ...(malformed.length > 0
      ? []
      : addressProblems(
          (natIpAddresses ?? []).map((address, index) => ({ path: ["natIpAddresses", index], address })),
          subnetPrefix,
        )),
    ...prefixed(
      "fqdns",
      (settings.fqdns ?? []).flatMap((name, index) => check(index, name, fqdn)),
    ),
  ];
}

/** How many NAT addresses a service with these settings has. */
export function natAddressCount(settings: PrivateLinkServiceSettings, direct: boolean): number {
  return settings.natIpAddresses?.length ?? settings.natIpCount ?? (direct ? 2 : 1);
}

/** What the preview of Direct Connect refuses of the settings of a service in a region. */
export function directConnectProblems(settings: PrivateLinkServiceSettings, region: string): Problem[] {
  const count = natAddressCount(settings, true);
  return [
    ...(count % 2 === 0
      ? []
      : [
          {
            path: [settings.natIpAddresses ? "natIpAddresses" : "natIpCount"],
            complaint: `must be 2, 4, 6 or 8 addresses with directConnect, got ${count}`,
          },
        ]),
    ...check("mode", region, directConnectRegion),
  ];
}

/**
 * Defines the Private Link Service in front of a load balancer, to which private endpoints of other networks connect.
 *
 * The proxy protocol is off: neither APIM nor a forwarder that works on packets understands it.
 */
export class PrivateLinkService extends Construct implements IPrivateLinkService {
  /** A service that somebody else owns, known by its alias. */
  static fromAlias(alias: string): IPrivateLinkService {
    return { alias };
  }

  public readonly alias: string;
  /** The resource id, for consumers with rights on it or on the list. */
  public readonly id: string;
  /** The service's name in Azure. */
  public readonly name: string;

  constructor(scope: Construct, id: string, props: PrivateLinkServiceProps) {
    super(scope, id);
    throwIfAny(this, [
      ...privateLinkServiceProblems(props, props.natSubnet.addressPrefix),
      ...(props.destinationIpAddress === undefined ? [] : directConnectProblems(props, props.resourceGroup.location)),
      ...prefixed("visibility", props.visibility.problems()),
    ]);

    const direct = props.destinationIpAddress !== undefined;
    const natIpCount = natAddressCount(props, direct);
    const { subscriptionIds, autoApprovalSubscriptionIds } = props.visibility;
    const service = new AzurermPrivateLinkService(this, "Resource", {
      name: props.name ?? "pls-apim",
      resourceGroupName: props.resourceGroup.name,
      location: props.resourceGroup.location,
      loadBalancerFrontendIpConfigurationIds: props.loadBalancer && [props.loadBalancer.frontendIpConfigurationId],
      destinationIpAddress: props.destinationIpAddress,
      natIpConfiguration: Array.from({ length: natIpCount }, (_, index) => ({
        name: `nat-${index + 1}`,
        primary: index === 0,
        subnetId: props.natSubnet.id,
        privateIpAddress: props.natIpAddresses?.[index],
      })),
      visibilitySubscriptionIds: subscriptionIds && [...subscriptionIds],
      autoApprovalSubscriptionIds:
        autoApprovalSubscriptionIds.length > 0 ? [...autoApprovalSubscriptionIds] : undefined,
      fqdns: props.fqdns,
      dependsOn: props.loadBalancer && [...props.loadBalancer.rules],
    });

    this.id = service.id;
    this.alias = service.alias;
    this.name = props.name ?? "pls-apim";
  }
}
