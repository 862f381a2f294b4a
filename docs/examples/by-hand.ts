import {
  ApimVnet,
  chosenHostNames,
  CONSUMER_REGISTRATIONS,
  ConsumerEndpoint,
  defineAzurerm,
  ForwarderVm,
  LinuxGuest,
  PlsLoadBalancer,
  PrivateLinkService,
  PROVIDER_REGISTRATIONS,
  ServiceConnection,
  Visibility,
} from "apim-private-link";
import { App, TerraformStack } from "cdktf";

// deployments/quickstart.yaml, composed by hand: the stacks, their state and whatever else stands in them are yours.

const PROVIDER = "00000000-0000-0000-0000-000000000001";
const CONSUMER = "00000000-0000-0000-0000-000000000002";
const SSH_KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAII5eZ7P0nt4Z+B/q8tjvepUjJzLWq0He3OS558VyGdIS placeholder";

const app = new App();
const provider = new TerraformStack(app, "provider");
defineAzurerm(provider, { subscriptionId: PROVIDER }, PROVIDER_REGISTRATIONS);

// made to be tried and destroyed again: leave it out of what others depend on.
const deletionProtection = false;
const { apim, apimSubnet, hostNames, resourceGroup, plsSubnet } = new ApimVnet(provider, "ApimVnet", {
  resourceGroup: "rg-private-apim",
  location: "uksouth",
  network: {
    addressSpace: ["10.0.0.0/16"],
    subnets: { apim: { addressPrefix: "10.0.2.0/24" }, privateLinkService: { addressPrefix: "10.0.1.0/24" } },
  },
  apim: { name: "apim-quickstart-4821", publisherName: "Example", publisherEmail: "apis@example.com" },
  deletionProtection,
});
const guest = new LinuxGuest(provider, "Guest", {
  sshPublicKey: SSH_KEY,
  forwarding: { targetAddress: apim.privateIpAddress, allowFrom: [plsSubnet.addressPrefix] },
});
const placed = { resourceGroup, subnet: plsSubnet };
// told of the subnets once they are as they should be.
const dependsOn = [...plsSubnet.made, ...(apimSubnet?.ready ?? [])];
const forwarder = new ForwarderVm(provider, "Forwarder", { size: "Standard_B1s", guest, dependsOn, ...placed });
const loadBalancer = new PlsLoadBalancer(provider, "LoadBalancer", {
  privateIpAddress: "10.0.1.5",
  forwarders: [forwarder],
  ...placed,
});
const service = new PrivateLinkService(provider, "Service", {
  resourceGroup,
  natSubnet: plsSubnet,
  loadBalancer,
  visibility: Visibility.restrictedBySubscription([CONSUMER], [CONSUMER]),
  deletionProtection,
});

const consumer = new TerraformStack(app, "consumer");
defineAzurerm(consumer, { subscriptionId: CONSUMER }, CONSUMER_REGISTRATIONS);
new ConsumerEndpoint(consumer, "Endpoint", {
  resourceGroup: "rg-apim-consumer",
  location: "eastus",
  network: { addressSpace: ["10.0.0.0/16"], subnet: { addressPrefix: "10.0.1.0/24" } },
  connection: ServiceConnection.byResourceId(service.id, service.alias),
  hostNames: chosenHostNames(hostNames),
});

app.synth();
