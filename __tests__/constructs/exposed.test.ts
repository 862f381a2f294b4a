import { TerraformElement, TerraformOutput, TerraformStack, Testing } from "cdktf";
import { Construct } from "constructs";
import { tmpdir } from "node:os";
import { ConsumerEndpoint } from "../../lib/consumer/consumer-endpoint";
import { ServiceConnection } from "../../lib/consumer/service-connection";
import { forwarderSettings } from "../../lib/provider/forwarder-settings";
import { ApimVnet } from "../../lib/provider/apim-vnet";
import { Forwarders } from "../../lib/provider/forwarders";
import { InternalApim } from "../../lib/provider/internal-apim";
import { PlsLoadBalancer } from "../../lib/provider/pls-load-balancer";
import { PrivateLinkService } from "../../lib/provider/private-link-service";
import { Visibility } from "../../lib/provider/visibility";
import { SUBNET } from "../support/template";

const SSH_KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ0ztoRVOyAVmCXZIelgm1zYAxOePxFhFTwiwuzh1eTW admin";

/** What a team's own code reads of a chain that it composes by hand, as an output each. */
function chain(scaleSet?: { name: string }) {
  const stack = new TerraformStack(Testing.app({ outdir: tmpdir() }), "test");
  const vnet = new ApimVnet(stack, "Vnet", {
    resourceGroup: "rg-apim",
    location: "UK South",
    network: {
      addressSpace: ["10.0.0.0/16"],
      subnets: {
        apim: { addressPrefix: "10.0.1.0/24" },
        privateLinkService: { addressPrefix: "10.0.2.0/24" },
        forwarder: { addressPrefix: "10.0.3.0/24" },
      },
    },
    apim: { name: "contoso", publisherName: "Contoso", publisherEmail: "apis@contoso.example" },
  });
  const { resourceGroup, plsSubnet, forwarderSubnet, apim } = vnet;
  const forwarders = new Forwarders(stack, "Forwarders", {
    settings: forwarderSettings.parse({ operatingSystem: "linux", sshPublicKey: SSH_KEY, scaleSet }),
    forwarding: { targetAddress: apim.privateIpAddress, allowFrom: [plsSubnet.addressPrefix] },
    resourceGroup,
    subnet: forwarderSubnet,
  });
  const loadBalancer = new PlsLoadBalancer(stack, "LoadBalancer", {
    privateIpAddress: "10.0.2.10",
    resourceGroup,
    subnet: plsSubnet,
    forwarders: [forwarders],
  });
  const service = new PrivateLinkService(stack, "Service", {
    resourceGroup,
    loadBalancer,
    natSubnet: plsSubnet,
    visibility: Visibility.roleBasedAccessOnly(),
  });
  const endpoint = new ConsumerEndpoint(stack, "Endpoint", {
    resourceGroup: "rg-consumer",
    location: "westeurope",
    network: { addressSpace: ["10.1.0.0/16"], subnet: { addressPrefix: "10.1.0.0/24" } },
    hostNames: Object.values(vnet.hostNames).slice(0, 1),
    connection: ServiceConnection.byResourceId(service.id),
  });
  return { stack, vnet, forwarders, loadBalancer, service, endpoint };
}

const { stack, vnet, forwarders, loadBalancer, service, endpoint } = chain();

