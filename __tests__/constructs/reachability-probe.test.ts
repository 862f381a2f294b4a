import { DataAzurermPrivateEndpointConnection } from "@cdktf/provider-azurerm/lib/data-azurerm-private-endpoint-connection";
import { DataAzurermSubnet } from "@cdktf/provider-azurerm/lib/data-azurerm-subnet";
import { LinuxVirtualMachine } from "@cdktf/provider-azurerm/lib/linux-virtual-machine";
import { NetworkInterface } from "@cdktf/provider-azurerm/lib/network-interface";
import { PrivateDnsARecord } from "@cdktf/provider-azurerm/lib/private-dns-a-record";
import { PrivateDnsZoneVirtualNetworkLink } from "@cdktf/provider-azurerm/lib/private-dns-zone-virtual-network-link";
import { PrivateEndpoint } from "@cdktf/provider-azurerm/lib/private-endpoint";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { Subnet } from "@cdktf/provider-azurerm/lib/subnet";
import { VirtualMachineRunCommand } from "@cdktf/provider-azurerm/lib/virtual-machine-run-command";
import { DataResource, TerraformOutput } from "cdktf";
import { ConsumerEndpoint, ConsumerEndpointProps } from "../../lib/consumer/consumer-endpoint";
import { ReachabilityProbe, ReachabilityProbeProps } from "../../lib/consumer/reachability-probe";
import { ServiceConnection } from "../../lib/consumer/service-connection";
import { apimHostNames, chosenHostNames, HostNames, otherHostNames } from "../../lib/dns/host-names";
import { Changes, complaints, edited } from "../deployment/edited";
import { resource, resources, shipped, synthesized, Terraform, withFile } from "../support/synthesized";
import { refusal, Template, template } from "../support/template";

const SSH_KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ0ztoRVOyAVmCXZIelgm1zYAxOePxFhFTwiwuzh1eTW admin";

const APIM = apimHostNames("contoso");

const CALLED = ["contoso.azure-api.net", "contoso.developer.azure-api.net", "contoso.configuration.azure-api.net"];

const PROBED = synthesized(shipped("reachability-probe"));

function synth(
  props: Partial<ReachabilityProbeProps> = {},
  endpoint: Partial<ConsumerEndpointProps> = {},
  hostNames: HostNames = APIM,
) {
  return template((stack) => {
    const called = chosenHostNames(hostNames);
    const subject = new ReachabilityProbe(stack, "Subject", {
      sshPublicKey: SSH_KEY,
      endpoint: new ConsumerEndpoint(stack, "Endpoint", {
        resourceGroup: "rg-consumer",
        location: "westeurope",
        network: {
          name: "vnet-consumer",
          addressSpace: ["10.1.0.0/16"],
          subnet: { name: "snet-endpoint", addressPrefix: "10.1.0.0/24" },
        },
        connection: ServiceConnection.byResourceId("/pls"),
        hostNames: called,
        ...endpoint,
      }),
      hostNames,
      called,
      ...props,
    });
    new TerraformOutput(stack, "result", { value: subject.result });
  });
}

/** The lines of the script that the run command runs. */
function script(stack: Template): string[] {
  const { source } = stack.one(VirtualMachineRunCommand).values;
  const [, address = ""] = /^\$\{join\("\\n", (local\.\w+)\)\}$/.exec(source.script) ?? [];
  return stack.locals[address] as string[];
}

