import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { answerCommand, approvalCommand } from "../../lib/azure/approval-command";

const SERVICE = {
  subscriptionId: "12345678-9abc-def0-1234-56789abcdef0",
  resourceGroup: "rg-apim(prod)",
  serviceName: "pls-apim",
};
const ENDPOINT = `/subscriptions/${SERVICE.subscriptionId}/resourceGroups/rg(x)/providers/Microsoft.Network/privateEndpoints/pe`;

const WHERE = ["--subscription", SERVICE.subscriptionId, "--resource-group", SERVICE.resourceGroup];
const SHOW = ["network", "private-link-service", "show", ...WHERE, "--name", "pls-apim", "--query"];
const UPDATE = ["network", "private-link-service", "connection", "update", ...WHERE, "--service-name", "pls-apim"];

/** The calls of `az` that a command makes in a shell, when the service has these connections; one element a call. */
function calls(command: string, connections: string[] = []): string[] {
  const folder = mkdtempSync(join(tmpdir(), "apim-private-link-test-"));
  try {
    const lines = connections.map((name) => `${name}\\n`).join("");
    const az = `#!/bin/sh\nprintf '<%s>' "$@" >&2\necho >&2\nif [ "$3" = show ]; then printf '${lines}'; fi\n`;
    writeFileSync(join(folder, "az"), az, { mode: 0o755 });
    const env = { ...process.env, PATH: `${folder}:${process.env.PATH}` };
    return spawnSync("sh", ["-c", command], { encoding: "utf8", env }).stderr.trim().split("\n");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const call = (...words: string[]) => words.map((word) => `<${word}>`).join("");

it.each(["Approved", "Rejected"] as const)("the answer %s is given to one connection", (answer) => {
  expect(calls(answerCommand(SERVICE, answer, "pe.1234"))).toEqual([
    call(...UPDATE, "--connection-status", answer, "--name", "pe.1234"),
  ]);
});

it("the approval command asks for the endpoint's connections and approves each", () => {
  expect(calls(approvalCommand(SERVICE, ENDPOINT), ["one", "two"])).toEqual([
    call(...SHOW, `privateEndpointConnections[?privateEndpoint.id=='${ENDPOINT}'].name`, "--output", "tsv"),
    call(...UPDATE, "--connection-status", "Approved", "--name", "one"),
    call(...UPDATE, "--connection-status", "Approved", "--name", "two"),
  ]);
});

it("the approval command approves nothing where the endpoint has no connection", () => {
  expect(calls(approvalCommand(SERVICE, ENDPOINT))).toHaveLength(1);
});
