import { Lb } from "@cdktf/provider-azurerm/lib/lb";
import { LbBackendAddressPool } from "@cdktf/provider-azurerm/lib/lb-backend-address-pool";
import { LbProbe } from "@cdktf/provider-azurerm/lib/lb-probe";
import { LbRule } from "@cdktf/provider-azurerm/lib/lb-rule";
import { PrivateLinkService as AzurermPrivateLinkService } from "@cdktf/provider-azurerm/lib/private-link-service";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { Token } from "cdktf";
import { IForwarderPool } from "../../lib/provider/forwarder-pool";
import { PlsLoadBalancer, PlsLoadBalancerProps } from "../../lib/provider/pls-load-balancer";
import { PrivateLinkService } from "../../lib/provider/private-link-service";
import { Visibility } from "../../lib/provider/visibility";
import { refusal, RESOURCE_GROUP, SUBNET, template } from "../support/template";

const PROPS: PlsLoadBalancerProps = {
  privateIpAddress: "10.0.1.10",
  resourceGroup: RESOURCE_GROUP,
  subnet: SUBNET,
  forwarders: [{ attachTo: () => [] }],
};

function synth(props: Partial<PlsLoadBalancerProps> = {}) {
  return template((stack) => {
    new PlsLoadBalancer(stack, "Subject", { ...PROPS, ...props });
  });
}

