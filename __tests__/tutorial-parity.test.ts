import { resource, resources, shipped, synthesized, Terraform } from "./support/synthesized";

// every row of the tutorial that deployments/tutorial.yaml replaces, under the tutorial's own names.

const stacks = synthesized(shipped("tutorial"));
const provider = stacks.provider as Terraform;
const consumer = stacks["consumer-external"] as Terraform;

function byName(stack: Terraform, type: string, name: string): Terraform {
  const found = resources(stack, type).find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`no ${type} is called ${name}`);
  return found;
}

function securityRule(group: string, rule: string): Terraform {
  const rules: Terraform[] = byName(provider, "azurerm_network_security_group", group).security_rule;
  return rules.find((candidate) => candidate.name === rule) ?? {};
}

describe("the provider's side of the tutorial", () => {
  it("row 1: the resource group PrivateAPIM in uksouth", () => {
    expect(resource(provider, "azurerm_resource_group")).toMatchObject({ name: "PrivateAPIM", location: "uksouth" });
  });

  it("row 2: the network MainNet", () => {
    expect(resource(provider, "azurerm_virtual_network")).toMatchObject({
      name: "MainNet",
      address_space: ["10.0.0.0/16"],
    });
  });

  it("row 3: plsSubnet with NSG-PLS, its policies off in code, only 443 and the probe let in", () => {
    expect(byName(provider, "azurerm_subnet", "plsSubnet")).toMatchObject({
      address_prefixes: ["10.0.1.0/24"],
      private_link_service_network_policies_enabled: false,
      default_outbound_access_enabled: false,
    });
    expect(securityRule("NSG-PLS", "pls-in")).toMatchObject({
      priority: 100,
      direction: "Inbound",
      access: "Allow",
      protocol: "Tcp",
      destination_port_range: "443",
      source_address_prefix: "VirtualNetwork",
      destination_address_prefix: "VirtualNetwork",
    });
    expect(securityRule("NSG-PLS", "probe-in")).toMatchObject({
      access: "Allow",
      source_address_prefix: "AzureLoadBalancer",
      destination_port_range: "443",
    });
    expect(securityRule("NSG-PLS", "network-in-denied")).toMatchObject({
      priority: 4096,
      access: "Deny",
      protocol: "*",
      source_address_prefix: "VirtualNetwork",
    });
  });

  it("row 4: apimSubnet with NSG-APIM, all that APIM needs, and APIM only after the association", () => {
    expect(byName(provider, "azurerm_subnet", "apimSubnet").address_prefixes).toEqual(["10.0.2.0/24"]);
    expect(securityRule("NSG-APIM", "apim-in")).toMatchObject({
      priority: 100,
      protocol: "Tcp",
      destination_port_range: "3443",
      source_address_prefix: "ApiManagement",
      destination_address_prefix: "VirtualNetwork",
    });
    expect(securityRule("NSG-APIM", "load-balancer-in")).toMatchObject({
      source_address_prefix: "AzureLoadBalancer",
      destination_port_range: "6390",
    });
    expect(securityRule("NSG-APIM", "forwarder-in")).toMatchObject({
      source_address_prefix: "10.0.1.0/24",
      destination_port_range: "443",
    });
    const outbound = ["Storage", "Sql", "AzureKeyVault", "AzureMonitor", "Internet"];
    const rules: Terraform[] = byName(provider, "azurerm_network_security_group", "NSG-APIM").security_rule;
    const destinations = rules
      .filter((rule) => rule.direction === "Outbound")
      .map((rule) => rule.destination_address_prefix);
    expect(destinations).toEqual(expect.arrayContaining(outbound));
    expect(resource(provider, "azurerm_api_management").depends_on).toEqual([
      expect.stringMatching(/^azurerm_subnet_network_security_group_association\.ApimVnet_ApimSubnet_/),
    ]);
  });

  it("row 5: APIM, Developer, internal mode, with the name that the file chooses", () => {
    expect(resource(provider, "azurerm_api_management")).toMatchObject({
      name: "apim4821",
      sku_name: "Developer_1",
      virtual_network_type: "Internal",
      publisher_name: "Example",
      publisher_email: "apis@example.com",
    });
  });

  it("row 6: VmPls01-nic in plsSubnet, without IP forwarding and without a public address", () => {
    const nic = resource(provider, "azurerm_network_interface");
    expect(nic).toMatchObject({ name: "VmPls01-nic", ip_forwarding_enabled: false });
    expect(nic.ip_configuration).toEqual([
      {
        name: "ipconfig1",
        private_ip_address_allocation: "Dynamic",
        subnet_id: expect.stringMatching(/azurerm_subnet\.ApimVnet_PlsSubnet_/),
      },
    ]);
  });

  it("row 7: VmPls01, Windows, with Trusted Launch, boot diagnostics, and a password that is only a sensitive variable", () => {
    expect(resource(provider, "azurerm_windows_virtual_machine")).toMatchObject({
      name: "VmPls01",
      size: "Standard_D2s_v5",
      admin_username: "pwd9000admin",
      admin_password: "${var.forwarder_admin_password}",
      secure_boot_enabled: true,
      vtpm_enabled: true,
      boot_diagnostics: {},
      os_disk: { storage_account_type: "Standard_LRS" },
      source_image_reference: { sku: "2025-datacenter-g2" },
    });
    expect(provider.variable.forwarder_admin_password).toMatchObject({ sensitive: true });
    expect(provider.variable.forwarder_admin_password).not.toHaveProperty("default");
  });

  it("row 9: the guest set-up runs without a login, with APIM's address from the resource", () => {
    const extension = resource(provider, "azurerm_virtual_machine_extension");
    expect(extension).toMatchObject({ publisher: "Microsoft.Compute", type: "CustomScriptExtension" });
    const locals = JSON.stringify(provider.locals);
    expect(locals).toMatch(/-TargetAddress \$\{local\.ApimVnet_Apim_PrivateIpAddress_\w+\}/);
    expect(locals).toMatch(/address in azurerm_api_management\.\w+\.private_ip_addresses/);
    expect(locals).toContain("portproxy");
    expect(locals).toContain("HTTPS-$port-Inbound");
  });

  it("row 10: PrivateLinkServiceLB, Standard, with plsFrontEnd at 10.0.1.5", () => {
    expect(resource(provider, "azurerm_lb")).toMatchObject({
      name: "PrivateLinkServiceLB",
      sku: "Standard",
      frontend_ip_configuration: [
        { name: "plsFrontEnd", private_ip_address_allocation: "Static", private_ip_address: "10.0.1.5" },
      ],
    });
  });

  it("row 11: plsVMforwarderPool with the machine's network interface in it", () => {
    expect(resource(provider, "azurerm_lb_backend_address_pool").name).toBe("plsVMforwarderPool");
    expect(resource(provider, "azurerm_network_interface_backend_address_pool_association")).toMatchObject({
      ip_configuration_name: "ipconfig1",
      network_interface_id: expect.stringMatching(/^\$\{azurerm_network_interface\..*\.id\}$/),
    });
  });

  it("row 12: Check443 asks TCP 443 every 5 seconds and counts by probe_threshold", () => {
    const probe = resource(provider, "azurerm_lb_probe");
    expect(probe).toMatchObject({
      name: "Check443",
      protocol: "Tcp",
      port: 443,
      interval_in_seconds: 5,
      probe_threshold: 2,
    });
    expect(probe).not.toHaveProperty("number_of_probes");
  });

  it("row 13: plsHTTPS carries 443, is bound to the probe, resets idle connections after 4 minutes", () => {
    expect(resource(provider, "azurerm_lb_rule")).toMatchObject({
      name: "plsHTTPS",
      protocol: "Tcp",
      frontend_port: 443,
      backend_port: 443,
      idle_timeout_in_minutes: 4,
      tcp_reset_enabled: true,
      probe_id: expect.stringMatching(/^\$\{azurerm_lb_probe\..*\.id\}$/),
    });
  });

  it("row 14: APIM-PLS in front of plsFrontEnd, a dynamic NAT address in plsSubnet, no proxy protocol", () => {
    const service = resource(provider, "azurerm_private_link_service");
    expect(service.name).toBe("APIM-PLS");
    expect(service.load_balancer_frontend_ip_configuration_ids).toEqual([
      expect.stringMatching(/^\$\{azurerm_lb\..*\.frontend_ip_configuration\[0\]\.id\}$/),
    ]);
    expect(service.nat_ip_configuration).toEqual([
      {
        name: "nat-1",
        primary: true,
        subnet_id: expect.stringMatching(/virtualNetworks\/MainNet\/subnets\/plsSubnet$/),
      },
    ]);
    expect(service).not.toHaveProperty("enable_proxy_protocol");
  });

  it("row 15: restricted to the two subscriptions", () => {
    const both = ["00000000-0000-0000-0000-000000000001", "00000000-0000-0000-0000-000000000002"];
    expect(resource(provider, "azurerm_private_link_service")).toMatchObject({
      visibility_subscription_ids: both,
      auto_approval_subscription_ids: both,
    });
  });
});

