import { LinuxVirtualMachine } from "@cdktf/provider-azurerm/lib/linux-virtual-machine";
import { NetworkInterface } from "@cdktf/provider-azurerm/lib/network-interface";
import { NetworkInterfaceBackendAddressPoolAssociation } from "@cdktf/provider-azurerm/lib/network-interface-backend-address-pool-association";
import { VirtualMachineExtension } from "@cdktf/provider-azurerm/lib/virtual-machine-extension";
import { WindowsVirtualMachine } from "@cdktf/provider-azurerm/lib/windows-virtual-machine";
import { Fn, TerraformStack, TerraformVariable, Token } from "cdktf";
import { Construct } from "constructs";
import { IForwarderPool } from "../../lib/provider/forwarder-pool";
import { ForwarderVm, ForwarderVmProps } from "../../lib/provider/forwarder-vm";
import { IGuest } from "../../lib/provider/guest";
import { LinuxGuest, LinuxGuestProps } from "../../lib/provider/linux-guest";
import { WindowsGuest, WindowsGuestProps } from "../../lib/provider/windows-guest";
import { refusal, RESOURCE_GROUP, SUBNET, template } from "../support/template";

const OTHER_KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAII5eZ7P0nt4Z+B/q8tjvepUjJzLWq0He3OS558VyGdIS other";
const SSH_KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ0ztoRVOyAVmCXZIelgm1zYAxOePxFhFTwiwuzh1eTW admin";

const FORWARDING = { targetAddress: "10.0.9.5", ports: [443], allowFrom: ["10.0.1.0/24"] };

const PROPS = { name: "vm-fwd1", resourceGroup: RESOURCE_GROUP, subnet: SUBNET };

const linux =
  (props: Partial<LinuxGuestProps> = {}) =>
  (scope: Construct) =>
    new LinuxGuest(scope, "Guest", { sshPublicKey: SSH_KEY, forwarding: FORWARDING, ...props });

const windows =
  (props: Partial<WindowsGuestProps> = {}) =>
  (scope: Construct) => {
    const password = new TerraformVariable(scope, "password", { sensitive: true });
    return new WindowsGuest(scope, "Guest", {
      adminPassword: password.stringValue,
      forwarding: FORWARDING,
      ...props,
    });
  };

class Pool extends Construct implements IForwarderPool {
  readonly loadBalancer = { fqn: "test_lb.balancer" };
  readonly backendAddressPoolId = "/pool";
  readonly probeId = "/probe";
  readonly rules = [{ fqn: "test_rule.rule" }];
}

function synth(props: Partial<ForwarderVmProps> = {}, guest: (scope: Construct) => IGuest = linux()) {
  return template((stack: TerraformStack) => {
    const subject = new ForwarderVm(stack, "Subject", { ...PROPS, guest: guest(stack), ...props });
    subject.attachTo(new Pool(stack, "Pool"));
  });
}

