import { LinuxVirtualMachine } from "@cdktf/provider-azurerm/lib/linux-virtual-machine";
import { LinuxVirtualMachineScaleSet } from "@cdktf/provider-azurerm/lib/linux-virtual-machine-scale-set";
import { LbBackendAddressPool } from "@cdktf/provider-azurerm/lib/lb-backend-address-pool";
import { LbProbe } from "@cdktf/provider-azurerm/lib/lb-probe";
import { LbRule } from "@cdktf/provider-azurerm/lib/lb-rule";
import { MonitorAutoscaleSetting } from "@cdktf/provider-azurerm/lib/monitor-autoscale-setting";
import { WindowsVirtualMachineScaleSet } from "@cdktf/provider-azurerm/lib/windows-virtual-machine-scale-set";
import { TerraformStack, TerraformVariable, Token } from "cdktf";
import { Construct } from "constructs";
import { IForwarderPool } from "../../lib/provider/forwarder-pool";
import { ForwarderScaleSet, ForwarderScaleSetProps } from "../../lib/provider/forwarder-scale-set";
import { ForwarderVm } from "../../lib/provider/forwarder-vm";
import { IGuest } from "../../lib/provider/guest";
import { LinuxGuest } from "../../lib/provider/linux-guest";
import { PlsLoadBalancer } from "../../lib/provider/pls-load-balancer";
import { mostInstances } from "../../lib/provider/scale-set-settings";
import { WindowsGuest } from "../../lib/provider/windows-guest";
import { refusal, RESOURCE_GROUP, SUBNET, Template, template } from "../support/template";

const SSH_KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ0ztoRVOyAVmCXZIelgm1zYAxOePxFhFTwiwuzh1eTW admin";

const FORWARDING = { targetAddress: "10.0.9.5", ports: [443], allowFrom: ["10.0.1.0/24"] };

const PROPS = { name: "vmss-fwd", resourceGroup: RESOURCE_GROUP, subnet: SUBNET };

const linux = (scope: Construct) => new LinuxGuest(scope, "Guest", { sshPublicKey: SSH_KEY, forwarding: FORWARDING });

function windows(scope: Construct) {
  const password = new TerraformVariable(scope, "password", { sensitive: true });
  return new WindowsGuest(scope, "Guest", { adminPassword: password.stringValue, forwarding: FORWARDING });
}

const BOTH = [
  ["Linux", linux, LinuxVirtualMachineScaleSet],
  ["Windows", windows, WindowsVirtualMachineScaleSet],
] as const;

class Pool extends Construct implements IForwarderPool {
  readonly loadBalancer = { fqn: "test_lb.balancer" };
  readonly backendAddressPoolId = "/pool";
  readonly probeId = "/probe";
  readonly rules = [{ fqn: "test_rule.one" }, { fqn: "test_rule.two" }];
}

type Guest = (scope: Construct) => IGuest;

function scaleSet(stack: TerraformStack, props: Partial<ForwarderScaleSetProps>, guest: Guest) {
  return new ForwarderScaleSet(stack, "Subject", { ...PROPS, guest: guest(stack), ...props });
}

function synth(props: Partial<ForwarderScaleSetProps> = {}, guest: Guest = linux) {
  return template((stack) => {
    scaleSet(stack, props, guest).attachTo(new Pool(stack, "Pool"));
  });
}