describe("a reachability probe", () => {
  it("is a small machine with Trusted Launch that lets its administrator in by key only", () => {
    const stack = synth();
    const group = stack.one(ResourceGroup);
    const { values } = stack.one(LinuxVirtualMachine);
    expect(values).toMatchObject({
      name: "vm-probe",
      resource_group_name: group.ref("name"),
      location: "westeurope",
      size: "Standard_B1s",
      network_interface_ids: [stack.one(NetworkInterface).ref()],
      admin_username: "azureuser",
      admin_ssh_key: [{ username: "azureuser", public_key: SSH_KEY }],
      disable_password_authentication: true,
      source_image_reference: {
        publisher: "Canonical",
        offer: "ubuntu-24_04-lts",
        sku: "server",
        version: "latest",
      },
      os_disk: { caching: "ReadWrite", storage_account_type: "Standard_LRS" },
      secure_boot_enabled: true,
      vtpm_enabled: true,
      boot_diagnostics: {},
    });
    expect(values).not.toHaveProperty("custom_data");
  });

  it("can be called otherwise and be larger, with another administrator", () => {
    const stack = synth({ name: "vm-other", size: "Standard_D2s_v5", adminUsername: "operator" });
    expect(stack.one(LinuxVirtualMachine).values).toMatchObject({
      name: "vm-other",
      size: "Standard_D2s_v5",
      admin_username: "operator",
      admin_ssh_key: [{ username: "operator", public_key: SSH_KEY }],
    });
    expect(stack.one(NetworkInterface).values.name).toBe("vm-other-nic");
  });

  it("stands in the endpoint's subnet without a public address, once the endpoint and its names are there", () => {
    const stack = synth();
    const { depends_on, ...values } = stack.one(NetworkInterface).values;
    expect(values).toMatchObject({
      name: "vm-probe-nic",
      ip_configuration: [
        { name: "ipconfig1", subnet_id: stack.one(Subnet).ref(), private_ip_address_allocation: "Dynamic" },
      ],
    });
    const ready = [
      ...stack.all(PrivateDnsARecord),
      ...stack.all(PrivateDnsZoneVirtualNetworkLink),
      stack.one(PrivateEndpoint),
    ];
    expect([...(depends_on as string[])].sort()).toEqual(ready.map(({ address }) => address).sort());
    expect(stack.text).not.toContain("public_ip_address_id");
    expect(stack.resourceTypes).not.toContain("azurerm_public_ip");
  });

  it("stands in a subnet that exists, too", () => {
    const network = { existing: { name: "vnet", resourceGroup: "rg-net" }, subnet: { existing: "snet" } };
    const stack = synth({}, { network });
    expect(stack.one(NetworkInterface).values.ip_configuration[0].subnet_id).toBe(stack.data(DataAzurermSubnet).ref());
  });

  it("calls every host name once it is made, and the deployment fails when a call does", () => {
    const stack = synth();
    expect(stack.one(VirtualMachineRunCommand).values).toEqual({
      name: "call-through-endpoint",
      location: "westeurope",
      virtual_machine_id: stack.one(LinuxVirtualMachine).ref(),
      source: { script: expect.any(String) },
      lifecycle: {
        postcondition: [
          {
            condition: "${try(self.instance_view[0].exit_code == 0, false)}",
            error_message:
              "The service was not reached through the private endpoint; the run command call-through-endpoint of the probe's machine says why. Is the connection approved?",
          },
        ],
        replace_triggered_by: expect.any(Array),
      },
    });
    expect(script(stack)).toEqual(
      expect.arrayContaining([
        "#!/bin/sh",
        `endpoint=${stack.one(PrivateEndpoint).ref("private_service_connection[0].private_ip_address")}`,
        `host_names='${CALLED.join(" ")}'`,
        "health_host='contoso.azure-api.net'",
        "health_path=/status-0123456789abcdef",
      ]),
    );
  });

  it("calls again when what is called changes, or the connection's status does", () => {
    const stack = synth();
    const { source, lifecycle } = stack.one(VirtualMachineRunCommand).values;
    // a bare address: Terraform refuses a template here.
    expect(lifecycle.replace_triggered_by).toEqual([stack.one(DataResource).address]);
    const [, local] = /(local\.\w+)/.exec(source.script) ?? [];
    expect(stack.one(DataResource).values).toEqual({
      input: {
        script: `\${${local}}`,
        status: stack.data(DataAzurermPrivateEndpointConnection).ref("private_service_connection[0].status"),
      },
    });
  });

  it("tells what the calls said", () => {
    const stack = synth();
    expect(JSON.parse(stack.text).output.result.value).toBe(
      stack.one(VirtualMachineRunCommand).ref("instance_view[0].output"),
    );
  });

  it("keeps the script's own dollars from becoming templates", () => {
    const lines = script(synth());
    expect(lines.filter((line) => /(^|[^$])\$\{/.test(line))).toEqual([lines.find((line) => /^endpoint=/.test(line))]);
    expect(lines.filter((line) => /(^|[^%])%\{/.test(line))).toEqual([]);
  });

  it("asks no service for APIM's health path that has no gateway", () => {
    const lines = script(synth({}, {}, otherHostNames(["ledger.example.com"])));
    expect(lines).toEqual(expect.arrayContaining(["host_names='ledger.example.com'", "health_host=''"]));
  });

  it("is what nothing else depends on, so that it can be taken out again", () => {
    const content = edited("reachability-probe", { "consumers.0.reachabilityProbe": undefined });
    const without = withFile(content, (path) => synthesized(path), "reachability-probe.yaml");
    const probed = PROBED;
    const types = ["azurerm_linux_virtual_machine", "azurerm_network_interface", "azurerm_virtual_machine_run_command"];
    const before = structuredClone(probed["consumer-external"] as Terraform);
    for (const type of types) {
      expect(resources(before, type)).toHaveLength(1);
      delete before.resource[type];
    }
    const input = Object.keys(before.resource.terraform_data).find((name) => name.startsWith("ReachabilityProbe"));
    delete before.resource.terraform_data[input ?? ""];
    delete before.output.reachability;
    delete before.locals;
    // what cdktf notes for itself.
    delete before["//"];
    delete without["consumer-external"]?.["//"];
    before.provider.azurerm[0].resource_providers_to_register = ["Microsoft.Network"];
    expect(before).toEqual(without["consumer-external"]);
    expect(probed.provider).toEqual(without.provider);
  });

  it.each([
    ["reachability-probe", ["Microsoft.Network", "Microsoft.Compute"]],
    ["quickstart", ["Microsoft.Network"]],
  ])("has what it needs registered, and nothing else, in %s", (deployment, registered) => {
    const stacks = deployment === "quickstart" ? synthesized(shipped(deployment)) : PROBED;
    const consumer = stacks["consumer-external"] ?? {};
    expect(consumer.provider.azurerm[0].resource_providers_to_register).toEqual(registered);
    expect(Object.keys(consumer.output as object).includes("reachability")).toBe(registered.length > 1);
  });

  it("calls the chosen host names only", () => {
    const content = edited("reachability-probe", { "consumers.0.dns": { endpoints: ["developerPortal"] } });
    const consumer = withFile(content, (path) => synthesized(path))["consumer-external"] ?? {};
    expect(Object.values(consumer.locals as object).flat()).toEqual(
      expect.arrayContaining(["host_names='apim-probed-4821.developer.azure-api.net'"]),
    );
    expect(resource(consumer, "azurerm_private_dns_zone").name).toBe("apim-probed-4821.developer.azure-api.net");
  });

  const name =
    "must be 1 to 64 letters, digits or '-', not only digits, beginning and ending with a letter or digit: it is the host name too";

  it.each<[string, Partial<ReachabilityProbeProps>, string[]]>([
    ["its name", { name: "vm_probe" }, [`name ${name}, got "vm_probe"`]],
    ["its size", { size: "B1s" }, ['size must be a VM size such as Standard_B2s, got "B1s"']],
    [
      "its administrator's name",
      { adminUsername: "root" },
      ['adminUsername must not be one of the names that Azure refuses, got "root"'],
    ],
    [
      "its administrator's key",
      { sshPublicKey: "ssh-ed25519 AAAA" },
      [
        'sshPublicKey must be the one line of an OpenSSH public key, RSA with at least 2048 bits or Ed25519, got "ssh-ed25519 AAAA"',
      ],
    ],
  ])("fails for %s", (_, props, problems) => {
    expect(() => synth(props)).toThrow(refusal("test/Subject", ...problems));
  });

  const place = "consumers.0.reachabilityProbe";

  it.each<[string, string, Changes]>([
    ["443 is not the only port", "reachability-probe", { "provider.forwarder.ports": [443, 8443] }],
    [
      "a custom domain is left of the host names",
      "reachability-probe",
      { "consumers.0.dns": { endpoints: [] }, "provider.apim.customDomains": ["api.example.com"] },
    ],
    ["nothing stands in between", "direct-connect", { [place]: { sshPublicKey: SSH_KEY } }],
    ["the service is somebody else's", "consumers-by-alias", { [place]: { sshPublicKey: SSH_KEY } }],
  ])("is accepted in a file where %s", (_, deployment, changes) => {
    expect(complaints(edited(deployment, changes))).toEqual([]);
  });

  it.each<[string, Changes, string[]]>([
    [
      "everything at once",
      { [place]: { sshPublicKey: "x", name: "-", size: "B1s", adminUsername: "admin" } },
      [
        'consumers[0].reachabilityProbe.sshPublicKey must be the one line of an OpenSSH public key, RSA with at least 2048 bits or Ed25519, got "x"',
        'consumers[0].reachabilityProbe.adminUsername must not be one of the names that Azure refuses, got "admin"',
        `consumers[0].reachabilityProbe.name ${name}, got "-"`,
        'consumers[0].reachabilityProbe.size must be a VM size such as Standard_B2s, got "B1s"',
      ],
    ],
    [
      "a key that is missing",
      { [place]: {} },
      ["consumers[0].reachabilityProbe.sshPublicKey is missing; it must be text"],
    ],
    [
      "a password",
      { [`${place}.adminPassword`]: "x" },
      [
        "consumers[0].reachabilityProbe.adminPassword is not a key here; there are sshPublicKey, adminUsername, name, size, allowUnlistedSize",
      ],
    ],
  ])("is refused in a file for %s", (_, changes, expected) => {
    expect(complaints(edited("reachability-probe", changes))).toEqual(expected);
  });

  it("is refused in a file for ports of another service without the one that it calls", () => {
    const changes = { "provider.forwarder.ports": [8443, 9443], [place]: { sshPublicKey: SSH_KEY } };
    expect(complaints(edited("any-service", changes))).toEqual([
      "consumers[0].reachabilityProbe must be left out: it calls TCP 443, and the forwarders carry 8443, 9443 only",
    ]);
  });
});
