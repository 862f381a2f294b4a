import { App } from "cdktf";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DEPLOYMENTS } from "../../commands/synthesized";
import { defineStacks } from "../../lib/app";
import { loadDeployment } from "../../lib/deployment/load";
import { resource, shipped, synthesized, Terraform, withFile } from "../support/synthesized";
import { Changes, complaints, edited, subscription } from "./edited";

const OTHER_TENANT = "00000000-0000-0000-0000-0000000000a2";

const stacksOf = (changes: Changes, deployment = "quickstart") =>
  withFile(edited(deployment, changes), (path) => synthesized(path));

/** How the only consumer of a deployment connects. */
function connection(changes: Changes, deployment?: string): Terraform {
  const [consumer = {}] = Object.entries(stacksOf(changes, deployment)).flatMap(([name, stack]) =>
    name.startsWith("consumer-") ? [stack] : [],
  );
  return resource(consumer, "azurerm_private_endpoint").private_service_connection;
}

const id =
  '${coalesce(one(data.terraform_remote_state.ServiceState[*].outputs.private_link_service_id), "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/none/providers/Microsoft.Network/privateLinkServices/none")}';
const alias = "${one(data.terraform_remote_state.ServiceState[*].outputs.private_link_service_alias)}";
const aliasOrNone =
  '${coalesce(one(data.terraform_remote_state.ServiceState[*].outputs.private_link_service_alias), "none.00000000-0000-0000-0000-000000000000.none.azure.privatelinkservice")}';

const byId = { name: "pe-apim", private_connection_resource_id: id, is_manual_connection: false };
const requested = (request_message: string) => ({ ...byId, is_manual_connection: true, request_message });
const byAlias = (request_message: string) => ({
  name: "pe-apim",
  private_connection_resource_alias: aliasOrNone,
  is_manual_connection: true,
  request_message,
});

const unlisted = { visibilitySubscriptionIds: [subscription(2)], autoApprovalSubscriptionIds: [] };

describe("a consumer connects", () => {
  it.each<[string, Changes, Terraform]>([
    ["by resource id without a request in the provider's tenant, where it is approved", {}, byId],
    [
      "by resource id without a request in one named tenant",
      { "provider.tenantId": OTHER_TENANT, "consumers.0.tenantId": OTHER_TENANT.toUpperCase() },
      byId,
    ],
    [
      "by resource id without a request in the provider's tenant, which it need not name",
      { "provider.tenantId": OTHER_TENANT },
      byId,
    ],
    [
      "by resource id with a request where somebody is to be told",
      { "consumers.0.endpoint": { requestMessage: "Please" } },
      requested("Please"),
    ],
    [
      "by resource id with a request where it is not approved at once",
      { "provider.privateLinkService": unlisted },
      requested("Please connect consumer external"),
    ],
    [
      "by resource id with a request where everybody may ask",
      { "provider.privateLinkService": { visibility: "anyoneWithTheAlias", autoApprovalSubscriptionIds: [] } },
      requested("Please connect consumer external"),
    ],
    [
      "by resource id without a request with rights of its own",
      { "provider.privateLinkService": { visibility: "roleBasedAccessOnly" } },
      byId,
    ],
    [
      "by alias from another tenant",
      { "consumers.0.tenantId": OTHER_TENANT },
      byAlias("Please connect consumer external"),
    ],
    [
      "by alias when it is told, with a message of its own",
      { "consumers.0.endpoint": { connectBy: "alias", requestMessage: "Please" } },
      byAlias("Please"),
    ],
    [
      "by resource id when it is told",
      { "consumers.0.endpoint": { connectBy: "resourceId", name: "pe-other" } },
      { ...byId, name: "pe-other" },
    ],
  ])("%s", (_, changes, expected) => {
    expect(connection(changes)).toEqual(expected);
  });

  it("in the provider's tenant, unless it names another", () => {
    const tenant = (changes: Changes) =>
      stacksOf({ "provider.tenantId": OTHER_TENANT, ...changes })["consumer-external"]?.provider.azurerm[0]
        .tenant_id as string;
    expect(tenant({})).toBe(OTHER_TENANT);
    expect(tenant({ "consumers.0.tenantId": subscription(5) })).toBe(subscription(5));
  });

  it.each(["x", "x".repeat(140)])("with the message %s", (requestMessage) => {
    expect(connection({ "consumers.0.endpoint": { requestMessage } })).toEqual(requested(requestMessage));
  });

  it("to somebody else's service by its alias, with a request in any case", () => {
    const expected = {
      name: "pe-apim",
      private_connection_resource_alias: edited("consumers-by-alias").service.alias as string,
      is_manual_connection: true,
      request_message: "Please connect consumer partner",
    };
    expect(connection({}, "consumers-by-alias")).toEqual(expected);
    expect(connection({ "consumers.0.endpoint": { connectBy: "alias" } }, "consumers-by-alias")).toEqual(expected);
  });

  it.each(["consumers-by-alias", "consumers-by-handover"])(
    "not by resource id to somebody else's service: %s",
    (deployment) => {
      const changes = { "consumers.0.endpoint.connectBy": "resourceId" };
      // a hand-over stands beside the shipped file.
      const from = { "service.from": join(DEPLOYMENTS, "handover", "example.json") };
      expect(
        complaints(edited(deployment, deployment.endsWith("handover") ? { ...changes, ...from } : changes)),
      ).toEqual([
        'consumers[0].endpoint.connectBy must be alias or left out: of a service only its alias is known, got "resourceId"',
      ]);
    },
  );
});

