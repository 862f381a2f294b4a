import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { loadDeployment } from "../../lib/deployment/load";
import { handoverText } from "../../commands/handover";
import { DEPLOYMENTS } from "../../commands/synthesized";
import { resource, resources, shipped, synthesized, Terraform } from "../support/synthesized";
import { Changes, complaints, edited } from "./edited";

const EXAMPLE: Terraform = JSON.parse(readFileSync(join(DEPLOYMENTS, "handover", "example.json"), "utf8"));

/** Calls back with a deployment file that points at a hand-over of this text, which stands beside it. */
function handedOver<T>(text: string, use: (path: string) => T, changes: Changes = {}): T {
  const folder = mkdtempSync(join(tmpdir(), "apim-private-link-test-"));
  try {
    const path = join(folder, "case.yaml");
    writeFileSync(join(folder, "outputs.json"), text);
    writeFileSync(path, stringify(edited("consumers-by-handover", { "service.from": "outputs.json", ...changes })));
    return use(path);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What a hand-over is refused for, with the lines of the deployment file that points at it. */
function refused(text: string, changes: Changes = {}): string[] {
  return handedOver(
    text,
    (path) => {
      try {
        loadDeployment(path, {});
        return [];
      } catch (error) {
        return (error as Error).message.split("\n- ").slice(1);
      }
    },
    changes,
  );
}

const changed = (provider: object) => JSON.stringify({ provider: { ...EXAMPLE.provider, ...provider } });

const HOW = "`npm run handover -- FILE` in the provider's project writes it";

describe("somebody else's service", () => {
  it("is read from the hand-over that stands beside the file", () => {
    const service = handedOver(JSON.stringify(EXAMPLE), (path) => loadDeployment(path, {}).service);
    expect(service).toEqual({
      alias: EXAMPLE.provider.private_link_service_alias,
      hostNames: EXAMPLE.provider.host_names,
      locator: {
        subscriptionId: "00000000-0000-0000-0000-000000000001",
        resourceGroup: "rg-private-apim",
        serviceName: "pls-apim",
      },
    });
  });

  it("is read from all outputs, as `cdktf deploy --outputs-file` writes them, and from a hand-over without the service's id", () => {
    const all = { apim_private_ip_address: "10.0.2.5", pending_connections: [], connections: [] };
    const read = (text: string) => handedOver(text, (path) => loadDeployment(path, {}).service);
    expect(read(changed(all))).toEqual(read(changed({})));
    expect(read(changed({ private_link_service_id: undefined }))).toEqual({
      alias: EXAMPLE.provider.private_link_service_alias,
      hostNames: EXAMPLE.provider.host_names,
    });
  });

  it.each(["pls-apim", "/subscriptions/1/resourceGroups/rg/privateLinkServices/pls", "$(id)"])(
    "is refused for the id %s of its service, of which a command is made",
    (id) => {
      expect(refused(changed({ private_link_service_id: id }))).toEqual([
        `service.from (line 2) must hold the id of a Private Link Service under provider.private_link_service_id, got "${id}"`,
      ]);
    },
  );

  it("is read from wherever an absolute path leads", () => {
    const from = join(DEPLOYMENTS, "handover", "example.json");
    const service = handedOver("{}", (path) => loadDeployment(path, {}).service, { "service.from": from });
    expect(service?.alias).toBe(EXAMPLE.provider.private_link_service_alias);
    expect(service?.hostNames).toEqual(EXAMPLE.provider.host_names);
  });

  it("is what `npm run handover` writes of the provider's outputs: what consumers need, nothing of others", () => {
    const { output } = synthesized(shipped("provider-only")).provider ?? {};
    const values = Object.fromEntries(Object.keys(output as object).map((name) => [name, { value: name }]));
    expect(Object.keys(JSON.parse(handoverText(values)).provider as object)).toEqual(
      Object.keys(EXAMPLE.provider as object),
    );
    expect(output.host_names.value).toEqual(EXAMPLE.provider.host_names);
  });

  it.each([
    ["no JSON", "provider: 1"],
    ["nothing", ""],
    ["another stack's outputs", '{"consumer-external":{}}'],
    ["no alias", changed({ private_link_service_alias: undefined })],
    ["an alias that is no text", changed({ private_link_service_alias: 1 })],
    ["no host names", changed({ host_names: undefined })],
    ["a list of host names", changed({ host_names: ["a.example.com"] })],
    ["host names that are no text", changed({ host_names: { gateway: 1 } })],
  ])("is refused for a hand-over with %s", (_, text) => {
    expect(refused(text)).toEqual([
      `service.from (line 2) must hold provider.private_link_service_alias and provider.host_names, which "outputs.json" does not; ${HOW}`,
    ]);
  });

  it.each(["nowhere.json", "."])("is refused for a hand-over that cannot be read: %s", (from) => {
    expect(refused("{}", { "service.from": from })).toEqual([
      `service.from (line 2) must be a file that can be read, got "${from}"; ${HOW}`,
    ]);
  });

  it("may have more in its hand-over than consumers need", () => {
    const text = JSON.stringify({ ...EXAMPLE, other: 1, provider: { ...EXAMPLE.provider, extra: { a: 1 } } });
    expect(refused(text)).toEqual([]);
  });

  it.each(["pls-apim", "pls-apim.uksouth.azure.privatelinkservice", "a.b.c.azure.privatelinkservice", "${path.cwd}"])(
    "is refused for the alias %s, wherever that stands",
    (alias) => {
      const rule = `the alias of a Private Link Service: <name>.<GUID>.<region>.azure.privatelinkservice, got "${alias}"`;
      expect(complaints(edited("consumers-by-alias", { "service.alias": alias }))).toEqual([
        `service.alias must be ${rule}`,
      ]);
      expect(refused(changed({ private_link_service_alias: alias }))).toEqual([
        `service.from (line 2) must hold under provider.private_link_service_alias ${rule}`,
      ]);
    },
  );

  it("leaves a probe nothing to call where no host name in it still serves something", () => {
    const changes = {
      "consumers.0.reachabilityProbe": { sshPublicKey: edited("quickstart").provider.forwarder.sshPublicKey as string },
    };
    expect(refused(changed({ host_names: { portal: "a.portal.azure-api.net" } }), changes)).toEqual([
      expect.stringMatching(
        /^consumers\[0\]\.reachabilityProbe \(line \d+\) must be left out: no host name is left that it could call$/,
      ),
    ]);
  });

  it("is refused where the hand-over is no file, which may never end", () => {
    expect(refused("", { "service.from": "/dev/zero" })).toEqual([
      `service.from (line 2) must be a file that can be read, got "/dev/zero"; ${HOW}`,
    ]);
  });

  it("is refused for host names that are none", () => {
    expect(refused(changed({ host_names: { ...EXAMPLE.provider.host_names, gateway: "APIM" } }))).toEqual([
      expect.stringMatching(/ must hold host names only under provider\.host_names, got \["APIM"\]$/),
    ]);
  });
});

describe("a deployment without a provider", () => {
  const consumer = (deployment: string) => synthesized(shipped(deployment))["consumer-partner"] ?? {};

  it.each(["consumers-by-alias", "consumers-by-handover"])("has its consumers' stacks only: %s", (deployment) => {
    expect(Object.keys(synthesized(shipped(deployment)))).toEqual(["consumer-partner"]);
  });

  it.each([
    ["no command of the owner's", "consumers-by-alias", []],
    ["the command of the owner whom the hand-over names", "consumers-by-handover", ["approve_connection_command"]],
  ])("reads nobody's state and knows %s: %s", (_, deployment, commands) => {
    const stack = consumer(deployment);
    expect(JSON.stringify(stack)).not.toContain("terraform_remote_state");
    expect(Object.keys(stack.output as object).sort()).toEqual([
      ...commands,
      "connection_status",
      "hosts_file_lines",
      "private_endpoint_ip_address",
    ]);
  });

  it("connects by the alias with the message that the file has", () => {
    expect(resource(consumer("consumers-by-handover"), "azurerm_private_endpoint").private_service_connection).toEqual({
      name: "pe-apim",
      private_connection_resource_alias: EXAMPLE.provider.private_link_service_alias,
      is_manual_connection: true,
      request_message: "Partner Ltd, orders, ticket 4821",
    });
  });

  it("resolves APIM's live end points from a hand-over, or those that it chooses", () => {
    const zones = (stack: Terraform) => resources(stack, "azurerm_private_dns_zone").map(({ name }) => name as string);
    expect(zones(consumer("consumers-by-handover"))).toEqual([
      "apim-shared-4821.azure-api.net",
      "apim-shared-4821.configuration.azure-api.net",
      "apim-shared-4821.developer.azure-api.net",
    ]);
    const changes = { "consumers.0.dns": { endpoints: ["management", "scm"] } };
    const chosen = handedOver(JSON.stringify(EXAMPLE), (path) => synthesized(path), changes)["consumer-partner"] ?? {};
    expect(zones(chosen)).toEqual(["apim-shared-4821.management.azure-api.net", "apim-shared-4821.scm.azure-api.net"]);
  });

  it("resolves custom domains from a hand-over beside the end points", () => {
    const text = changed({ host_names: { gateway: "a.azure-api.net", "api.example.com": "api.example.com" } });
    const stack = handedOver(text, (path) => synthesized(path))["consumer-partner"] ?? {};
    expect(resources(stack, "azurerm_private_dns_zone").map(({ name }) => name as string)).toEqual([
      "a.azure-api.net",
      "api.example.com",
    ]);
  });

  it("says for others which host names lead where", () => {
    const lines = consumer("consumers-by-alias").output.hosts_file_lines.value as string[];
    expect(lines).toEqual([expect.stringMatching(/_ip_address\} apim-shared-4821\.azure-api\.net$/)]);
    expect(resources(consumer("consumers-by-alias"), "azurerm_private_dns_zone")).toEqual([]);
  });
});