describe("the load balancer in front of the forwarders", () => {
  it("is an internal Standard one with a static address", () => {
    expect(synth().one(Lb).values).toEqual({
      name: "lbi-apim",
      resource_group_name: "rg-test",
      location: "uksouth",
      sku: "Standard",
      frontend_ip_configuration: [
        {
          name: "frontend",
          subnet_id: SUBNET.id,
          private_ip_address_allocation: "Static",
          private_ip_address: "10.0.1.10",
        },
      ],
      lifecycle: { replace_triggered_by: ["test_subnet.other.id"] },
    });
  });

  it("has a pool of network interfaces, without addresses", () => {
    const stack = synth();
    expect(stack.one(LbBackendAddressPool).values).toEqual({
      name: "forwarders",
      loadbalancer_id: stack.one(Lb).ref(),
    });
    expect(stack.resourceTypes).not.toContain("azurerm_lb_backend_address_pool_address");
  });

  it("asks every 5 seconds on port 443 and believes two answers, by the argument that Azure heeds", () => {
    const stack = synth();
    expect(stack.one(LbProbe).values).toEqual({
      name: "forwarder-health",
      loadbalancer_id: stack.one(Lb).ref(),
      protocol: "Tcp",
      port: 443,
      interval_in_seconds: 5,
      probe_threshold: 2,
    });
  });

  it("has one rule, which is bound to the probe and resets idle connections", () => {
    const stack = synth();
    expect(stack.one(LbRule).values).toEqual({
      name: "https",
      loadbalancer_id: stack.one(Lb).ref(),
      frontend_ip_configuration_name: "frontend",
      protocol: "Tcp",
      frontend_port: 443,
      backend_port: 443,
      backend_address_pool_ids: [stack.one(LbBackendAddressPool).ref()],
      probe_id: stack.one(LbProbe).ref(),
      idle_timeout_in_minutes: 4,
      tcp_reset_enabled: true,
      // Azure deletes no pool and no probe that a rule names, and renames no frontend that it does.
      lifecycle: {
        replace_triggered_by: [
          `${stack.one(LbBackendAddressPool).address}.id`,
          `${stack.one(LbProbe).address}.id`,
          stack.one({ tfResourceType: "terraform_data" }).address,
        ],
      },
    });
  });

  it("has a rule for each port, all of them bound to the probe of the first", () => {
    const stack = synth({ ports: [8443, 443, 80], rule: { idleTimeoutInMinutes: 5 } });
    const probe = stack.one(LbProbe);
    expect(probe.values.port).toBe(8443);
    expect(stack.all(LbRule)).toHaveLength(3);
    for (const [name, port] of [
      ["https", 8443],
      ["https-443", 443],
      ["https-80", 80],
    ] as const) {
      expect(stack.named(LbRule, name).values).toMatchObject({
        frontend_port: port,
        backend_port: port,
        probe_id: probe.ref(),
        backend_address_pool_ids: [stack.one(LbBackendAddressPool).ref()],
        idle_timeout_in_minutes: 5,
        tcp_reset_enabled: true,
      });
    }
  });

  it("carries a Private Link Service once its rules and machines are there, which goes before any of them", () => {
    const stack = template((scope) => {
      const forwarders = [{ attachTo: () => [{ fqn: "test_machine.one" }] }];
      const loadBalancer = new PlsLoadBalancer(scope, "Subject", { ...PROPS, forwarders, ports: [443, 8443] });
      new PrivateLinkService(scope, "PrivateLinkService", {
        resourceGroup: RESOURCE_GROUP,
        loadBalancer,
        natSubnet: SUBNET,
        visibility: Visibility.roleBasedAccessOnly(),
      });
    });
    expect(stack.one(AzurermPrivateLinkService).values).toMatchObject({
      load_balancer_frontend_ip_configuration_ids: [stack.one(Lb).ref("frontend_ip_configuration[0].id")],
      depends_on: ["test_subnet.other", ...stack.all(LbRule).map(({ address }) => address), "test_machine.one"],
      lifecycle: { replace_triggered_by: [stack.one({ tfResourceType: "terraform_data" }).address] },
    });
    expect(stack.one({ tfResourceType: "terraform_data" }).values).toEqual({
      input: { name: "frontend", subnet: SUBNET.id },
    });
    expect(stack.all(LbRule)).toHaveLength(2);
  });

  it("puts every forwarder into its pool, once it has its rules", () => {
    const attached: [string, IForwarderPool][] = [];
    const forwarder = (name: string) => ({
      attachTo: (pool: IForwarderPool) => {
        attached.push([name, pool]);
        return [];
      },
    });
    const stack = template((scope) => {
      new PlsLoadBalancer(scope, "Subject", { ...PROPS, forwarders: [forwarder("one"), forwarder("two")] });
      for (const [name, pool] of attached) {
        new ResourceGroup(scope, name, {
          name: `${name} ${pool.backendAddressPoolId} ${pool.probeId}`,
          location: "uksouth",
          dependsOn: [pool.loadBalancer, ...pool.rules],
        });
      }
    });
    const parts = `${stack.one(LbBackendAddressPool).ref()} ${stack.one(LbProbe).ref()}`;
    for (const name of ["one", "two"]) {
      expect(stack.named(ResourceGroup, `${name} ${parts}`).values.depends_on).toEqual([
        stack.one(Lb).address,
        stack.one(LbRule).address,
      ]);
    }
  });

  it("can be called otherwise, with all its parts", () => {
    const stack = synth({
      name: "lb-other",
      frontendName: "front",
      backendAddressPoolName: "back",
      probe: { name: "asks" },
      rule: { name: "carries" },
    });
    expect(stack.one(Lb).values.name).toBe("lb-other");
    expect(stack.one(Lb).values.frontend_ip_configuration[0].name).toBe("front");
    expect(stack.one(LbBackendAddressPool).values.name).toBe("back");
    expect(stack.one(LbProbe).values.name).toBe("asks");
    expect(stack.one(LbRule).values).toMatchObject({ name: "carries", frontend_ip_configuration_name: "front" });
  });

  it("can have a frontend in zones", () => {
    expect(synth({ zones: [1, "2", 3] }).one(Lb).values.frontend_ip_configuration[0].zones).toEqual(["1", "2", "3"]);
  });

  it.each([5, 60])("can ask every %d seconds", (intervalInSeconds) => {
    expect(synth({ probe: { intervalInSeconds } }).one(LbProbe).values.interval_in_seconds).toBe(intervalInSeconds);
  });

  it.each([1, 10])("can believe %d answers", (probeThreshold) => {
    expect(synth({ probe: { probeThreshold } }).one(LbProbe).values.probe_threshold).toBe(probeThreshold);
  });

  it.each([4, 5])("can end idle connections after %d minutes", (idleTimeoutInMinutes) => {
    expect(synth({ rule: { idleTimeoutInMinutes } }).one(LbRule).values.idle_timeout_in_minutes).toBe(
      idleTimeoutInMinutes,
    );
  });

  const name =
    "must be 1 to 80 letters, digits, '_', '.' or '-', beginning with a letter or digit and ending with a letter, digit or '_'";

  it.each<[string, Partial<PlsLoadBalancerProps>, string]>([
    ["its name", { name: "-lb" }, `name ${name}, got "-lb"`],
    ["the frontend's name", { frontendName: "" }, `frontendName ${name}, got ""`],
    ["the pool's name", { backendAddressPoolName: "a b" }, `backendAddressPoolName ${name}, got "a b"`],
    ["the probe's name", { probe: { name: "a." } }, `probe.name ${name}, got "a."`],
    ["the rule's name", { rule: { name: "/" } }, `rule.name ${name}, got "/"`],
    ...[4, 61].map((value): [string, Partial<PlsLoadBalancerProps>, string] => [
      `a probe every ${value} seconds`,
      { probe: { intervalInSeconds: value } },
      `probe.intervalInSeconds must be a whole number from 5 to 60 seconds, got ${value}`,
    ]),
    ...[0, 11].map((value): [string, Partial<PlsLoadBalancerProps>, string] => [
      `a threshold of ${value}`,
      { probe: { probeThreshold: value } },
      `probe.probeThreshold must be a whole number from 1 to 10 probes, got ${value}`,
    ]),
    ...[3, 6].map((value): [string, Partial<PlsLoadBalancerProps>, string] => [
      `an idle timeout of ${value} minutes`,
      { rule: { idleTimeoutInMinutes: value } },
      `rule.idleTimeoutInMinutes must be a whole number from 4 to 5 minutes, got ${value}`,
    ]),
    [
      "an address that is none",
      { privateIpAddress: "10.0.1" },
      `privateIpAddress must be an IPv4 address such as 10.0.1.5, got "10.0.1"`,
    ],
    [
      "an address of another subnet",
      { privateIpAddress: "10.0.2.10" },
      `privateIpAddress must be an address of its subnet 10.0.1.0/24, got "10.0.2.10"`,
    ],
    [
      "ports whose rules have no name left",
      { rule: { name: "a".repeat(76) }, ports: [443, 8443] },
      `rule.name ${name}, got "${"a".repeat(76)}-8…`,
    ],
    ["a zone that is listed twice", { zones: [1, "1"] }, 'zones[1] must not be listed twice, got "1" again'],
    [
      "a port that Terraform computes",
      { ports: [443, Token.asNumber({ resolve: () => 8443 })] },
      "ports[1] must be known before Terraform runs: there is one rule for each port",
    ],
  ])("fails for %s", (_, props, complaint) => {
    expect(() => synth(props)).toThrow(refusal("test/Subject", complaint));
  });

  it("fails for everything at once", () => {
    expect(() => synth({ name: "", probe: { probeThreshold: 0 }, privateIpAddress: "", forwarders: [] })).toThrow(
      refusal(
        "test/Subject",
        `name ${name}, got ""`,
        `privateIpAddress must be an IPv4 address such as 10.0.1.5, got ""`,
        "probe.probeThreshold must be a whole number from 1 to 10 probes, got 0",
        "forwarders must have at least one, got []",
      ),
    );
  });
});
