/**
 * What other apps use: the constructs, what they are composed with, and the deployment file for those who want it in an app
 * of their own. `docs/examples/by-hand.ts` composes both sides of a connection.
 *
 * @packageDocumentation
 */

// The provider's side, in the order of a request.
export { PrivateLinkService } from "./provider/private-link-service";
export type { IPlsFrontend, PlsDestination, PrivateLinkServiceProps } from "./provider/private-link-service";
export type { PrivateLinkServiceSettings } from "./provider/private-link-service-settings";
export { Visibility } from "./provider/visibility";
export { PlsLoadBalancer } from "./provider/pls-load-balancer";
export type { PlsLoadBalancerProps } from "./provider/pls-load-balancer";
export type { LoadBalancerSettings } from "./provider/load-balancer-settings";
export type { IForwarder, IForwarderPool } from "./provider/forwarder-pool";

// What carries connections: single machines, a scale set, or whichever of the two the settings say.
export { ForwarderVm } from "./provider/forwarder-vm";
export type { ForwarderVmProps } from "./provider/forwarder-vm";
export type { ForwarderVmSettings } from "./provider/forwarder-vm-settings";
export { ForwarderScaleSet } from "./provider/forwarder-scale-set";
export type { ForwarderScaleSetProps } from "./provider/forwarder-scale-set";
export { scaleSetFeatures } from "./provider/scale-set-settings";
export type { ForwarderScaleSetSettings } from "./provider/scale-set-settings";
export { Forwarders } from "./provider/forwarders";
export type { ForwardersProps } from "./provider/forwarders";
export type { ForwarderSettings } from "./provider/forwarder-settings";

// What runs in the machines.
export { LinuxGuest } from "./provider/linux-guest";
export type { LinuxGuestProps } from "./provider/linux-guest";
export { WindowsGuest } from "./provider/windows-guest";
export type { WindowsGuestProps } from "./provider/windows-guest";
export type { IGuest, IScaleSet, IVirtualMachine } from "./provider/guest";
export type { Forwarding, ForwardingSettings } from "./guest/forwarding";

// The network and the APIM instance, or other service, in it.
export { ApimVnet } from "./provider/apim-vnet";
export type { AddressUse, ApimVnetProps } from "./provider/apim-vnet";
export type { ProviderNetworkSettings } from "./provider/network-settings";
export { InternalApim } from "./provider/internal-apim";
export type { InternalApimProps } from "./provider/internal-apim";
export type { ApimSettings } from "./provider/apim-settings";
export type { IForwardingTarget } from "./provider/forwarding-target";

// The consumer's side.
export { ConsumerEndpoint } from "./consumer/consumer-endpoint";
export type { ConsumerEndpointProps } from "./consumer/consumer-endpoint";
export type { ConsumerNetworkSettings } from "./consumer/consumer-network-settings";
export { ServiceConnection } from "./consumer/service-connection";
export { ReachabilityProbe } from "./consumer/reachability-probe";
export type { ReachabilityProbeProps } from "./consumer/reachability-probe";
export type { ReachabilityProbeSettings } from "./consumer/reachability-probe-settings";

// Host names, and private DNS for them on either side.
export { apimHostNames, chosenHostNames, otherHostNames } from "./dns/host-names";
export type { HostNames } from "./dns/host-names";
export type { ApimEndpoint } from "./azure/api-management";
export { PrivateDns } from "./dns/private-dns";
export type { PrivateDnsProps } from "./dns/private-dns";
export type { PrivateDnsSettings } from "./dns/private-dns-settings";

// What constructs of one side hand to each other, for those who bring a network of their own.
export type { IResourceGroup, ResourceGroupSettings } from "./network/resource-group";
export type { ISubnet } from "./network/subnet";
export type { IVirtualNetwork } from "./network/virtual-network";

// Each stack's azurerm, and tags.
export {
  AZURERM_VERSIONS,
  CONSUMER_REGISTRATIONS,
  defineAzurerm,
  PROBING_CONSUMER_REGISTRATIONS,
  PROVIDER_REGISTRATIONS,
} from "./azure/azurerm-provider";
export type { AzureAccount } from "./azure/account";
export { TagsEverywhere } from "./azure/tags";
export type { Tags } from "./azure/tags";

// The deployment file: read, defined, and the stacks open for changes.
export { defineStacks } from "./app";
export type { DeploymentStacks } from "./app";
export { DeploymentError } from "./deployment/deployment-error";
export { loadDeployment } from "./deployment/load";
export type { Environment } from "./deployment/environment";
export type { Deployment, DeploymentFile } from "./deployment/deployment";
export type { ProviderStack } from "./stacks/provider-stack";
export type { HandoverStack } from "./stacks/handover-stack";
export type { ConsumerStack } from "./stacks/consumer-stack";
export type { RemovedConsumerStack } from "./stacks/removed-consumer-stack";