describe("the service is visible", () => {
  it.each<[string, Changes, unknown, unknown]>([
    [
      "to the consumers of the file, all of them approved",
      {},
      [subscription(2), subscription(3)],
      [subscription(2), subscription(3)],
    ],
    [
      "to whom the file lists",
      {
        visibilitySubscriptionIds: [subscription(3), subscription(2), subscription(9)],
        autoApprovalSubscriptionIds: [subscription(2)],
      },
      [subscription(3), subscription(2), subscription(9)],
      [subscription(2)],
    ],
    [
      "to the consumers of the file, none of them approved",
      { autoApprovalSubscriptionIds: [] },
      [subscription(2), subscription(3)],
      undefined,
    ],
    [
      "to everybody, the consumers of the file approved",
      { visibility: "anyoneWithTheAlias" },
      ["*"],
      [subscription(2), subscription(3)],
    ],
    [
      "to everybody, somebody else approved",
      { visibility: "anyoneWithTheAlias", autoApprovalSubscriptionIds: [subscription(9)] },
      ["*"],
      [subscription(9)],
    ],
    [
      "to whom the file lists, the consumers among them approved",
      { visibilitySubscriptionIds: [subscription(9), subscription(3), subscription(2)] },
      [subscription(9), subscription(3), subscription(2)],
      [subscription(2), subscription(3)],
    ],
    ["by role only", { visibility: "roleBasedAccessOnly" }, undefined, undefined],
  ])("%s", (_, service, visible, approved) => {
    const stacks = stacksOf({ "provider.privateLinkService": service }, "many-consumers");
    const values = resource(stacks.provider ?? {}, "azurerm_private_link_service");
    expect(values.visibility_subscription_ids).toEqual(visible);
    expect(values.auto_approval_subscription_ids).toEqual(approved);
  });
});

describe("a consumer that connects by alias when it is told", () => {
  const stacks = synthesized(shipped("cross-tenant"));
  const consumer = stacks["consumer-partner"] ?? {};
  const handover = stacks.handover ?? {};

  it("reads the state of the hand-over, and nothing of the provider's", () => {
    expect(Object.keys(consumer.data.terraform_remote_state as object)).toEqual(["ServiceState"]);
    expect(consumer.data.terraform_remote_state.ServiceState).toMatchObject({
      backend: "local",
      config: handover.terraform.backend.local,
    });
    expect(JSON.stringify(consumer)).not.toContain("provider.tfstate");
    expect(JSON.stringify(consumer)).not.toContain("private_link_service_id");
  });

  it("finds the alias there, and nothing else", () => {
    expect(Object.keys(handover.output as object)).toEqual(["private_link_service_alias"]);
    expect(handover.output.private_link_service_alias.value).toBe(alias);
    expect(handover.data.terraform_remote_state.ServiceState).toMatchObject({
      config: stacks.provider?.terraform.backend.local,
    });
    for (const key of ["resource", "provider", "variable"]) expect(handover).not.toHaveProperty(key);
    expect(Object.keys(handover.data as object)).toEqual(["terraform_remote_state"]);
    expect(handover.terraform).not.toHaveProperty("required_providers");
  });

  it("leaves the others their way to the provider's state", () => {
    const many = stacksOf({ "consumers.1.endpoint": { connectBy: "alias" } }, "many-consumers");
    const read = (name: string) => many[name]?.data.terraform_remote_state.ServiceState.config.path as string;
    expect(Object.keys(many)).toContain("handover");
    expect(read("consumer-team-1")).toMatch(/\/provider\.tfstate$/);
    expect(read("consumer-team-2")).toMatch(/\/handover\.tfstate$/);
    expect(read("consumer-team-3")).toMatch(/\/provider\.tfstate$/);
  });

  it("is the only reason for a hand-over", () => {
    expect(Object.keys(synthesized(shipped("production")))).not.toContain("handover");
  });

  it("waits for the hand-over, which waits for the provider", () => {
    const app = new App({ outdir: mkdtempSync(join(tmpdir(), "apim-private-link-test-")) });
    try {
      defineStacks(app, loadDeployment(shipped("cross-tenant"), {}));
      app.synth();
      const dependencies = Object.values(app.manifest.stacks).map((stack) => [stack.name, stack.dependencies]);
      expect(Object.fromEntries(dependencies)).toEqual({
        provider: [],
        handover: ["provider"],
        "consumer-partner": ["handover"],
      });
    } finally {
      rmSync(app.outdir, { recursive: true });
    }
  });

  it("still tells its owner how to have it approved", () => {
    expect(consumer.output.approve_connection_command.value).toContain("--name 'pls-apim'");
  });
});
