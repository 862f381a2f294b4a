import { Changes, complaints, edited, subscription } from "../deployment/edited";
import { resource, synthesized, Terraform, withFile } from "../support/synthesized";

const stacksOf = (changes: Changes, deployment = "many-consumers"): Record<string, Terraform> =>
  withFile(edited(deployment, changes), (path) => synthesized(path));

const REMOVED = { "consumers.1.remove": true };

describe("a consumer that is taken out", () => {
  const before = stacksOf({});
  const after = stacksOf(REMOVED);
  const { "consumer-team-2": gone, ...others } = after;

  it("keeps its stack and its state, and holds nothing", () => {
    expect(gone?.terraform.backend).toEqual(before["consumer-team-2"]?.terraform.backend);
    for (const section of ["resource", "data", "output", "locals"]) expect(gone).not.toHaveProperty(section);
  });

  it("keeps its account, with which what it had is destroyed", () => {
    expect(gone?.provider.azurerm).toEqual(before["consumer-team-2"]?.provider.azurerm);
  });

  it("keeps the accounts of the zones in which it has records", () => {
    const zone = { name: "azure-api.net", resourceGroup: "rg-hub" };
    const dns = {
      existingZones: [
        { ...zone, subscriptionId: subscription(10) },
        { ...zone, name: "apim-many-4821.azure-api.net" },
      ],
    };
    const accounts = (changes: object) =>
      stacksOf({ "consumers.1.dns": dns, ...changes })["consumer-team-2"]?.provider.azurerm as Terraform[];
    expect(accounts({})).toHaveLength(2);
    expect(accounts(REMOVED)).toEqual(accounts({}));
  });

  it("changes nothing in the other stacks: its subscription stays on the lists, its endpoint is known by name", () => {
    expect({ ...others, "consumer-team-2": before["consumer-team-2"] }).toEqual(before);
  });

  it("leaves the hand-over out where nobody else needs it", () => {
    expect(Object.keys(stacksOf({ "consumers.0.remove": true }, "cross-tenant")).sort()).toEqual([
      "consumer-partner",
      "provider",
    ]);
  });

  it("may be gone from lists that the file writes out, and need not fit the service any more", () => {
    const lists = {
      "provider.privateLinkService.visibilitySubscriptionIds": [subscription(3)],
      "provider.privateLinkService.autoApprovalSubscriptionIds": [subscription(3)],
      "consumers.0.remove": true,
      "consumers.1.dns": { endpoints: [] },
    };
    expect(complaints(edited("many-consumers", { ...lists, ...REMOVED }))).toEqual([]);
    expect(complaints(edited("many-consumers", lists))).not.toEqual([]);
  });

  it("still has its names: nobody else may make the same things in the same deploy", () => {
    expect(complaints(edited("many-consumers", { ...REMOVED, "consumers.0.resourceGroup": "rg-team-2" }))).toEqual([
      'consumers[1].resourceGroup must be another than the one already made in this subscription, got "rg-team-2" again',
    ]);
  });

  it("is also one of somebody else's service", () => {
    const stack = stacksOf({ "consumers.0.remove": true }, "consumers-by-alias")["consumer-partner"];
    expect(stack).not.toHaveProperty("resource");
  });
});

describe("a consumer whose provider may not be there", () => {
  const stacks = stacksOf({}, "cross-tenant");
  const file = (stack: string) => `../../../state/case/${subscription(1)}/rg-private-apim/${stack}.tfstate`;

  it("reads a file only where it is, and null for what is not in it, so that it can be destroyed", () => {
    expect(stacks["consumer-partner"]?.data.terraform_remote_state.ServiceState).toMatchObject({
      count: `\${fileexists("${file("handover")}") ? 1 : 0}`,
      defaults: { private_link_service_alias: null },
    });
    expect(stacks.handover?.data.terraform_remote_state.ServiceState).toMatchObject({
      count: `\${fileexists("${file("provider")}") ? 1 : 0}`,
      defaults: { private_link_service_alias: null },
    });
  });

  it("is not planned without it, and says what is to be deployed", () => {
    const condition = "${one(data.terraform_remote_state.ServiceState[*].outputs.private_link_service_alias) != null}";
    expect(resource(stacks["consumer-partner"] ?? {}, "azurerm_private_endpoint").lifecycle.precondition).toEqual([
      {
        condition,
        error_message:
          "The stack handover has no private_link_service_alias yet: deploy it before consumer-partner, with npx cdktf deploy provider handover consumer-partner.",
      },
    ]);
    expect(stacks.handover?.output.private_link_service_alias.precondition).toEqual([
      {
        condition,
        error_message:
          "The stack provider has no private_link_service_alias yet: deploy it before handover, with npx cdktf deploy provider handover.",
      },
    ]);
  });

  it("asks for no file where state is kept elsewhere", () => {
    const state = { backend: "hcpTerraform", organization: "example" };
    const read = stacksOf({ state }, "cross-tenant")["consumer-partner"]?.data.terraform_remote_state
      .ServiceState as object;
    expect(read).not.toHaveProperty("count");
    expect(read).toMatchObject({ defaults: { private_link_service_alias: null } });
  });
});
