import { App } from "cdktf";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { shippedDeployments } from "../commands/synthesized";
import { defineStacks } from "../lib/app";
import { loadDeployment } from "../lib/deployment/load";
import { Changes, edited } from "./deployment/edited";
import { resource, resources, shipped, synthesized, Terraform, withFile } from "./support/synthesized";

const ROOT = join(__dirname, "..");
const STACKS = new Map(shippedDeployments().map((deployment) => [deployment, synthesized(deployment)]));
const QUICKSTART = parse(readFileSync(shipped("quickstart"), "utf8")) as Terraform;

function text(stacks: Record<string, Terraform>): string {
  return JSON.stringify(stacks);
}

const KEPT = { api_management: [{ purge_soft_delete_on_destroy: false }] };

describe("a scale set in automatic mode", () => {
  const features = (upgradeMode?: string): unknown => {
    const content = edited("production", { "provider.forwarder.scaleSet.upgradeMode": upgradeMode });
    return withFile(content, (path) => synthesized(path)).provider?.provider.azurerm[0].features;
  };

  it("is upgraded by Azure, not by azurerm as well", () => {
    const scaleSets = { roll_instances_when_required: false, scale_to_zero_before_deletion: true };
    expect(features("Automatic")).toEqual([{ virtual_machine_scale_set: [scaleSets], ...KEPT }]);
  });

  it("is the only one that azurerm is told of", () => {
    expect([features("Rolling"), features()]).toEqual([[KEPT], [KEPT]]);
  });
});

describe("deletion protection", () => {
  const provider = (file: string, changes: Changes = {}): Terraform =>
    withFile(edited(file, changes), (path) => synthesized(path)).provider ?? {};
  const kept = (stack: Terraform): string[] =>
    Object.entries(stack.resource as Record<string, Terraform>).flatMap(([type, all]) =>
      Object.values(all).some(({ lifecycle }) => lifecycle?.prevent_destroy) ? [type] : [],
    );
  const off = { "provider.deletionProtection": false };

  it("keeps APIM and the Private Link Service from being destroyed unless the file says otherwise", () => {
    expect(kept(provider("provider-only"))).toEqual([
      "azurerm_api_management",
      "azurerm_private_link_service",
      "terraform_data",
    ]);
    expect(kept(provider("provider-only", off))).toEqual([]);
  });

  it("keeps the service of something else than APIM", () => {
    expect(kept(provider("any-service"))).toEqual(["azurerm_private_link_service", "terraform_data"]);
  });

  it("has Terraform name the key, by the address of something else that it refuses to destroy", () => {
    const named = "set_deletionProtection_to_false_in_the_deployment_file_first";
    expect(provider("any-service").resource.terraform_data[named]).toMatchObject({
      lifecycle: { prevent_destroy: true },
    });
    expect(Object.keys(provider("provider-only", off).resource.terraform_data)).not.toContain(named);
  });

  it("has azurerm purge an APIM instance that is destroyed only where nothing protects it", () => {
    const features = (stack: Terraform): unknown => stack.provider.azurerm[0].features;
    expect(features(provider("provider-only"))).toEqual([KEPT]);
    expect(features(provider("provider-only", off))).toEqual([{}]);
    expect(features(provider("any-service"))).toEqual([{}]);
  });
});

