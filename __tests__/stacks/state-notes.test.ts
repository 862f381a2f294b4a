import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { stringify } from "yaml";
import { loadDeployment } from "../../lib/deployment/load";
import { forgetOtherBackends } from "../../lib/stacks/backend-memory";
import { stateNotes } from "../../lib/stacks/state-notes";
import { placedStacks } from "../../lib/stacks/state-places";
import { Changes, edited, subscription } from "../deployment/edited";

let project: string;
beforeEach(() => (project = mkdtempSync(join(tmpdir(), "apim-private-link-test-"))));
afterEach(() => rmSync(project, { recursive: true }));

const PROVIDER = `${subscription(1)}/rg-private-apim/provider`;
const CONSUMER = `${subscription(2)}/rg-apim-consumer/consumer-external`;
const AZURERM = {
  backend: "azurerm",
  subscriptionId: subscription(9),
  resourceGroupName: "rg-state",
  storageAccountName: "ststate",
  containerName: "tfstate",
};

const instance = (type: string, attributes: object, mode = "managed") => ({ mode, type, instances: [{ attributes }] });
const GROUP = instance("azurerm_resource_group", { name: "rg-private-apim" });
const APIM = instance("azurerm_api_management", { name: "apim-quickstart-4821" });
const ENDPOINT = instance("azurerm_private_endpoint", { name: "pe-apim" });
const readFrom = (place: string) =>
  instance("terraform_remote_state", { config: { value: { path: `../../../state/${place}.tfstate` } } }, "data");
const byAlias = (alias: string) =>
  instance("azurerm_private_endpoint", {
    name: "pe-apim",
    private_service_connection: [{ private_connection_resource_alias: alias }],
  });

/** Writes a local state. */
function keep(place: string, ...resources: object[]): void {
  const file = join(project, "state", `${place}.tfstate`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify({ version: 4, resources }));
}

function deployment(changes: Changes = {}, name = "acme.yaml", shipped = "quickstart", environment = {}) {
  const file = join(project, name);
  writeFileSync(file, stringify(edited(shipped, changes)));
  return loadDeployment(file, environment);
}

/** What is said at synth, with paths from the project. */
function notes(...of: Parameters<typeof deployment>): string[] {
  const [, name = "acme.yaml"] = of;
  const said = stateNotes(join(project, "cdktf.out"), deployment(...of), name);
  return said.map((note) => note.replaceAll(`${relative(process.cwd(), project)}/`, ""));
}

describe("a stack that vanished from the file", () => {
  const orphan = [
    `state/acme/${CONSUMER}.tfstate holds 1 resource of consumer-external, which acme.yaml no longer has. Put its entry back with remove: true, run npx cdktf deploy consumer-external, then take the entry out; where external has another name now, move its state: docs/runbook.md, "Rename a consumer".`,
  ];
  const changes = { "consumers.0.name": "other" };

  it("is said while its state holds something", () => {
    keep(`acme/${CONSUMER}`, ENDPOINT);
    expect(notes(changes)).toEqual(orphan);
    keep(`acme/${CONSUMER}`, readFrom(`acme/${PROVIDER}`), ENDPOINT);
    expect(notes(changes)).toEqual(orphan);
  });

  it("is not said where nothing is left, or where the entry stands, taken out or not", () => {
    keep(`acme/${CONSUMER}`, readFrom(`acme/${PROVIDER}`));
    expect(notes(changes)).toEqual([]);
    keep(`acme/${CONSUMER}`, ENDPOINT);
    expect(notes()).toEqual([]);
    expect(notes({ "consumers.0.remove": true })).toEqual([]);
  });

  it("is not said of another file's of the same name, which reads another service", () => {
    keep(`acme/${CONSUMER}`, readFrom(`acme/${subscription(7)}/rg-private-apim/provider`), ENDPOINT);
    expect(notes(changes)).toEqual([]);
    keep(`acme/${CONSUMER}`, byAlias("pls.of.another"));
    expect(notes(changes)).toEqual([]);
    keep(`acme/${subscription(1)}/rg-private-apim/provider`, GROUP);
    expect(notes({}, "acme.yaml", "consumers-by-alias")).toEqual([]);
  });

  it("is said of a consumer of the same alias", () => {
    const file = edited("consumers-by-alias");
    keep(`acme/${subscription(2)}/rg-old/consumer-old`, byAlias(file.service.alias as string));
    expect(notes({}, "acme.yaml", "consumers-by-alias")).toEqual([expect.stringContaining("no longer has")]);
  });

  it("is not said of another deployment's", () => {
    keep(`other/${subscription(2)}/rg-other/consumer-old`, ENDPOINT);
    expect(notes(changes)).toEqual([]);
  });

  it("is said of a provider that the file's consumers were connected to", () => {
    keep(`acme/${PROVIDER}`, GROUP);
    keep(`acme/${subscription(3)}/rg-apim-partner/consumer-partner`, readFrom(`acme/${PROVIDER}`), ENDPOINT);
    expect(notes({}, "acme.yaml", "consumers-by-alias")).toEqual([
      expect.stringMatching(/holds 1 resource of provider, which acme\.yaml no longer has/),
    ]);
  });
});