describe("a forwarder", () => {
  it("has a network interface without a public address, made after the load balancer has taken its own", () => {
    const stack = synth();
    const system = stack.one({ tfResourceType: "terraform_data" });
    expect(stack.one(NetworkInterface).values).toEqual({
      name: "vm-fwd1-nic",
      resource_group_name: "rg-test",
      location: "uksouth",
      ip_forwarding_enabled: false,
      accelerated_networking_enabled: false,
      ip_configuration: [{ name: "ipconfig1", subnet_id: SUBNET.id, private_ip_address_allocation: "Dynamic" }],
      depends_on: ["test_association.other", "test_lb.balancer"],
      // a machine of another operating system has the same name, and waits until the interface is made anew.
      lifecycle: { replace_triggered_by: ["test_subnet.other.id", system.address] },
    });
    expect(system.values).toEqual({ input: { name: "linux" } });
  });

  it("puts its network interface into the pool", () => {
    const stack = synth();
    const { values } = stack.one(NetworkInterface);
    expect(stack.one(NetworkInterfaceBackendAddressPoolAssociation).values).toEqual({
      network_interface_id: stack.one(NetworkInterface).ref(),
      ip_configuration_name: values.ip_configuration[0].name,
      backend_address_pool_id: "/pool",
    });
  });

  it.each([
    ["Linux", linux()],
    ["Windows", windows()],
  ])("makes no public address for %s", (_, guest) => {
    expect(synth({}, guest).resourceTypes).not.toContain("azurerm_public_ip");
  });

  it.each([
    ["Linux", linux(), LinuxVirtualMachine],
    ["Windows", windows(), WindowsVirtualMachine],
  ])("makes its %s machine after the subnet has its security group", (_, guest, machine) => {
    const stack = synth({}, guest);
    expect(stack.one(machine).values).toMatchObject({
      name: "vm-fwd1",
      resource_group_name: "rg-test",
      location: "uksouth",
      network_interface_ids: [stack.one(NetworkInterface).ref()],
      depends_on: SUBNET.ready.map(({ fqn }) => fqn),
    });
  });

  it.each([
    ["Linux", linux(), LinuxVirtualMachine],
    ["Windows", windows(), WindowsVirtualMachine],
  ])("is a small %s machine with Trusted Launch unless told otherwise", (_, guest, machine) => {
    const { values } = synth({}, guest).one(machine);
    expect(values).toMatchObject({
      size: "Standard_B2s",
      os_disk: { caching: "ReadWrite", storage_account_type: "StandardSSD_LRS" },
      secure_boot_enabled: true,
      vtpm_enabled: true,
      boot_diagnostics: {},
    });
    expect(values).not.toHaveProperty("zone");
    expect(values).not.toHaveProperty("encryption_at_host_enabled");
  });

  it.each([
    ["Linux", linux(), LinuxVirtualMachine],
    ["Windows", windows(), WindowsVirtualMachine],
  ])("can be another %s machine", (_, guest, machine) => {
    const props = {
      size: "standard_d2s_v5",
      osDiskType: "Premium_ZRS",
      encryptionAtHostEnabled: true,
      zone: 2,
    } as const;
    const { values } = synth(props, guest).one(machine);
    expect(values).toMatchObject({ size: "Standard_D2s_v5", encryption_at_host_enabled: true, zone: "2" });
    expect(values.os_disk.storage_account_type).toBe("Premium_ZRS");
  });

  it("can have an address of one's choice", () => {
    const [config] = synth({ privateIpAddress: "10.0.1.4" }).one(NetworkInterface).values.ip_configuration;
    expect(config).toMatchObject({ private_ip_address_allocation: "Static", private_ip_address: "10.0.1.4" });
  });

  it.each([
    ["ipForwardingEnabled", "ip_forwarding_enabled"],
    ["acceleratedNetworkingEnabled", "accelerated_networking_enabled"],
  ])("can have a network interface with %s", (setting, argument) => {
    expect(synth({ size: "Standard_D2s_v5", [setting]: true }).one(NetworkInterface).values[argument]).toBe(true);
  });

  it("keeps its Windows machine when the password changes", () => {
    const { values } = synth({}, windows()).one(WindowsVirtualMachine);
    expect(values.lifecycle).toMatchObject({ ignore_changes: ["admin_password"] });
  });

  it("shares a guest with others", () => {
    const stack = template((scope) => {
      const guest = linux()(scope);
      for (const name of ["vm-1", "vm-2"]) new ForwarderVm(scope, name, { ...PROPS, name, guest });
    });
    const [one, two] = stack.all(LinuxVirtualMachine);
    expect(one?.values.custom_data).toBe(two?.values.custom_data);
    expect(one?.values.network_interface_ids).not.toEqual(two?.values.network_interface_ids);
    // the cloud-config, and what brings a running machine to it.
    expect(Object.keys(stack.locals)).toHaveLength(2);
  });

  it.each([
    ["Linux", linux(), LinuxVirtualMachine],
    ["Windows", windows(), WindowsVirtualMachine],
  ])(
    "is made anew on %s with its network interface, which Azure does not delete while a machine has it",
    (_, guest, type) => {
      const stack = synth({}, guest);
      const { replace_triggered_by: triggers } = stack.one(type).values.lifecycle;
      expect(triggers).toEqual([`${stack.one(NetworkInterface).address}.id`]);
    },
  );

  it("is brought up to date while it runs: other custom data does not replace it", () => {
    const stack = synth();
    expect(stack.one(LinuxVirtualMachine).values.lifecycle).toMatchObject({ ignore_changes: ["custom_data"] });
    const { protected_settings, ...values } = stack.one(VirtualMachineExtension).values;
    expect(values).toMatchObject({
      name: "forwarding",
      virtual_machine_id: stack.one(LinuxVirtualMachine).ref(),
      publisher: "Microsoft.Azure.Extensions",
      type: "CustomScript",
      type_handler_version: "2.1",
      auto_upgrade_minor_version: true,
    });
    const [, refresh = ""] =
      /^\$\{jsonencode\(\{ script = base64gzip\(join\("\\n", (local\.\w+)\)\) \}\)\}$/.exec(protected_settings) ?? [];
    expect((stack.locals[refresh] as string[]).join("\n")).toContain(stack.one(LinuxVirtualMachine).values.custom_data);
  });

  it.each([
    ["Linux", linux(), LinuxVirtualMachine],
    ["Windows", windows(), WindowsVirtualMachine],
  ])("is set up anew on %s once it was stopped for another size", (_, guest, type) => {
    const stack = synth({}, guest);
    expect(stack.one(VirtualMachineExtension).values.settings).toBe(
      `\${jsonencode({ timestamp = parseint(substr(sha256(${stack.one(type).address}.size), 0, 7), 16) })}`,
    );
  });

  it("waits for what it is told to wait for, with all its parts", () => {
    const stack = synth({ dependsOn: [{ fqn: "test_thing.former" }] });
    for (const type of [NetworkInterface, LinuxVirtualMachine, VirtualMachineExtension]) {
      expect(stack.one(type).values.depends_on).toContain("test_thing.former");
    }
  });

  it("can have an image and a key of its own", () => {
    const image = { publisher: "Canonical", offer: "ubuntu-24_04-lts", sku: "server", version: "24.04.202601010" };
    const { values } = synth({ image, sshPublicKey: OTHER_KEY }).one(LinuxVirtualMachine);
    expect(values.source_image_reference).toEqual(image);
    expect(values.admin_ssh_key).toEqual([{ username: "azureuser", public_key: OTHER_KEY }]);
  });

  it("can be of a size that is newer than this product where somebody says so", () => {
    const props = { size: "Standard_D2s_v9", allowUnlistedSize: true };
    expect(synth(props).one(LinuxVirtualMachine).values.size).toBe("Standard_D2s_v9");
  });

  it("keeps what a caller has its network interface wait for", () => {
    const stack = template((scope) => {
      const subject = new ForwarderVm(scope, "Subject", { ...PROPS, guest: linux()(scope) });
      subject.networkInterface.dependsOn = ["test_thing.callers"];
      subject.attachTo(new Pool(scope, "Pool"));
    });
    expect(stack.one(NetworkInterface).values.depends_on).toEqual(["test_thing.callers", "test_lb.balancer"]);
  });

  it.each<[string, Partial<ForwarderVmProps>, string]>([
    [
      "its name",
      { name: "vm_1" },
      `name must be 1 to 64 letters, digits or '-', not only digits, beginning and ending with a letter or digit: it is the host name too, got "vm_1"`,
    ],
    ["no size", { size: "B2s" }, `size must be a VM size such as Standard_B2s, got "B2s"`],
    [
      "a size without Trusted Launch",
      { size: "Standard_DS2_v2" },
      `size must be a size with Trusted Launch, which the Dv2 and Dsv2 series lack, got "Standard_DS2_v2"; Standard_B2s and Standard_D2s_v5 have it`,
    ],
    [
      "a disk that cannot be booted from",
      { osDiskType: "UltraSSD_LRS" as "Premium_LRS" },
      `osDiskType must be one of Standard_LRS, StandardSSD_LRS, StandardSSD_ZRS, Premium_LRS, Premium_ZRS, got "UltraSSD_LRS"`,
    ],
    [
      "an address that is none",
      { privateIpAddress: "10.0.1" },
      `privateIpAddress must be an IPv4 address such as 10.0.1.5, got "10.0.1"`,
    ],
    [
      "an address of another subnet",
      { privateIpAddress: "10.0.2.4" },
      `privateIpAddress must be an address of its subnet 10.0.1.0/24, got "10.0.2.4"`,
    ],
    ["a zone that is none", { zone: "4" as "3" }, 'zone must be one of 1, 2, 3, got "4"'],
    [
      "a size that is not known here",
      { size: "Standard_D2s_v9" },
      'size must be a size that Azure has, got "Standard_D2s_v9"; the nearest name is Standard_D2s_v4; set allowUnlistedSize: true if it is newer than this product',
    ],
  ])("fails for %s", (_, props, complaint) => {
    expect(() => synth(props)).toThrow(refusal("test/Subject", complaint));
  });
});

