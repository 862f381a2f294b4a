import { spawnSync } from "node:child_process";
import { approvalCommand } from "../../lib/azure/approval-command";

const SERVICE = {
  subscriptionId: "12345678-9abc-def0-1234-56789abcdef0",
  resourceGroup: "rg-apim(prod)",
  serviceName: "pls-apim",
};
const WHERE = ["--subscription", SERVICE.subscriptionId, "--resource-group", SERVICE.resourceGroup];
const PENDING = "privateLinkServiceConnectionState.status=='Pending'";

/** The calls of `az` that the command makes in a shell, when the service has these connections; one element a call. */
function calls(connections: string): string[] {
  // an az that says on the error output what it was called with.
  const az = `az() { printf '<%s>' "$@" >&2; echo >&2; [ "$3" = show ] && printf '${connections}'; return 0; }; export -f az`;
  const xargs = `xargs() { shift 3; while read -r name; do "$@" "$name"; done; }`;
  const { stderr } = spawnSync("bash", ["-c", `${az}\n${xargs}\n${approvalCommand(SERVICE, PENDING)}`], {
    encoding: "utf8",
  });
  return stderr.trim().split("\n");
}

const bracketed = (words: string[]) => words.map((word) => `<${word}>`).join("");

it("the approval command asks for the connections and approves each", () => {
  const show = ["network", "private-link-service", "show", ...WHERE, "--name", "pls-apim", "--query"];
  const update = ["network", "private-link-service", "connection", "update", ...WHERE, "--service-name", "pls-apim"];
  expect(approvalCommand(SERVICE, PENDING)).toContain("| xargs -r -n 1 az network private-link-service connection");
  expect(calls("one\\ntwo\\n")).toEqual([
    bracketed([...show, `privateEndpointConnections[?${PENDING}].name`, "--output", "tsv"]),
    bracketed([...update, "--connection-status", "Approved", "--name", "one"]),
    bracketed([...update, "--connection-status", "Approved", "--name", "two"]),
  ]);
});

it("the approval command approves nothing where nothing waits", () => {
  expect(calls("")).toHaveLength(1);
});
