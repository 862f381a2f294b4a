import { resource, resources, synthesized, Terraform, withFile } from "../support/synthesized";
import { Changes, complaints, edited } from "./edited";

// while one operating system takes the place of the other, machines of both carry connections; the addresses in the state are
// those that the machines keep afterwards.

const KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ0ztoRVOyAVmCXZIelgm1zYAxOePxFhFTwiwuzh1eTW other";

const provider = (changes: Changes): Terraform =>
  withFile(edited("quickstart", { name: "one", "provider.forwarder.size": "Standard_B2s", ...changes }), (path) =>
    synthesized(path),
  ).provider ?? {};

const machines = (...all: object[]): Changes => ({ "provider.forwarder.virtualMachines": all });

const WINDOWS: Changes = {
  "provider.forwarder.operatingSystem": "windows",
  "provider.forwarder.sshPublicKey": undefined,
};

const LINUX_FIRST = machines({ name: "vm-1" }, { name: "vm-2", operatingSystem: "windows" });

/** A resource by its address, with what the locals in its expressions say. */
function settled(stack: Terraform, type: string, label: string): Terraform {
  const [found] = Object.entries((stack.resource[type] ?? {}) as Record<string, Terraform>).filter(([name]) =>
    name.startsWith(label),
  );
  if (found === undefined) throw new Error(`there is no ${type}.${label}`);
  const inWords = (text: string): string =>
    text.replace(/local\.([\w-]+)/g, (_, name: string) => inWords(JSON.stringify(stack.locals[name])));
  const text = inWords(JSON.stringify(found[1]));
  return { name: found[0], text };
}

describe("forwarders of two operating systems", () => {
  it("stand side by side in one pool, each with its own set-up and one administrator", () => {
    const stack = provider(LINUX_FIRST);
    expect(resource(stack, "azurerm_linux_virtual_machine")).toMatchObject({
      name: "vm-1",
      admin_username: "azureuser",
    });
    expect(resource(stack, "azurerm_windows_virtual_machine")).toMatchObject({
      name: "vm-2",
      admin_username: "azureuser",
      admin_password: "${var.forwarder_admin_password}",
      size: "Standard_B2s",
    });
    expect(resources(stack, "azurerm_network_interface_backend_address_pool_association")).toHaveLength(2);
    expect(resources(stack, "azurerm_virtual_machine_extension").map(({ type }) => type as string)).toEqual([
      "CustomScript",
      "CustomScriptExtension",
    ]);
  });

  it("leaves the machines of the first system as they were", () => {
    const [alone, beside] = [provider(machines({ name: "vm-1" })), provider(LINUX_FIRST)];
    for (const type of [
      "azurerm_linux_virtual_machine",
      "azurerm_virtual_machine_extension",
      "azurerm_network_interface",
    ]) {
      const label = "Forwarders_Machines_vm-1_";
      expect(settled(beside, type, label)).toEqual(settled(alone, type, label));
    }
  });

  it.each<[string, Changes, Changes, string]>([
    [
      "Windows",
      machines({ name: "vm-2", operatingSystem: "windows" }),
      { ...WINDOWS, ...machines({ name: "vm-2" }) },
      "azurerm_windows_virtual_machine",
    ],
    [
      "Linux",
      { ...WINDOWS, ...machines({ name: "vm-2", operatingSystem: "linux", sshPublicKey: KEY }) },
      { "provider.forwarder.sshPublicKey": KEY, ...machines({ name: "vm-2" }) },
      "azurerm_linux_virtual_machine",
    ],
  ])("changes nothing of a machine of %s when its system becomes that of all", (_, before, after, type) => {
    const [during, then] = [provider(before), provider(after)];
    for (const one of [type, "azurerm_virtual_machine_extension", "azurerm_network_interface", "terraform_data"]) {
      const label = "Forwarders_Machines_vm-2_";
      expect(settled(then, one, label)).toEqual(settled(during, one, label));
    }
  });

  it("does not give a machine of the other system the others' image", () => {
    const stack = provider({
      ...LINUX_FIRST,
      "provider.forwarder.image": {
        publisher: "Canonical",
        offer: "ubuntu-24_04-lts",
        sku: "server",
        version: "24.04.1",
      },
    });
    expect(resource(stack, "azurerm_windows_virtual_machine").source_image_reference.offer).toBe("WindowsServer");
    expect(resource(stack, "azurerm_linux_virtual_machine").source_image_reference.version).toBe("24.04.1");
  });

  it.each<[string, Changes, string[]]>([
    [
      "a machine that names the others' system",
      machines({ name: "vm-1", operatingSystem: "linux" }),
      ['provider.forwarder.virtualMachines[0].operatingSystem must be one of windows, got "linux"'],
    ],
    [
      "a Linux machine without a key among those of Windows",
      { ...WINDOWS, ...machines({ name: "vm-1", operatingSystem: "linux" }) },
      ["provider.forwarder.virtualMachines[0].sshPublicKey is missing; it must be text"],
    ],
    [
      "what Windows does not take",
      {
        ...machines({ name: "a-name-of-sixteen", operatingSystem: "windows" }),
        "provider.forwarder.size": "Standard_D2ps_v6",
        "provider.forwarder.image": { publisher: "Canonical", offer: "ubuntu-24_04-lts", sku: "server-arm64" },
      },
      [
        "provider.forwarder.virtualMachines[0].name must be 1 to 15 letters, digits or '-', not only digits, beginning and ending with a letter or digit: it is the host name too, got \"a-name-of-sixteen\"",
        'provider.forwarder.virtualMachines[0].size must be an x64 size, because the image is for x64, got the Arm size "Standard_D2ps_v6"',
      ],
    ],
    [
      "ports that a machine of Windows has itself",
      { ...LINUX_FIRST, "provider.forwarder.ports": [443, 3389] },
      [
        "provider.forwarder.ports[1] must be none that windows listens on itself (135, 139, 445, 3389, 5985, 5986, 47001), got 3389",
      ],
    ],
  ])("are refused: %s", (_, changes, expected) => {
    expect(
      complaints(edited("quickstart", { name: "one", "provider.forwarder.size": "Standard_B2s", ...changes })),
    ).toEqual(expected);
  });
});