describe("a Linux guest", () => {
  const machine = (props: Partial<LinuxGuestProps> = {}) => synth({}, linux(props)).one(LinuxVirtualMachine).values;

  it("lets its administrator in by key only", () => {
    expect(machine()).toMatchObject({
      admin_username: "azureuser",
      admin_ssh_key: [{ username: "azureuser", public_key: SSH_KEY }],
      disable_password_authentication: true,
    });
    expect(machine()).not.toHaveProperty("admin_password");
  });

  it("can have an administrator of another name", () => {
    const { admin_username, admin_ssh_key } = machine({ adminUsername: "operator" });
    expect([admin_username, admin_ssh_key[0].username]).toEqual(["operator", "operator"]);
  });

  it("is the newest Ubuntu 24.04 of generation 2", () => {
    expect(machine().source_image_reference).toEqual({
      publisher: "Canonical",
      offer: "ubuntu-24_04-lts",
      sku: "server",
      version: "latest",
    });
  });

  it.each([
    ["latest", undefined],
    ["24.04.202501", "24.04.202501"],
  ])("can be another image, of version %s", (version, chosen) => {
    const image = { publisher: "Debian", offer: "debian-12", sku: "12-gen2", ...(chosen && { version: chosen }) };
    expect(machine({ image }).source_image_reference).toEqual({ ...image, version });
  });

  it("gets its cloud-init data from a list of lines in the Terraform", () => {
    const stack = synth();
    const [[address, lines] = ["", []]] = Object.entries(stack.locals);
    expect(stack.one(LinuxVirtualMachine).values.custom_data).toBe(`\${base64encode(join("\\n", ${address}))}`);
    expect(lines).toEqual(expect.arrayContaining(["#cloud-config"]));
    for (const line of lines as string[]) expect(line).not.toContain("\n");
  });

  it("forwards to an address that only Terraform knows", () => {
    const targetAddress = Token.asString(Fn.element(["10.0.9.5"], 0));
    const [lines] = Object.values(synth({}, linux({ forwarding: { ...FORWARDING, targetAddress } })).locals);
    expect(lines).toEqual(
      expect.arrayContaining([expect.stringMatching(/^ *TARGET_ADDRESS=\$\{element\(\["10\.0\.9\.5"\], 0\)\}$/)]),
    );
  });

  it.each<[string, Partial<LinuxGuestProps>, string]>([
    [
      "its administrator's name",
      { adminUsername: "root" },
      `adminUsername must not be one of the names that Azure refuses, got "root"`,
    ],
    [
      "its administrator's key",
      { sshPublicKey: "ssh-rsa AAAA" },
      `sshPublicKey must be the one line of an OpenSSH public key, RSA with at least 2048 bits or Ed25519, got "ssh-rsa AAAA"`,
    ],
    [
      "what it forwards to",
      { forwarding: { ...FORWARDING, targetAddress: "apim" } },
      `forwarding.targetAddress must be an IPv4 address such as 10.0.1.5, got "apim"`,
    ],
    [
      "an image of Windows",
      { image: { publisher: "MicrosoftWindowsServer", offer: "WindowsServer", sku: "2025-datacenter-g2" } },
      'image.publisher must be of an image of Linux, got "MicrosoftWindowsServer", whose offer "WindowsServer" is Windows',
    ],
  ])("fails for %s", (_, props, complaint) => {
    expect(() => synth({}, linux(props))).toThrow(refusal("test/Guest", complaint));
  });
});