describe("the consumer's side of the tutorial", () => {
  it("row 16: APIM-PE in the group APIM in East US of the other subscription, by resource id", () => {
    expect(consumer.provider.azurerm[0].subscription_id).toBe("00000000-0000-0000-0000-000000000002");
    expect(resource(consumer, "azurerm_resource_group")).toMatchObject({ name: "APIM", location: "eastus" });
    expect(resource(consumer, "azurerm_private_endpoint")).toMatchObject({
      name: "APIM-PE",
      private_service_connection: {
        is_manual_connection: false,
        private_connection_resource_id: expect.stringContaining(
          "(one(data.terraform_remote_state.ServiceState[*].outputs.private_link_service_id),",
        ),
      },
    });
  });

  it("row 17: the network External", () => {
    expect(resource(consumer, "azurerm_virtual_network").name).toBe("External");
  });

  it("row 18: a private DNS zone for each host name instead of a HOSTS file, whose lines are still an output", () => {
    const hosts = [
      "apim4821.azure-api.net",
      "apim4821.configuration.azure-api.net",
      "apim4821.developer.azure-api.net",
    ];
    expect(
      resources(consumer, "azurerm_private_dns_zone")
        .map(({ name }) => name as string)
        .sort(),
    ).toEqual(hosts);
    for (const record of resources(consumer, "azurerm_private_dns_a_record")) {
      expect(record).toMatchObject({
        name: "@",
        records: [expect.stringMatching(/^\$\{azurerm_private_endpoint\..*\.private_ip_address\}$/)],
      });
    }
    expect(consumer.output.hosts_file_lines.value).toHaveLength(3);
  });

  it("row 21: another region and another subscription", () => {
    expect(provider.provider.azurerm[0].subscription_id).not.toBe(consumer.provider.azurerm[0].subscription_id);
  });
});