describe.each(BOTH)("a scale set of %s forwarders", (_, guest, type) => {
  const values = (props: Partial<ForwarderScaleSetProps> = {}) => synth(props, guest).one(type).values;

  it("has two small machines with Trusted Launch, in no zone", () => {
    expect(values()).toMatchObject({
      name: "vmss-fwd",
      resource_group_name: "rg-test",
      location: "uksouth",
      instances: 2,
      overprovision: false,
      sku: "Standard_B2s",
      os_disk: { caching: "ReadWrite", storage_account_type: "StandardSSD_LRS" },
      secure_boot_enabled: true,
      vtpm_enabled: true,
      boot_diagnostics: {},
    });
    for (const key of ["zones", "zone_balance", "encryption_at_host_enabled"]) {
      expect(values()).not.toHaveProperty(key);
    }
  });

  it("can have other machines", () => {
    const props = { size: "standard_d2s_v5", osDiskType: "Premium_ZRS", encryptionAtHostEnabled: true } as const;
    expect(values(props)).toMatchObject({
      sku: "Standard_D2s_v5",
      os_disk: { storage_account_type: "Premium_ZRS" },
      encryption_at_host_enabled: true,
    });
  });

  it.each<[("1" | "2" | "3")[]]>([[["2"]], [["1", "2", "3"]]])(
    "spreads over the zones %j, and over those that are left while one is down",
    (zones) => {
      expect(values({ zones }).zones).toEqual(zones);
      expect(values({ zones })).not.toHaveProperty("zone_balance");
    },
  );

  it.each(["Rolling", "Automatic"] as const)(
    "comes to a changed model by %s upgrade, in batches that must be healthy",
    (upgradeMode) => {
      expect(values({ upgradeMode })).toMatchObject({
        upgrade_mode: upgradeMode,
        rolling_upgrade_policy: {
          max_batch_instance_percent: 20,
          max_unhealthy_instance_percent: 100,
          max_unhealthy_upgraded_instance_percent: 20,
          pause_time_between_batches: "PT30S",
          prioritize_unhealthy_instances_enabled: true,
        },
      });
    },
  );

  it("rolls unless it is told otherwise", () => {
    expect(values().upgrade_mode).toBe("Rolling");
  });

  it("has machines replaced that the probe finds dead", () => {
    expect(values()).toMatchObject({
      automatic_instance_repair: { enabled: true, grace_period: "PT10M", action: "Replace" },
      health_probe_id: "/probe",
    });
  });

  it("joins the pool with its network interface, which has no public address", () => {
    const stack = synth({}, guest);
    expect(stack.one(type).values.network_interface).toEqual([
      {
        name: "vmss-fwd-nic",
        primary: true,
        enable_ip_forwarding: false,
        enable_accelerated_networking: false,
        ip_configuration: [
          {
            name: "ipconfig1",
            primary: true,
            subnet_id: SUBNET.id,
            load_balancer_backend_address_pool_ids: ["/pool"],
          },
        ],
      },
    ]);
    expect(stack.text).not.toContain("public_ip");
  });

  it.each([
    ["ipForwardingEnabled", "enable_ip_forwarding"],
    ["acceleratedNetworkingEnabled", "enable_accelerated_networking"],
  ])("can have network interfaces with %s", (setting, argument) => {
    expect(values({ size: "Standard_D2s_v5", [setting]: true }).network_interface[0][argument]).toBe(true);
  });

  it("is made after the subnet's security group and the rules that use the probe", () => {
    expect(values().depends_on).toEqual([...SUBNET.ready.map(({ fqn }) => fqn), "test_rule.one", "test_rule.two"]);
  });

  it("keeps what a caller has it wait for", () => {
    const stack = template((scope) => {
      const subject = scaleSet(scope, {}, guest);
      subject.scaleSet.dependsOn = [...(subject.scaleSet.dependsOn ?? []), "test_thing.callers"];
      subject.attachTo(new Pool(scope, "Pool"));
    });
    const waits = SUBNET.ready.map(({ fqn }) => fqn);
    expect(stack.one(type).values.depends_on).toEqual([
      ...waits,
      "test_thing.callers",
      "test_rule.one",
      "test_rule.two",
    ]);
  });

  it("has neither probe nor network before it is put into a pool", () => {
    const alone = template((stack) => void scaleSet(stack, {}, guest)).one(type).values;
    expect(alone).not.toHaveProperty("health_probe_id");
    expect(JSON.stringify(alone.network_interface ?? [])).toBe("[]");
    expect(alone.depends_on).toEqual(SUBNET.ready.map(({ fqn }) => fqn));
  });

  it("follows the load between two numbers when it is told, and Terraform leaves the number alone", () => {
    const stack = synth({ autoscale: { minimum: 3, maximum: 9 } }, guest);
    const set = stack.one(type);
    expect(set.values.instances).toBe(3);
    expect(set.values.lifecycle.ignore_changes).toContain("instances");
    const { profile, ...setting } = stack.one(MonitorAutoscaleSetting).values;
    expect(setting).toEqual({
      name: "vmss-fwd-autoscale",
      resource_group_name: "rg-test",
      location: "uksouth",
      target_resource_id: set.ref(),
    });
    expect(profile).toEqual([
      { name: "load", capacity: { minimum: 3, maximum: 9, default: 3 }, rule: expect.any(Array) },
    ]);
  });

  it("has a fixed number unless it is told otherwise", () => {
    expect(synth({}, guest).resourceTypes).not.toContain("azurerm_monitor_autoscale_setting");
    expect(values().lifecycle?.ignore_changes ?? []).not.toContain("instances");
  });
});