describe("a Windows guest", () => {
  const machine = (props: Partial<WindowsGuestProps> = {}) =>
    synth({}, windows(props)).one(WindowsVirtualMachine).values;

  it("has an administrator whose password is a sensitive variable", () => {
    const stack = synth({}, windows());
    expect(stack.one(WindowsVirtualMachine).values).toMatchObject({
      admin_username: "azureuser",
      admin_password: "${var.password}",
    });
    expect(JSON.parse(stack.text).variable.password.sensitive).toBe(true);
  });

  it("can have an administrator of another name", () => {
    expect(machine({ adminUsername: "Operator" }).admin_username).toBe("Operator");
  });

  it("is the newest Windows Server 2025", () => {
    expect(machine().source_image_reference).toEqual({
      publisher: "MicrosoftWindowsServer",
      offer: "WindowsServer",
      sku: "2025-datacenter-g2",
      version: "latest",
    });
  });

  it("can be another image", () => {
    const image = {
      publisher: "MicrosoftWindowsServer",
      offer: "WindowsServer",
      sku: "2022-datacenter-g2",
      version: "20348.2700.240810",
    };
    expect(machine({ image }).source_image_reference).toEqual(image);
  });

  it("is set up by an extension whose settings are all protected", () => {
    const stack = synth({}, windows());
    const { protected_settings, ...values } = stack.one(VirtualMachineExtension).values;
    expect(values).toEqual({
      name: "forwarding",
      virtual_machine_id: stack.one(WindowsVirtualMachine).ref(),
      publisher: "Microsoft.Compute",
      type: "CustomScriptExtension",
      type_handler_version: "1.10",
      auto_upgrade_minor_version: true,
      settings: expect.stringContaining("timestamp"),
    });
    const [, command = ""] =
      /^\$\{jsonencode\(\{ commandToExecute = join\("; ", (local\.\w+)\) \}\)\}$/.exec(protected_settings) ?? [];
    expect(stack.locals[command]).toEqual(
      expect.arrayContaining([expect.stringContaining("-TargetAddress 10.0.9.5 -Ports 443 -AllowFrom 10.0.1.0/24")]),
    );
  });

  it("sends the script compressed, from a list of lines in the Terraform", () => {
    const { locals } = synth({}, windows());
    const packed = /\$\{base64gzip\(join\("\\r\\n", (local\.\w+)\)\)\}/.exec(Object.values(locals).flat().join("\n"));
    const lines = locals[packed?.[1] ?? ""] as string[];
    expect(lines.length).toBeGreaterThan(50);
    for (const line of lines) expect(line).not.toContain("\n");
  });

  it("leaves custom data alone, which Windows would not run", () => {
    expect(machine()).not.toHaveProperty("custom_data");
  });

  it.each<[string, Partial<WindowsGuestProps>, string]>([
    [
      "its administrator's name",
      { adminUsername: "Administrator" },
      `adminUsername must not be one of the names that Azure refuses, got "Administrator"`,
    ],
    [
      "an image of generation 1",
      { image: { publisher: "MicrosoftWindowsServer", offer: "WindowsServer", sku: "2022-datacenter" } },
      'image.sku must be of an image of generation 2, which Trusted Launch needs, got "2022-datacenter" of generation 1; most of generation 2 have g2, gen2 or gensecond in their names',
    ],
    [
      "a word of its image",
      { image: { publisher: "me", offer: "", sku: "mine" } },
      "image.offer must be 1 to 128 letters, digits, '_', '.' or '-', got \"\"",
    ],
    [
      "ports that are none",
      { forwarding: { ...FORWARDING, ports: [] } },
      "forwarding.ports must have at least 1 element, got []",
    ],
  ])("fails for %s", (_, props, complaint) => {
    expect(() => synth({}, windows(props))).toThrow(refusal("test/Guest", complaint));
  });
});
