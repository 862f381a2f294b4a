import { Token } from "cdktf";
import { imageKindProblems, isGeneration1, needsPlatformPatching, operatingSystemOf } from "../../lib/azure/image";

const TOKEN = Token.asString({ resolve: () => "later" });

const image = (name: string) => {
  const [publisher = "", offer = "", sku = ""] = name.split(":");
  return { publisher, offer, sku };
};
const server = (sku: string) => image(`MicrosoftWindowsServer:WindowsServer:${sku}`);

describe("patching by the platform", () => {
  it.each([
    "2022-datacenter-azure-edition-core",
    "2022-datacenter-azure-edition-core-smalldisk",
    "2022-datacenter-azure-edition-hotpatch",
    "2022-datacenter-azure-edition-hotpatch-smalldisk",
    "2025-datacenter-azure-edition",
    "2025-datacenter-azure-edition-smalldisk",
    "2025-datacenter-azure-edition-core",
    "2025-datacenter-azure-edition-core-smalldisk",
  ])("is what azurerm demands for %s", (sku) => {
    expect(needsPlatformPatching(server(sku))).toBe(true);
  });

  it.each([
    "2025-datacenter-g2",
    "2022-datacenter-azure-edition",
    "2022-datacenter-g2",
    "2025-Datacenter-Azure-Edition",
  ])("is not for %s", (sku) => {
    expect(needsPlatformPatching(server(sku))).toBe(false);
  });

  it("is not for another publisher's or offer's edition of the same name", () => {
    expect(needsPlatformPatching(image("me:WindowsServer:2025-datacenter-azure-edition"))).toBe(false);
    expect(needsPlatformPatching(image("MicrosoftWindowsServer:x:2025-datacenter-azure-edition"))).toBe(false);
  });
});

const GENERATION_1 = [
  "MicrosoftWindowsServer:WindowsServer:2025-datacenter",
  "MicrosoftWindowsServer:WindowsServer:2025-Datacenter-core-smalldisk",
  "MicrosoftWindowsServer:WindowsServer:2019-Datacenter",
  "microsoftwindowsserver:windowsserver:2016-Datacenter-Server-Core",
  "MicrosoftWindowsServer:WindowsServer:2008-R2-SP1",
  "Canonical:ubuntu-24_04-lts:server-gen1",
  "canonical:0001-com-ubuntu-server-jammy:22_04-lts",
  "Canonical:0001-com-ubuntu-server-focal:20_04-LTS",
  "Canonical:0001-com-ubuntu-pro-focal:pro-20_04-lts",
  "Canonical:UbuntuServer:18.04-LTS",
  "RedHat:RHEL:9_4",
  "Redhat:RHEL:9-lvm",
  "RedHat:RHEL:8.2",
  "Debian:debian-12:12",
  "SUSE:sles-15-sp5:gen1",
  "almalinux:almalinux:8_5",
  "almalinux:almalinux-x86_64:9-gen1",
  "OpenLogic:CentOS:7_9",
  "Oracle:Oracle-Linux:ol92-lvm",
  "kinvolk:flatcar-container-linux-free:stable",
];

const GENERATION_2 = [
  "MicrosoftWindowsServer:WindowsServer:2025-datacenter-g2",
  "MicrosoftWindowsServer:WindowsServer:2025-datacenter-azure-edition",
  "MicrosoftWindowsServer:WindowsServer:2022-datacenter-azure-edition-smalldisk",
  "MicrosoftWindowsServer:WindowsServer:2022-datacenter-smalldisk-g2",
  "MicrosoftWindowsServer:WindowsServer:2019-datacenter-gensecond",
  "Canonical:ubuntu-24_04-lts:server",
  "Canonical:ubuntu-24_04-lts:server-arm64",
  "Canonical:ubuntu-26_04-lts:server",
  "Canonical:0001-com-ubuntu-server-jammy:22_04-lts-gen2",
  "Canonical:0001-com-ubuntu-server-jammy:22_04-lts-arm64",
  "RedHat:RHEL:9-lvm-gen2",
  "RedHat:RHEL:94_gen2",
  "RedHat:RHEL:81gen2",
  "Debian:debian-12:12-gen2",
  "Debian:debian-12:12-arm64",
  "SUSE:sles-15-sp5:gen2",
  "almalinux:almalinux-x86_64:9-gen2",
  "Oracle:Oracle-Linux:ol92-lvm-gen2",
  "kinvolk:flatcar-container-linux-free:stable-gen2",
];

describe("the generation of an image", () => {
  it.each(GENERATION_1)("is 1 for %s", (name) => {
    expect(isGeneration1(image(name))).toBe(true);
  });

  it.each([...GENERATION_2, "someone:something:2019-Datacenter", "someone:something:12"])("is not 1 for %s", (name) => {
    expect(isGeneration1(image(name))).toBe(false);
  });
});

describe("the operating system of an image", () => {
  it.each([
    ["MicrosoftWindowsServer:WindowsServer:2025-datacenter-g2", "Windows"],
    ["MicrosoftWindowsServer:windowsserver2025:x", "Windows"],
    ["MicrosoftWindowsDesktop:Windows-11:win11-23h2-pro", "Windows"],
    ["MicrosoftSQLServer:sql2022-ws2022:standard-gen2", "Windows"],
    ["MicrosoftSQLServer:sql2022-ubuntu2004:standard-gen2", undefined],
    ["center-for-internet-security-inc:cis-windows-server:x", "Windows"],
    ["center-for-internet-security-inc:cis-ubuntu:x", "Linux"],
    ["Canonical:ubuntu-24_04-lts:server", "Linux"],
    ["RedHat:RHEL-SAP-HA:88sapha-gen2", "Linux"],
    ["Debian:debian-12:12-gen2", "Linux"],
    ["SUSE:sles-15-sp5:gen2", "Linux"],
    ["MicrosoftCblMariner:azure-linux-3:azure-linux-3-gen2", "Linux"],
    ["someone:windows:x", undefined],
  ])("of %s is %s", (name, system) => {
    expect(operatingSystemOf(image(name))).toBe(system);
  });
});

describe("the kind of an image", () => {
  it.each([...GENERATION_2, "someone:something:x"])("suits a machine of its own system: %s", (name) => {
    const it = image(name);
    expect(imageKindProblems(it, operatingSystemOf(it) ?? "Linux")).toEqual([]);
  });

  it("fails on the other operating system", () => {
    expect(imageKindProblems(server("2025-datacenter-g2"), "Linux")).toEqual([
      {
        path: ["publisher"],
        complaint: 'must be of an image of Linux, got "MicrosoftWindowsServer", whose offer "WindowsServer" is Windows',
      },
    ]);
    expect(imageKindProblems(image("Canonical:ubuntu-24_04-lts:server"), "Windows")).toEqual([
      {
        path: ["publisher"],
        complaint: 'must be of an image of Windows, got "Canonical", whose offer "ubuntu-24_04-lts" is Linux',
      },
    ]);
  });

  it("fails on generation 1", () => {
    expect(imageKindProblems(server("2019-Datacenter"), "Windows")).toEqual([
      {
        path: ["sku"],
        complaint:
          'must be of an image of generation 2, which Trusted Launch needs, got "2019-Datacenter" of generation 1; most of generation 2 have g2, gen2 or gensecond in their names',
      },
    ]);
  });

  it("is not judged where Terraform computes it", () => {
    expect(imageKindProblems(server(TOKEN), "Linux")).toEqual([]);
  });
});