describe("autoscaling", () => {
  const stack = synth({ autoscale: { minimum: 1, maximum: 100 } });
  const [{ rule: rules }] = stack.one(MonitorAutoscaleSetting).values.profile;

  it.each([
    ["Percentage CPU", "GreaterThan", 70, "Increase", "PT5M"],
    ["Percentage CPU", "LessThan", 25, "Decrease", "PT15M"],
    ["Inbound Flows", "GreaterThan", 40000, "Increase", "PT5M"],
    ["Inbound Flows", "LessThan", 10000, "Decrease", "PT15M"],
  ])("by %s %s %d: %s by one, after %s", (metric, operator, threshold, direction, time) => {
    expect(rules).toContainEqual({
      metric_trigger: {
        metric_name: metric,
        metric_resource_id: stack.one(LinuxVirtualMachineScaleSet).ref(),
        operator,
        threshold,
        statistic: "Average",
        time_aggregation: "Average",
        time_grain: "PT1M",
        time_window: time,
      },
      scale_action: { direction, type: "ChangeCount", value: 1, cooldown: time },
    });
  });

  it("has no other rules", () => {
    expect(rules).toHaveLength(4);
  });

  it.each<[Pick<ForwarderScaleSetProps, "instances" | "autoscale">, number, number]>([
    [{}, 2, 2],
    [{ instances: 1 }, 1, 1],
    [{ instances: 100 }, 100, 100],
    [{ autoscale: { minimum: 1, maximum: 2 } }, 2, 2],
    [{ autoscale: { minimum: 1, maximum: 5 } }, 2, 5],
    [{ autoscale: { minimum: 3, maximum: 9 } }, 3, 9],
    [{ instances: 3, autoscale: { minimum: 3, maximum: 9 } }, 3, 9],
    [{ instances: 9, autoscale: { minimum: 3, maximum: 9 } }, 9, 9],
    [{ autoscale: { minimum: 99, maximum: 100 } }, 99, 100],
  ])("with %j begins with %d machines and comes to have %d at most", (settings, first, most) => {
    expect(synth(settings).one(LinuxVirtualMachineScaleSet).values.instances).toBe(first);
    expect(mostInstances({ name: "vmss", upgradeMode: "Rolling", ...settings })).toBe(most);
  });
});

describe("a password that changes", () => {
  it("replaces no machine of a scale set, whether the load decides their number or not", () => {
    const { lifecycle } = synth({ autoscale: { minimum: 1, maximum: 2 } }, windows).one(
      WindowsVirtualMachineScaleSet,
    ).values;
    expect(lifecycle.ignore_changes).toEqual(["instances", "admin_password"]);
  });
});