describe("a deployment with another name than before", () => {
  it.each([
    ["the group that it makes", GROUP],
    ["its service", instance("azurerm_private_link_service", { name: "pls-apim" })],
  ])("is known by %s", (_, made) => {
    keep(`acme/${PROVIDER}`, made, made);
    expect(notes({}, "new.yaml")).toEqual([
      `This deployment's state was kept under the name acme: state/acme/${PROVIDER}.tfstate holds 2 resources of provider, and state/new/${PROVIDER}.tfstate nothing. Write name: acme into new.yaml, or move the state: mkdir -p 'state/new/${subscription(1)}/rg-private-apim' && mv 'state/acme/${PROVIDER}.tfstate' 'state/new/${PROVIDER}.tfstate'`,
    ]);
  });

  it("is another deployment with other things in the same group, or with another APIM", () => {
    keep(`acme/${PROVIDER}`, instance("azurerm_private_link_service", { name: "pls-other" }));
    expect(notes({}, "new.yaml")).toEqual([]);
    keep(`acme/${PROVIDER}`, GROUP, instance("azurerm_api_management", { name: "apim-other" }));
    expect(notes({}, "new.yaml")).toEqual([]);
  });

  it("is known once it has a state of its own", () => {
    keep(`acme/${PROVIDER}`, GROUP);
    keep(`new/${PROVIDER}`);
    expect(notes({}, "new.yaml")).toEqual([]);
  });
});

describe("a deployment in another place than before", () => {
  it("is said for another resource group, with what Azure cannot do", () => {
    keep(`acme/${PROVIDER}`, GROUP, APIM);
    expect(notes({ "provider.resourceGroup": "rg-new" })).toEqual([
      `This deployment's state was kept under the resource group rg-private-apim: state/acme/${PROVIDER}.tfstate holds 2 resources of provider, and state/acme/${subscription(1)}/rg-new/provider.tfstate nothing. Azure cannot rename a group or move a service: put rg-private-apim back into acme.yaml and destroy provider first, or leave both standing.`,
    ]);
  });

  it("is said for another subscription", () => {
    keep(`acme/${PROVIDER}`, GROUP);
    expect(notes({ "provider.subscriptionId": subscription(7) })).toEqual([
      expect.stringMatching(/^This deployment's state was kept under the subscription 0{8}-.*-0{11}1: /),
    ]);
  });

  it("is no other place where the environment chooses the subscription", () => {
    keep(`acme/${PROVIDER}`, GROUP);
    expect(
      notes({ "provider.subscriptionId": "env:SUB" }, "acme.yaml", "quickstart", { SUB: subscription(7) }),
    ).toEqual([]);
  });

  it("is another deployment with another APIM, or with a state of its own", () => {
    keep(`acme/${PROVIDER}`, instance("azurerm_api_management", { name: "apim-other" }));
    expect(notes({ "provider.resourceGroup": "rg-new" })).toEqual([]);
    keep(`acme/${PROVIDER}`, GROUP);
    keep(`acme/${subscription(1)}/rg-new/provider`);
    expect(notes({ "provider.resourceGroup": "rg-new" })).toEqual([]);
  });

  it("is not looked for in files that hold no state", () => {
    mkdirSync(join(project, "state", "acme", dirname(PROVIDER)), { recursive: true });
    writeFileSync(join(project, "state", `acme/${PROVIDER}.tfstate`), "{");
    expect(notes({ "provider.resourceGroup": "rg-new" })).toEqual([]);
  });
});

/** Has Terraform remember a backend in a stack's folder; returns the file. */
function remember(stack: string, type: string, config: object): string {
  const file = join(project, "cdktf.out", "stacks", stack, ".terraform", "terraform.tfstate");
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify({ version: 3, backend: { type, config } }));
  return file;
}

