import { readFileSync } from "node:fs";
import { getLanguageService } from "yaml-language-server";
import { TextDocument } from "vscode-languageserver-textdocument";
import { parse, stringify } from "yaml";
import { shippedDeployments } from "../commands/synthesized";
import { Changes, edited } from "./deployment/edited";

// what an editor with the YAML language server shows of a deployment file while somebody types.

const SCHEMA = JSON.parse(readFileSync("deployments/deployment.schema.json", "utf8"));

const service = getLanguageService({
  schemaRequestService: () => Promise.resolve(JSON.stringify(SCHEMA)),
  workspaceContext: { resolveRelativePath: (path) => path },
});
service.configure({
  validate: true,
  hover: true,
  completion: true,
  schemas: [{ uri: "file:///deployment.schema.json", fileMatch: ["*.yaml"], schema: SCHEMA }],
});

let version = 0;

function opened(text: string): TextDocument {
  version += 1;
  return TextDocument.create("file:///deployments/mine.yaml", "yaml", version, text);
}

async function shown(text: string): Promise<string[]> {
  const problems = await service.doValidation(opened(text), false);
  return problems.map(({ message }) => message);
}

it.each(shippedDeployments())("%s has nothing underlined", async (path) => {
  // without the line that names the schema's file, which is not served here.
  expect(await shown(stringify(parse(readFileSync(path, "utf8"))))).toEqual([]);
});

it.each<[string, Changes, string[]]>([
  ["a bad id", { "provider.subscriptionId": "nope" }, ["must be a UUID or env:NAME"]],
  [
    "a misspelt key",
    { "provider.network.subnets.apim": { adressPrefix: "10.0.2.0/24" } },
    ['Missing property "addressPrefix".', "Property adressPrefix is not allowed."],
  ],
  ["a number too large", { "provider.privateLinkService": { natIpCount: 10 } }, ["Value is above the maximum of 8."]],
  [
    "a SKU without a network",
    { "provider.apim.skuName": "Developer" },
    ["must be Developer_1 or Premium_1 to Premium_99, the only SKUs with internal VNet mode"],
  ],
  [
    "a size without Trusted Launch",
    { "provider.forwarder.size": "Standard_DS2_v2" },
    ["must be a size that Azure still has and that has Trusted Launch, such as Standard_D2s_v5"],
  ],
  ["an interval", { "provider.loadBalancer.probe": { intervalInSeconds: 500 } }, ["Value is above the maximum of 60."]],
  [
    "an operating system",
    { "provider.forwarder.operatingSystem": "bsd" },
    ['Value is not accepted. Valid values: "linux", "windows".'],
  ],
  [
    "a key of the other operating system",
    { "provider.forwarder.operatingSystem": "windows" },
    ["Property sshPublicKey is not allowed."],
  ],
  [
    "a key of a group that exists",
    { "provider.resourceGroup": { exsting: "rg" } },
    ['Missing property "existing".', "Property exsting is not allowed."],
  ],
  [
    "a key of a network that is made beside one that exists",
    { "provider.network.existing": { name: "vnet-hub", resourceGroup: "rg-hub" } },
    ["Property addressSpace is not allowed."],
  ],
  [
    "a state",
    { state: { backend: "s3" } },
    ['Value is not accepted. Valid values: "local", "azurerm", "hcpTerraform".'],
  ],
])("%s is underlined for what is wrong with it", async (_, changes, expected) => {
  expect((await shown(stringify(edited("quickstart", changes)))).sort()).toEqual([...expected].sort());
});

it("shows what a key means", async () => {
  const document = opened("provider:\n  loadBalancer:\n    probe:\n      intervalInSeconds: 5\n");
  expect(await service.doHover(document, { line: 3, character: 10 })).toMatchObject({
    contents: { value: expect.stringContaining("Seconds between two probes.") },
  });
});

it("offers the keys of a network that is made and of one that exists", async () => {
  const { items } = await service.doComplete(opened("provider:\n  network:\n    \n"), { line: 2, character: 4 }, false);
  expect(items.map(({ label }) => label)).toEqual(
    expect.arrayContaining(["name", "addressSpace", "subnets", "existing"]),
  );
});
