import { Token } from "cdktf";
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { foreignValueProblems } from "../../lib/deployment/foreign-values";
import { loadDeployment } from "../../lib/deployment/load";
import { withFile } from "../support/synthesized";
import { complaints, edited } from "./edited";

const MARKER = 'must not hold "TfToken[", which cdktf takes for what Terraform computes';
const SUBSCRIPTION = "00000000-0000-0000-0000-000000000001";

describe("what somebody else wrote", () => {
  it.each([
    "${TfToken[TOKEN.0]}",
    "#{TfToken[TOKEN.0]}",
    "&{TfToken[TOKEN.0]}",
    "x${TfToken[TOKEN.99999]}y",
    Token.asString({ resolve: () => "x" }),
  ])("is no token: %s", (text) => {
    expect(foreignValueProblems(text)).toEqual([{ path: [], complaint: MARKER }]);
    expect(foreignValueProblems({ a: ["b", text] })).toEqual([{ path: ["a", 1], complaint: MARKER }]);
    expect(foreignValueProblems({ a: { [text]: 1 } })).toEqual([
      { path: ["a", text], complaint: `is a key that ${MARKER}` },
    ]);
  });

  it("is no number that stands for a token", () => {
    const number = Token.asNumber({ resolve: () => 1 });
    expect(foreignValueProblems([1, number])).toEqual([
      { path: [1], complaint: `must be another number: cdktf keeps such for what Terraform computes, got ${number}` },
    ]);
  });

  it.each(["x\u0000", "x\ny", "x\u202ey", "x\u2066y", "\u200fx"])("has no characters that nobody sees: %j", (text) => {
    expect(foreignValueProblems(text)).toHaveLength(1);
  });

  it.each(["", "x\n", "é", "${x}", "TfToken", 1, null, true, [], {}])("can be anything else: %j", (value) => {
    expect(foreignValueProblems(value)).toEqual([]);
  });
});

it("a file is refused for markers beside all that is wrong with it, and for markers in its keys", () => {
  const changes = {
    "provider.apim.publisherName": "${TfToken[TOKEN.0]}",
    "provider.apim.skuName": "Developer",
    tags: { "${TfToken[TOKEN.0]}": "x" },
  };
  expect(complaints(edited("quickstart", changes))).toEqual([
    `provider.apim.publisherName ${MARKER}`,
    `tags.\${TfToken[TOKEN.0]} is a key that ${MARKER}`,
    'provider.apim.skuName must be Developer_1 or Premium_1 to Premium_99, the only SKUs with internal VNet mode, got "Developer"',
  ]);
});

it("a marker is said once where it also names an environment variable or a key that does not exist", () => {
  const marker = "${TfToken[TOKEN.0]}";
  expect(complaints(edited("quickstart", { "provider.subscriptionId": `env:${marker}` }))).toEqual([
    `provider.subscriptionId ${MARKER}`,
  ]);
  const provider = { ...edited("quickstart").provider, [marker]: "x" };
  expect(complaints(edited("quickstart", { provider }))).toEqual([`provider.${marker} is a key that ${MARKER}`]);
});

it("a number that stands for a list of numbers is refused", () => {
  const [number] = Token.asNumberList({ resolve: () => [1] });
  expect(complaints(edited("any-service", { "provider.forwarder.ports": [number] }))).toEqual([
    `provider.forwarder.ports[0] must be another number: cdktf keeps such for what Terraform computes, got ${number}`,
  ]);
});

it("a private key is named as such, and not repeated", () => {
  const sshPublicKey = "-----BEGIN OPENSSH PRIVATE KEY-----\nb3Blb\n-----END OPENSSH PRIVATE KEY-----\n";
  expect(complaints(edited("quickstart", { "provider.forwarder.sshPublicKey": sshPublicKey }))).toEqual([
    "provider.forwarder.sshPublicKey must not be a private key, which belongs to nobody but you; the public half is one line, mostly in the file that ends with .pub",
  ]);
});

it("keys are shown with what nobody sees escaped, and cut where they are long", () => {
  expect(complaints(edited("quickstart", { tags: { "a\u202eb": "x", ["k".repeat(600)]: "x" } }))).toEqual([
    "tags.a\\u202eb is a key that must not hold control characters or such that turn the direction of text, got U+202E as character 2",
    `tags.${"k".repeat(79)}… must have a name of 1 to 512 bytes, got 600`,
  ]);
});

it("an environment variable is refused for markers", () => {
  expect(
    complaints(edited("quickstart", { "provider.subscriptionId": "env:SUB" }), { SUB: "${TfToken[TOKEN.0]}" }),
  ).toEqual([`provider.subscriptionId ${MARKER}`]);
  expect(complaints(edited("quickstart", { "provider.subscriptionId": "env:SUB" }), { SUB: SUBSCRIPTION })).toEqual([]);
});

it.each([
  ["a host name", { host_names: { gateway: "x'; id; : '${TfToken[TOKEN.0]}" } }, "provider.host_names.gateway"],
  ["the alias", { private_link_service_alias: "${TfToken[TOKEN.0]}" }, "provider.private_link_service_alias"],
])("a hand-over is refused for markers in %s", (_, changes, place) => {
  const provider = {
    private_link_service_alias: "pls.12345678-9abc-def0-1234-56789abcdef0.uksouth.azure.privatelinkservice",
    host_names: { gateway: "apim.azure-api.net" },
    ...changes,
  };
  withFile(edited("consumers-by-handover", { service: { from: "given.json" } }), (path) => {
    writeFileSync(join(dirname(path), "given.json"), JSON.stringify({ provider }));
    expect(() => loadDeployment(path, {})).toThrow(
      `service.from (line 2) must be a hand-over whose ${place} ${MARKER}`,
    );
  });
});
