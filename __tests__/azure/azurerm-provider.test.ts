import { TerraformStack, Testing } from "cdktf";
import { tmpdir } from "node:os";
import { AzureAccount } from "../../lib/azure/account";
import { defineAzurerm } from "../../lib/azure/azurerm-provider";
import { scaleSetFeatures } from "../../lib/provider/scale-set-settings";

function synth(account: AzureAccount) {
  const stack = new TerraformStack(Testing.app({ outdir: tmpdir() }), "test");
  defineAzurerm(stack, account, ["Microsoft.Network"]);
  return JSON.parse(Testing.synth(stack));
}

const SUBSCRIPTION = "12345678-9abc-def0-1234-56789abcdef0";
const TENANT = "00000000-0000-0000-0000-000000000001";

describe("the azurerm provider", () => {
  it("deploys to one subscription and registers what it is told, nothing else", () => {
    expect(synth({ subscriptionId: SUBSCRIPTION }).provider.azurerm).toEqual([
      {
        features: [{}],
        subscription_id: SUBSCRIPTION,
        resource_provider_registrations: "none",
        resource_providers_to_register: ["Microsoft.Network"],
      },
    ]);
  });

  it("can behave otherwise than by default", () => {
    const stack = new TerraformStack(Testing.app({ outdir: tmpdir() }), "test");
    const features = scaleSetFeatures({ upgradeMode: "Automatic" });
    defineAzurerm(stack, { subscriptionId: SUBSCRIPTION }, [], features);
    expect(JSON.parse(Testing.synth(stack)).provider.azurerm[0].features).toEqual([
      { virtual_machine_scale_set: [{ roll_instances_when_required: false, scale_to_zero_before_deletion: true }] },
    ]);
  });

  it("can deploy to another tenant", () => {
    expect(synth({ subscriptionId: SUBSCRIPTION, tenantId: TENANT }).provider.azurerm[0].tenant_id).toBe(TENANT);
  });

  it("is of a version that takes this output", () => {
    const stack = synth({ subscriptionId: SUBSCRIPTION });
    expect(stack.terraform.required_providers.azurerm.version).toBe(">= 4.62.0, < 5.0.0");
  });
});