describe("the set-up of a scale set", () => {
  function script(stack: Template, expression: string): string[] {
    const [, address = ""] = /join\("\\n", (local\.\w+)\)/.exec(expression) ?? [];
    return stack.locals[address] as string[];
  }

  it("on Linux is the cloud-init data of a virtual machine, to the byte", () => {
    const stack = template((scope) => {
      const guest = linux(scope);
      new ForwarderVm(scope, "Vm", { ...PROPS, name: "vm-fwd", guest });
      new ForwarderScaleSet(scope, "ScaleSet", { ...PROPS, guest });
    });
    const { custom_data } = stack.one(LinuxVirtualMachineScaleSet).values;
    expect(custom_data).toMatch(/^\$\{base64encode\(join\("\\n", local\.\w+\)\)\}$/);
    expect(custom_data).toBe(stack.one(LinuxVirtualMachine).values.custom_data);
    expect(script(stack, custom_data)[0]).toBe("#cloud-config");
  });

  it("on Linux reaches machines that run already, by an extension whose settings are all protected", () => {
    const stack = synth();
    const { extension, custom_data } = stack.one(LinuxVirtualMachineScaleSet).values;
    const [{ protected_settings, ...others }] = extension;
    expect(extension).toHaveLength(1);
    expect(others).toEqual({
      name: "forwarding",
      publisher: "Microsoft.Azure.Extensions",
      type: "CustomScript",
      type_handler_version: "2.1",
      auto_upgrade_minor_version: true,
    });
    expect(protected_settings).toMatch(/^\$\{jsonencode\(\{ script = base64gzip\(join\("\\n", local\.\w+\)\) \}\)\}$/);
    const lines = script(stack, protected_settings);
    expect(lines[0]).toBe("#!/bin/sh");
    expect(lines).toContain(`cloud_config=${custom_data}`);
  });

  it("on Linux lets its administrator in by key only", () => {
    const values = synth().one(LinuxVirtualMachineScaleSet).values;
    expect(values).toMatchObject({
      admin_username: "azureuser",
      admin_ssh_key: [{ username: "azureuser", public_key: SSH_KEY }],
      disable_password_authentication: true,
    });
    expect(values).not.toHaveProperty("admin_password");
  });

  it("on Windows is the script of a virtual machine, by an extension whose settings are all protected", () => {
    const values = synth({}, windows).one(WindowsVirtualMachineScaleSet).values;
    expect(values).toMatchObject({ admin_username: "azureuser", admin_password: "${var.password}" });
    expect(values.lifecycle.ignore_changes).toEqual(["admin_password"]);
    expect(values).not.toHaveProperty("custom_data");
    expect(values.extension).toEqual([
      {
        name: "forwarding",
        publisher: "Microsoft.Compute",
        type: "CustomScriptExtension",
        type_handler_version: "1.10",
        auto_upgrade_minor_version: true,
        protected_settings: expect.stringMatching(
          /^\$\{jsonencode\(\{ commandToExecute = join\("; ", local\.\w+\) \}\)\}$/,
        ),
      },
    ]);
  });
});

describe("a scale set behind the load balancer", () => {
  const stack = template((scope) => {
    const forwarders = [scaleSet(scope, {}, linux)];
    const props = { privateIpAddress: "10.0.1.10", resourceGroup: RESOURCE_GROUP, subnet: SUBNET, ports: [443, 8443] };
    new PlsLoadBalancer(scope, "LoadBalancer", { ...props, forwarders });
  });
  const { values } = stack.one(LinuxVirtualMachineScaleSet);

  it("takes the probe for its health only once there are rules that use it", () => {
    expect(values.health_probe_id).toBe(stack.one(LbProbe).ref());
    expect(stack.all(LbRule)).toHaveLength(2);
    expect(values.depends_on).toEqual(expect.arrayContaining(stack.all(LbRule).map(({ address }) => address)));
  });

  it("is in the pool", () => {
    expect(values.network_interface[0].ip_configuration[0].load_balancer_backend_address_pool_ids).toEqual([
      stack.one(LbBackendAddressPool).ref(),
    ]);
  });
});