const fields = {
  "ApimVnet.resourceGroup.name": [vnet.resourceGroup.name, "${azurerm_resource_group.Vnet_ResourceGroup_*.name}"],
  "ApimVnet.virtualNetwork.id": [vnet.virtualNetwork.id, "${azurerm_virtual_network.Vnet_VirtualNetwork_*.id}"],
  "ApimVnet.plsSubnet.id": [vnet.plsSubnet.id, "${azurerm_subnet.Vnet_PlsSubnet_*.id}"],
  "ApimVnet.plsSubnet.addressPrefix": [vnet.plsSubnet.addressPrefix, "10.0.2.0/24"],
  "ApimVnet.forwarderSubnet.id": [vnet.forwarderSubnet.id, "${azurerm_subnet.Vnet_ForwarderSubnet_*.id}"],
  "ApimVnet.apim.privateIpAddress": [vnet.apim.privateIpAddress, "${local.Vnet_Apim_PrivateIpAddress_*}"],
  "ApimVnet.hostNames.gateway": [vnet.hostNames.gateway, "contoso.azure-api.net"],
  "Forwarders.virtualMachines": [Object.keys(forwarders.virtualMachines).join(), "vm-forwarder-1"],
  "Forwarders.virtualMachines[name].networkInterface.id": [
    forwarders.virtualMachines["vm-forwarder-1"]?.networkInterface.id,
    "${azurerm_network_interface.Forwarders_Machines_vm-forwarder-1_NetworkInterface_*.id}",
  ],
  "Forwarders.virtualMachines[name].virtualMachine.id": [
    forwarders.virtualMachines["vm-forwarder-1"]?.virtualMachine.id,
    "${azurerm_linux_virtual_machine.Forwarders_Machines_vm-forwarder-1_*.id}",
  ],
  "PlsLoadBalancer.loadBalancer.name": [loadBalancer.loadBalancer.name, "${azurerm_lb.LoadBalancer_*.name}"],
  "PlsLoadBalancer.frontendIpConfigurationId": [
    loadBalancer.frontendIpConfigurationId,
    "${azurerm_lb.LoadBalancer_*.frontend_ip_configuration[0].id}",
  ],
  "PlsLoadBalancer.privateIpAddress": [loadBalancer.privateIpAddress, "10.0.2.10"],
  "PlsLoadBalancer.backendAddressPoolId": [
    loadBalancer.backendAddressPoolId,
    "${azurerm_lb_backend_address_pool.LoadBalancer_Pool_*.id}",
  ],
  "PlsLoadBalancer.probeId": [loadBalancer.probeId, "${azurerm_lb_probe.LoadBalancer_Probe_*.id}"],
  "PlsLoadBalancer.rules": [loadBalancer.rules[0]?.id, "${azurerm_lb_rule.LoadBalancer_Rule443_*.id}"],
  "PrivateLinkService.id": [service.id, "${azurerm_private_link_service.Service_*.id}"],
  "PrivateLinkService.alias": [service.alias, "${azurerm_private_link_service.Service_*.alias}"],
  "PrivateLinkService.name": [service.name, "pls-apim"],
  "PrivateLinkService.service.location": [
    service.service.location,
    "${azurerm_private_link_service.Service_*.location}",
  ],
  "ConsumerEndpoint.name": [endpoint.name, "pe-apim"],
  "ConsumerEndpoint.id": [endpoint.id, "${azurerm_private_endpoint.Endpoint_*.id}"],
  "ConsumerEndpoint.resourceGroup.name": [
    endpoint.resourceGroup.name,
    "${azurerm_resource_group.Endpoint_ResourceGroup_*.name}",
  ],
  "ConsumerEndpoint.virtualNetwork.id": [
    endpoint.virtualNetwork.id,
    "${azurerm_virtual_network.Endpoint_VirtualNetwork_*.id}",
  ],
  "ConsumerEndpoint.subnet.id": [endpoint.subnet.id, "${azurerm_subnet.Endpoint_Subnet_*.id}"],
  "ConsumerEndpoint.privateIpAddress": [
    endpoint.privateIpAddress,
    "${azurerm_private_endpoint.Endpoint_*.private_service_connection[0].private_ip_address}",
  ],
  "ConsumerEndpoint.connectionStatus": [
    endpoint.connectionStatus,
    "${data.azurerm_private_endpoint_connection.Endpoint_Connection_*.private_service_connection[0].status}",
  ],
} satisfies Record<string, [string | undefined, string]>;

describe("what a team's own code reads of the tiers", () => {
  for (const [index, [value]] of Object.values(fields).entries()) {
    new TerraformOutput(stack, `field-${index}`, { value });
  }
  const { output } = JSON.parse(Testing.synth(stack));

  it.each(Object.entries(fields).map(([name, [, expected]], index) => [name, expected, index] as const))(
    "is %s: %s",
    (_, expected, index) => {
      const address = expected.replace(/[.[\](){}$]/g, "\\$&").replace("*", "[\\dA-F]{8}");
      expect(output[`field-${index}`].value).toMatch(new RegExp(`^${address}$`));
    },
  );

  it("is which of single machines and a scale set there is", () => {
    expect(forwarders.scaleSet).toBeUndefined();
    const other = chain({ name: "vmss-fwd" }).forwarders;
    expect([other.scaleSet?.name, Object.keys(other.virtualMachines)]).toEqual(["vmss-fwd", []]);
  });

  it("is the public address that an APIM instance has of its own", () => {
    const alone = new TerraformStack(Testing.app({ outdir: tmpdir() }), "test");
    const apim = new InternalApim(alone, "Apim", {
      name: "contoso",
      publisherName: "Contoso",
      publisherEmail: "apis@contoso.example",
      publicIpAddress: { name: "pip-apim", domainNameLabel: "contoso" },
      resourceGroupName: "rg-apim",
      location: "uksouth",
      subnet: SUBNET,
    });
    expect([apim.name, apim.publicIp?.terraformResourceType, apim.apiManagement.terraformResourceType]).toEqual([
      "contoso",
      "azurerm_public_ip",
      "azurerm_api_management",
    ]);
    expect((vnet.apim as InternalApim).publicIp).toBeUndefined();
  });
});

describe("the child that stands for a tier", () => {
  /** The resource that one comes to by way of default children. */
  const resource = ({ node }: Construct): string | undefined => {
    const child = node.defaultChild;
    return TerraformElement.isTerraformElement(child) ? child.node.path : child && resource(child);
  };

  it.each([
    [vnet, "test/Vnet/Apim/Resource"],
    [forwarders, "test/Forwarders/Machines/vm-forwarder-1/Resource"],
    [chain({ name: "vmss-fwd" }).forwarders, "test/Forwarders/ScaleSet/Resource"],
    [loadBalancer, "test/LoadBalancer/Resource"],
    [service, "test/Service/Resource"],
    [endpoint, "test/Endpoint/Resource"],
  ])("is the resource that it is about: %#", (tier, path) => {
    expect(resource(tier)).toBe(path);
  });

  it("takes an override of an attribute that the file does not offer", () => {
    service.service.addOverride("enable_proxy_protocol", false);
    const [only] = Object.values<Record<string, unknown>>(
      JSON.parse(Testing.synth(stack)).resource.azurerm_private_link_service,
    );
    expect(only?.enable_proxy_protocol).toBe(false);
  });
});