describe("a backend that moved", () => {
  const kept = `The state of provider was kept in state/acme/${PROVIDER}.tfstate, which holds 1 resource`;

  it("is said while the local file holds something, with the command that copies it", () => {
    keep(`acme/${PROVIDER}`, GROUP);
    remember("provider", "local", { path: `../../../state/acme/${PROVIDER}.tfstate` });
    expect(notes({ state: AZURERM })).toEqual([
      `${kept}: npx cdktf deploy provider --migrate-state copies it; then move the file out of state/.`,
    ]);
  });

  it("is said too where Terraform does not know it", () => {
    keep(`acme/${PROVIDER}`, GROUP);
    expect(notes({ state: AZURERM })).toEqual([
      `${kept}, and Terraform no longer knows it: docs/runbook.md, "Move the state". Where it was copied before, move the file out of state/.`,
    ]);
  });

  it("is not said once Terraform uses the other, nor where no file holds anything", () => {
    expect(notes({ state: AZURERM })).toEqual([]);
    keep(`acme/${PROVIDER}`, GROUP);
    remember("provider", "azurerm", { key: `acme/${PROVIDER}.tfstate` });
    expect(notes({ state: AZURERM })).toEqual([]);
  });
});

describe("what Terraform remembers of a backend", () => {
  const workspace = placedStacksOf("provider")?.workspace;
  const cases: [string, string, object][] = [
    ["a file", "local", { path: `../../../state/acme/${PROVIDER}.tfstate` }],
    ["a blob", "azurerm", { key: `acme/${PROVIDER}.tfstate` }],
    ["a workspace", "cloud", { workspaces: { name: workspace } }],
    ["a backend that a file cannot ask for", "http", { address: "https://example.com" }],
    ["nothing", "local", {}],
  ];

  it.each(cases)("stays for the same stack of the same deployment, so that it can move: %s", (_, type, config) => {
    const file = remember("provider", type, config);
    forgetOtherBackends(join(project, "cdktf.out"), placedStacks(deployment()));
    expect(existsSync(file)).toBe(true);
  });

  it.each(cases.slice(0, 3))("is forgotten for another deployment: %s", (_, type, config) => {
    const file = remember("provider", type, config);
    forgetOtherBackends(join(project, "cdktf.out"), placedStacks(deployment({}, "dev.yaml")));
    expect(existsSync(file)).toBe(false);
  });

  it("is left alone where it is nothing that can be read", () => {
    const file = remember("provider", "local", {});
    writeFileSync(file, "{");
    forgetOtherBackends(join(project, "cdktf.out"), placedStacks(deployment({}, "dev.yaml")));
    expect(existsSync(file)).toBe(true);
  });
});

/** A stack of the deployment, of which only the names matter. */
function placedStacksOf(stack: string) {
  const folder = mkdtempSync(join(tmpdir(), "apim-private-link-test-"));
  try {
    const file = join(folder, "acme.yaml");
    writeFileSync(file, stringify(edited("quickstart")));
    return placedStacks(loadDeployment(file, {})).find((one) => one.stack === stack);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