describe("a scale set that Azure would refuse", () => {
  const begins = "not only digits, beginning and ending with a letter or digit: it begins host names";
  const machines = "must be a whole number from 1 to 100 machines";

  it.each<[string, Guest, string]>([
    ["58 characters on Linux", linux, "a".repeat(58)],
    ["1 character on Linux", linux, "a"],
    ["9 characters on Windows", windows, "a".repeat(9)],
  ])("can have a name of %s", (_, guest, name) => {
    expect(() => synth({ name }, guest)).not.toThrow();
  });

  it.each<[Guest, string, string]>([
    [linux, "a".repeat(59), `1 to 58 letters, digits or '-', ${begins}`],
    [linux, "123", `1 to 58 letters, digits or '-', ${begins}`],
    [linux, "", `1 to 58 letters, digits or '-', ${begins}`],
    [linux, "vmss-", `1 to 58 letters, digits or '-', ${begins}`],
    [windows, "a".repeat(10), `1 to 9 letters, digits or '-', ${begins}`],
    [windows, "vm_1", `1 to 9 letters, digits or '-', ${begins}`],
  ])("fails for a name: %p %p", (guest, name, allowed) => {
    expect(() => synth({ name }, guest)).toThrow(refusal("test/Subject", `name must be ${allowed}, got "${name}"`));
  });

  it.each<[string, Partial<ForwarderScaleSetProps>, string[]]>([
    ...[0, 101].map((instances): [string, Partial<ForwarderScaleSetProps>, string[]] => [
      `${instances} machines`,
      { instances },
      [`instances ${machines}, got ${instances}`],
    ]),
    [
      "bounds beyond what a placement group holds",
      { autoscale: { minimum: 0, maximum: 101 } },
      [`autoscale.minimum ${machines}, got 0`, `autoscale.maximum ${machines}, got 101`],
    ],
    ...[2, 3].map((maximum): [string, Partial<ForwarderScaleSetProps>, string[]] => [
      `at least 3 machines and at most ${maximum}`,
      { autoscale: { minimum: 3, maximum } },
      [`autoscale.maximum must be more than minimum, 3, got ${maximum}`],
    ]),
    [
      "a premium disk that the size does not take",
      { size: "Standard_D2_v5", osDiskType: "Premium_LRS" },
      ['osDiskType must be a standard disk for Standard_D2_v5, got "Premium_LRS"'],
    ],
    [
      "accelerated networking that the size does not have",
      { acceleratedNetworkingEnabled: true },
      [
        "acceleratedNetworkingEnabled must be false for Standard_B2s, got true; of its series only Standard_B12ms, B16ms and B20ms can",
      ],
    ],
    [
      "an image for another processor",
      { size: "Standard_D2ps_v6" },
      ['size must be an x64 size, because the image is for x64, got the Arm size "Standard_D2ps_v6"'],
    ],
    ...[2, 10].map((instances): [string, Partial<ForwarderScaleSetProps>, string[]] => [
      `${instances} machines at first between 3 and 9`,
      { instances, autoscale: { minimum: 3, maximum: 9 } },
      [`instances must be between autoscale's 3 and 9, got ${instances}`],
    ]),
    [
      "everything at once",
      {
        instances: 0,
        autoscale: { minimum: 5, maximum: 5 },
        size: "Standard_B9s",
        osDiskType: "UltraSSD_LRS" as "Premium_LRS",
        acceleratedNetworkingEnabled: true,
      },
      [
        `instances ${machines}, got 0`,
        'osDiskType must be one of Standard_LRS, StandardSSD_LRS, StandardSSD_ZRS, Premium_LRS, Premium_ZRS, got "UltraSSD_LRS"',
        'size must be a size that Azure has, got "Standard_B9s"; the nearest name is Standard_B1s; set allowUnlistedSize: true if it is newer than this product',
        "acceleratedNetworkingEnabled must be false for Standard_B9s, got true; of its series only Standard_B12ms, B16ms and B20ms can",
        "autoscale.maximum must be more than minimum, 5, got 5",
      ],
    ],
  ])("fails for %s", (_, props, problems) => {
    expect(() => synth(props)).toThrow(refusal("test/Subject", ...problems));
  });

  it("says only once that a bound is none", () => {
    expect(() => synth({ instances: 4, autoscale: { minimum: 5, maximum: 0 } })).toThrow(
      refusal("test/Subject", `autoscale.maximum ${machines}, got 0`),
    );
  });

  it("does not compare numbers that Terraform computes", () => {
    const later = Token.asNumber({ resolve: () => 5 });
    for (const numbers of [
      { instances: later, autoscale: { minimum: 3, maximum: 9 } },
      { instances: 2, autoscale: { minimum: later, maximum: 9 } },
      { instances: 2, autoscale: { minimum: 3, maximum: later } },
    ]) {
      expect(() => synth(numbers)).not.toThrow();
    }
  });
});