describe("several machines", () => {
  const change = { "provider.forwarder.virtualMachines": [{ name: "vm-a" }, { name: "vm-b", zone: "2" }] };
  const machines = (changes: Changes): Terraform =>
    withFile(edited("quickstart", changes), (path) => synthesized(path)).provider ?? {};
  const of = (stack: Terraform, type: string, name: string): Terraform =>
    Object.entries(stack.resource[type] as Terraform).find(([key]) => key.includes(name))?.[1];

  it.each([
    ["", change],
    [
      ", by their names, whatever the order of the file",
      { "provider.forwarder.virtualMachines": [{ name: "vm-b" }, { name: "vm-a" }] },
    ],
  ])("are changed one after the other%s: each waits until the former one forwards", (_, listed) => {
    const stack = machines(listed);
    const first = expect.stringMatching(/^azurerm_linux_virtual_machine\.Forwarders_Machines_vm-a_/);
    const set_up = expect.stringMatching(/^azurerm_virtual_machine_extension\.Forwarders_Machines_vm-a_Forwarding_/);
    for (const type of [
      "azurerm_network_interface",
      "azurerm_linux_virtual_machine",
      "azurerm_virtual_machine_extension",
    ]) {
      expect(of(stack, type, "vm-b").depends_on).toEqual(expect.arrayContaining([first, set_up]));
      expect(JSON.stringify(of(stack, type, "vm-a").depends_on)).not.toContain("vm-b");
    }
  });

  it("can have sizes, images and keys of their own, so that they are changed one by one", () => {
    const image = { publisher: "Canonical", offer: "ubuntu-24_04-lts", sku: "server", version: "24.04.202601010" };
    const own = { name: "vm-b", size: "Standard_D2s_v5", osDiskType: "Premium_LRS", image };
    const stack = machines({ "provider.forwarder.virtualMachines": [{ name: "vm-a" }, own] });
    expect(of(stack, "azurerm_linux_virtual_machine", "vm-a")).toMatchObject({ size: "Standard_B1s" });
    expect(of(stack, "azurerm_linux_virtual_machine", "vm-b")).toMatchObject({
      size: "Standard_D2s_v5",
      os_disk: { storage_account_type: "Premium_LRS" },
      source_image_reference: image,
    });
  });

  it("can stand beside a scale set while connections move from one to the other", () => {
    const stack = machines({ ...change, "provider.forwarder.scaleSet": { name: "vmss-forwarder" } });
    const pool = expect.stringMatching(/^\$\{azurerm_lb_backend_address_pool\./);
    for (const { backend_address_pool_id } of resources(
      stack,
      "azurerm_network_interface_backend_address_pool_association",
    )) {
      expect(backend_address_pool_id).toEqual(pool);
    }
    const [set] = resources(stack, "azurerm_linux_virtual_machine_scale_set");
    expect(set?.network_interface[0].ip_configuration[0].load_balancer_backend_address_pool_ids).toEqual([pool]);
    expect(resources(stack, "azurerm_linux_virtual_machine")).toHaveLength(2);
    // whoever writes no machines beside a scale set has none.
    expect(
      resources(
        machines({ "provider.forwarder.scaleSet": { name: "vmss-forwarder" } }),
        "azurerm_linux_virtual_machine",
      ),
    ).toEqual([]);
  });
});

describe.each([...STACKS])("%s", (deployment, stacks) => {
  it("holds no path of a machine", () => {
    expect(text(stacks)).not.toContain(ROOT);
    expect(text(stacks)).not.toContain(tmpdir() + "/");
  });

  it("has no secret: every sensitive variable lacks a default, and every password is one", () => {
    for (const stack of Object.values(stacks)) {
      for (const variable of Object.values((stack.variable ?? {}) as Record<string, Terraform>)) {
        expect(variable).toMatchObject({ sensitive: true });
        expect(variable).not.toHaveProperty("default");
      }
      expect(text({ stack }).match(/"admin_password":"(?!\$\{var\.)/g)).toBeNull();
    }
  });

  it("takes azurerm from 4.62 to below 5 and registers only the resource providers that it needs", () => {
    for (const [name, stack] of Object.entries(stacks).filter(([id]) => id !== "handover")) {
      expect(stack.terraform.required_providers.azurerm.version).toBe(">= 4.62.0, < 5.0.0");
      expect(
        (stack.provider.azurerm as Terraform[]).every((one) => one.resource_provider_registrations === "none"),
      ).toBe(true);
      expect(stack.provider.azurerm[0]).toMatchObject({
        features: [{}],
        resource_provider_registrations: "none",
        resource_providers_to_register: expect.arrayContaining(
          name === "provider"
            ? ["Microsoft.ApiManagement", "Microsoft.Compute", "Microsoft.Network"]
            : ["Microsoft.Network"],
        ),
      });
    }
  });

  it("has no public address but the one that is asked for", () => {
    const wanted = (parse(readFileSync(deployment, "utf8")) as Terraform).provider?.apim?.publicIpAddress ? 1 : 0;
    expect(Object.values(stacks).flatMap((stack) => resources(stack, "azurerm_public_ip"))).toHaveLength(wanted);
  });
});

describe("the stacks of one deployment", () => {
  const stacks = STACKS.get(shipped("quickstart")) ?? {};
  const provider = stacks.provider as Terraform;
  const consumer = stacks["consumer-external"] as Terraform;

  it("are deployed provider first", () => {
    const app = new App({ outdir: mkdtempSync(join(tmpdir(), "apim-private-link-test-")) });
    try {
      defineStacks(app, loadDeployment(shipped("production"), {}));
      app.synth();
      const dependencies = Object.values(app.manifest.stacks).map((stack) => [stack.name, stack.dependencies]);
      expect(Object.fromEntries(dependencies)).toEqual({
        provider: [],
        "consumer-orders": ["provider"],
        "consumer-partner": ["provider"],
      });
    } finally {
      rmSync(app.outdir, { recursive: true });
    }
  });

  it("pass the service on as a named output, read where the provider keeps its state", () => {
    const path = "../../../state/quickstart/00000000-0000-0000-0000-000000000001/rg-private-apim/provider.tfstate";
    expect(provider.terraform.backend).toEqual({ local: { path } });
    expect(consumer.data.terraform_remote_state.ServiceState).toMatchObject({ backend: "local", config: { path } });
    expect(provider.output.private_link_service_id.value).toMatch(/^\$\{azurerm_private_link_service\..*\.id\}$/);
    expect(provider.output.private_link_service_alias.value).toMatch(/^\$\{azurerm_private_link_service\..*\.alias\}$/);
    expect(resource(consumer, "azurerm_private_endpoint").private_service_connection).toMatchObject({
      private_connection_resource_id: expect.stringContaining(
        "(one(data.terraform_remote_state.ServiceState[*].outputs.private_link_service_id),",
      ),
      is_manual_connection: false,
    });
  });

  it("tell what people need to know", () => {
    expect(Object.keys(provider.output as object).sort()).toEqual([
      "apim_private_ip_address",
      "connections",
      "host_names",
      "pending_connections",
      "private_link_service_alias",
      "private_link_service_id",
      "private_link_service_location",
    ]);
    expect(Object.keys(consumer.output as object).sort()).toEqual([
      "approve_connection_command",
      "connection_status",
      "hosts_file_lines",
      "private_endpoint_ip_address",
    ]);
    expect(consumer.output.hosts_file_lines.value[0]).toMatch(
      /^\$\{azurerm_private_endpoint\..*\.private_ip_address\} apim-quickstart-4821\.azure-api\.net$/,
    );
    expect(consumer.output.connection_status.value).toMatch(
      /^\$\{data\.azurerm_private_endpoint_connection\..*\.private_service_connection\[0\]\.status\}$/,
    );
    expect(provider.output.pending_connections.value).toContain(
      "approve = format(\"az network private-link-service connection update --subscription 00000000-0000-0000-0000-000000000001 --resource-group 'rg-private-apim' --service-name 'pls-apim' --connection-status Approved --name '%s'\", connection.connection_name)",
    );
    expect(provider.output.pending_connections.value).toContain('if connection.status == "Pending"');
  });

  it("keep their states apart: by file, by subscription, by resource group, by stack", () => {
    const place = (content: Terraform, name?: string) =>
      withFile(content, (path) => synthesized(path).provider?.terraform.backend.local.path as string, name);
    const elsewhere = { ...QUICKSTART, provider: { ...QUICKSTART.provider, resourceGroup: "rg-other" } };
    const other = {
      ...QUICKSTART,
      provider: { ...QUICKSTART.provider, subscriptionId: "00000000-0000-0000-0000-000000000009" },
    };
    const places = [
      place(QUICKSTART),
      place(QUICKSTART, "other.yaml"),
      place(elsewhere),
      place(other),
      place({ ...QUICKSTART, name: "named" }),
      consumer.terraform.backend.local.path,
    ];
    expect(new Set(places).size).toBe(places.length);
  });
});

describe("the state of production", () => {
  const stacks = STACKS.get(shipped("production")) ?? {};

  it("is a blob of its own for each stack, behind Entra authentication", () => {
    const backends = Object.values(stacks).map((stack) => stack.terraform.backend.azurerm as Terraform);
    expect(new Set(backends.map(({ key }) => key as string)).size).toBe(3);
    expect(backends[0]).toEqual({
      container_name: "tfstate",
      key: "production/00000000-0000-0000-0000-000000000001/rg-apim-prod/provider.tfstate",
      resource_group_name: "rg-terraform-state",
      storage_account_name: "stterraform4821",
      subscription_id: "00000000-0000-0000-0000-000000000001",
      tenant_id: "00000000-0000-0000-0000-0000000000a1",
      use_azuread_auth: true,
    });
    expect(stacks["consumer-orders"]?.data.terraform_remote_state.ServiceState).toMatchObject({
      backend: "azurerm",
      config: { key: backends[0]?.key },
    });
  });

  it("can be workspaces of HCP Terraform", () => {
    const hcp = withFile({ ...QUICKSTART, state: { backend: "hcpTerraform", organization: "example" } }, (path) =>
      synthesized(path),
    );
    const workspace = hcp.provider?.terraform.cloud.workspaces.name as string;
    expect(workspace).toMatch(/^case-provider-[\da-f]{8}$/);
    expect(hcp["consumer-external"]?.data.terraform_remote_state.ServiceState).toMatchObject({
      backend: "remote",
      config: { organization: "example", workspaces: { name: workspace } },
    });
  });

  it("connects another tenant by alias, with a request that is approved at once", () => {
    expect(
      resource(stacks["consumer-partner"] as Terraform, "azurerm_private_endpoint").private_service_connection,
    ).toEqual({
      name: "pe-apim",
      is_manual_connection: true,
      private_connection_resource_alias: expect.stringContaining(
        "(one(data.terraform_remote_state.ServiceState[*].outputs.private_link_service_alias),",
      ),
      request_message: "Partner orders through the private APIM",
    });
    expect(
      resource(stacks.provider as Terraform, "azurerm_private_link_service").auto_approval_subscription_ids,
    ).toEqual(["00000000-0000-0000-0000-000000000002", "00000000-0000-0000-0000-000000000003"]);
  });

  it("has its tags on everything that takes tags", () => {
    const tags = { environment: "production", owner: "api-platform" };
    for (const stack of Object.values(stacks)) {
      expect(resource(stack, "azurerm_resource_group").tags).toEqual(tags);
      expect(resource(stack, "azurerm_virtual_network").tags).toEqual(tags);
    }
    expect(JSON.stringify(stacks.provider?.resource.azurerm_subnet)).not.toContain("tags");
  });
});

describe("text that a person typed", () => {
  it("reaches Terraform as text, never as an expression", () => {
    const typed = 'a ${file("/etc/passwd")} %{ if true }b%{ endif }';
    const content = structuredClone(QUICKSTART);
    content.provider.apim.publisherName = typed;
    content.consumers[0].endpoint = { requestMessage: typed };
    content.tags = { note: typed };
    const stacks = withFile(content, (path) => synthesized(path));
    const escaped = 'a $${file("/etc/passwd")} %%{ if true }b%%{ endif }';
    expect(resource(stacks.provider as Terraform, "azurerm_api_management").publisher_name).toBe(escaped);
    expect(
      resource(stacks["consumer-external"] as Terraform, "azurerm_private_endpoint").private_service_connection
        .request_message,
    ).toBe(escaped);
    expect(resource(stacks.provider as Terraform, "azurerm_resource_group").tags.note).toBe(escaped);
  });
});
