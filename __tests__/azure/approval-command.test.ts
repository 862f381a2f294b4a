import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { answerCommand, approvalCommand, endpointKey, serviceOf } from "../../lib/azure/approval-command";

const SERVICE = {
  subscriptionId: "12345678-9abc-def0-1234-56789abcdef0",
  resourceGroup: "rg-apim(prod)",
  serviceName: "pls-apim",
};
const ENDPOINT = { subscriptionId: SERVICE.subscriptionId, resourceGroup: "rg.x(1)", name: "pe.apim" };
const NETWORK = "providers/Microsoft.Network";

const idOf = ({ subscriptionId, resourceGroup, name } = ENDPOINT) =>
  `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/${NETWORK}/privateEndpoints/${name}`;

/** The calls of `az` that a text makes which somebody pastes into bash, when the service has these connections. */
function calls(pasted: string, connections: [name: string, endpoint: string][] = []): unknown[] {
  const folder = mkdtempSync(join(tmpdir(), "apim-private-link-test-"));
  try {
    copyFileSync(join(__dirname, "..", "support", "az"), join(folder, "az"));
    const env = { ...process.env, PATH: `${folder}:${process.env.PATH}`, AZ_CONNECTIONS: JSON.stringify(connections) };
    const { stderr } = spawnSync("bash", [], { input: `${pasted}\n`, encoding: "utf8", env });
    const lines = stderr.trim().split("\n");
    return lines.map((line) => (line.startsWith("[") ? (JSON.parse(line) as unknown) : line));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const where = { subscription: SERVICE.subscriptionId, "resource-group": SERVICE.resourceGroup };
const show = [
  "network private-link-service show",
  { ...where, name: "pls-apim", query: "privateEndpointConnections[].[name,privateEndpoint.id]", output: "tsv" },
];
const update = (name: string, status: string) => [
  "network private-link-service connection update",
  { ...where, "service-name": "pls-apim", "connection-status": status, name },
];

describe("the answer to one connection", () => {
  it.each(["Approved", "Rejected"] as const)("is a command for az: %s", (status) => {
    expect(calls(answerCommand(SERVICE, status, "pe.1234"))).toEqual([update("pe.1234", status)]);
  });

  it("is printed as it is, wherever it stands: Terraform and JSON escape nothing in it", () => {
    const command = answerCommand(SERVICE, "Approved", "pe.1234");
    expect(JSON.stringify(command)).toBe(`"${command}"`);
    expect(command).not.toContain("\n");
  });
});

describe("the approval of an endpoint", () => {
  it("asks for the service's connections and approves each of the endpoint's, whatever Azure's capitals", () => {
    const connections: [string, string][] = [
      ["one", idOf()],
      ["two", idOf().toUpperCase()],
      ["another", idOf({ ...ENDPOINT, name: "pe.apim-2" })],
      ["looks alike", idOf({ ...ENDPOINT, name: "pe-apim" })],
      ["elsewhere", idOf({ ...ENDPOINT, resourceGroup: "rg.x(1)b" })],
      ["other group", idOf({ ...ENDPOINT, resourceGroup: "rg-x(1)" })],
      ["other subscription", idOf({ ...ENDPOINT, subscriptionId: "12345678-9abc-def0-1234-56789abcdef1" })],
    ];
    expect(calls(approvalCommand(SERVICE, ENDPOINT), connections)).toEqual([
      show,
      update("one", "Approved"),
      update("two", "Approved"),
    ]);
  });

  it("approves nothing where the endpoint has no connection", () => {
    expect(calls(approvalCommand(SERVICE, ENDPOINT))).toEqual([show]);
  });

  it("can be pasted from Terraform's outputs, which indent it", () => {
    const pasted = approvalCommand(SERVICE, ENDPOINT).replaceAll("\n", "\n    ");
    expect(calls(pasted, [["one", idOf()]])).toEqual([show, update("one", "Approved")]);
  });

  it("has no line that `cdktf output` would break, in a terminal of 80 columns", () => {
    const lines = approvalCommand(SERVICE, ENDPOINT).split("\n");
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(76);
  });
});

describe("a resource id", () => {
  const id = `/subscriptions/${SERVICE.subscriptionId}/resourceGroups/rg-apim(prod)/${NETWORK}/privateLinkServices/pls-apim`;

  it("names the service, whatever its capitals", () => {
    expect(serviceOf(id)).toEqual(SERVICE);
    expect(serviceOf(id.replace("resourceGroups", "resourcegroups"))).toEqual(SERVICE);
  });

  it.each([idOf(), `${id}/x`, id.replace("pls-apim", "pls'apim"), id.replace(/\d-9abc/, "")])(
    "of something else names none: %s",
    (other) => {
      expect(serviceOf(other)).toBeUndefined();
    },
  );

  it("of an endpoint is compared in lower case", () => {
    expect(endpointKey(ENDPOINT)).toBe(idOf().toLowerCase());
  });
});
