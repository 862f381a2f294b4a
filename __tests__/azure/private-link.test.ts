import { Token } from "cdktf";
import {
  privateLinkServiceAlias,
  requestMessage,
  subscriptionList,
  subsetProblems,
} from "../../lib/azure/private-link";
import { judged } from "../../lib/azure/settled";
import { shown } from "../../lib/azure/check";

const TOKEN = Token.asString({ resolve: () => "later" });
const GUID = "12345678-9abc-def0-1234-56789abcdef0";
const subscriptions = (count: number) =>
  Array.from({ length: count }, (_, index) => `00000000-0000-0000-0000-${String(index).padStart(12, "0")}`);

describe("an alias", () => {
  it.each([
    `pls-apim.${GUID}.uksouth.azure.privatelinkservice`,
    `pls.with.dots_1.${GUID}.eastus2.azure.privatelinkservice`,
    `PLS.${GUID.toUpperCase()}.uksouth.azure.privatelinkservice`,
    TOKEN,
  ])("can be %s", (alias) => {
    expect(privateLinkServiceAlias(alias)).toBeUndefined();
  });

  it.each([
    "",
    "pls-apim",
    `${GUID}.uksouth.azure.privatelinkservice`,
    `pls-apim.${GUID}.azure.privatelinkservice`,
    `pls-apim.${GUID.slice(1)}.uksouth.azure.privatelinkservice`,
    `pls-apim.${GUID}.uksouth.azure.privatelinkservice.net`,
    `pls-apim.${GUID}.uksouth.azure-privatelinkservice`,
    `-pls.${GUID}.uksouth.azure.privatelinkservice`,
    `pls apim.${GUID}.uksouth.azure.privatelinkservice`,
    `pls-apim.${GUID}.UKSouth.azure.privatelinkservice`,
    `pls-apim.${GUID}.uksouth.Azure.privatelinkservice`,
    `pls-apim.${GUID}.uksouth.azure.privateLinkService`,
    `pls-apim.${GUID}.uksouth.azure.privatelinkservice\n`,
    `/subscriptions/${GUID}/resourceGroups/rg/providers/Microsoft.Network/privateLinkServices/pls-apim`,
  ])("fails on %j", (alias) => {
    expect(privateLinkServiceAlias(alias)).toBe(
      `must be the alias of a Private Link Service: <name>.<GUID>.<region>.azure.privatelinkservice, got ${shown(alias)}`,
    );
  });
});

describe("a request message", () => {
  it.each(["x", "x".repeat(140), "é".repeat(70), TOKEN])("can be %s", (message) => {
    expect(requestMessage(message)).toBeUndefined();
  });

  it("fails on more bytes than azurerm takes", () => {
    expect(requestMessage(`${"é".repeat(70)}x`)).toMatch(/^must have 1 to 140 bytes, .* got 141: "é+x"$/);
  });

  it("fails on what nobody sees", () => {
    expect(requestMessage("a\u202eb")).toMatch(/^must not hold control characters or .* U\+202E as character 2$/);
  });
});

describe("a list of subscriptions", () => {
  const [one = "", two = ""] = subscriptions(2);
  const problems = (ids: string[]) => judged(subscriptionList, ids).problems;

  it.each([
    ["empty", []],
    ["a hundred long", subscriptions(100)],
    ["computed by Terraform", Token.asList({ resolve: () => ["later"] })],
  ])("can be %s", (_, ids) => {
    expect(judged(subscriptionList, ids)).toEqual({ value: ids, problems: [] });
  });

  it("is compared by letters, whatever their case", () => {
    const id = "ABCDEFAB-0000-0000-0000-000000000000";
    expect(judged(subscriptionList, [id]).value).toEqual([id.toLowerCase()]);
    expect(problems([id, id.toLowerCase()])).toHaveLength(1);
  });

  it("fails on a hundred and one", () => {
    expect(problems(subscriptions(101))).toEqual([{ path: [], complaint: "must have at most 100 elements, got 101" }]);
  });

  it("fails on one that is listed twice, at the second", () => {
    expect(problems([one, two, one])).toEqual([
      { path: [2], complaint: `must not be listed twice, got "${one}" again` },
    ]);
  });

  it("fails on what is no id", () => {
    expect(problems([one, "dev"])).toEqual([
      { path: [1], complaint: 'must be a UUID such as 12345678-9abc-def0-1234-56789abcdef0, got "dev"' },
    ]);
  });
});

describe("an auto-approval list", () => {
  const [one = "", two = ""] = subscriptions(2);

  it("can hold what is visible", () => {
    expect(subsetProblems("list", [two], [one, two])).toEqual([]);
  });

  it("can hold anything where no subscription is named", () => {
    expect(subsetProblems("list", [one], undefined)).toEqual([]);
  });

  it.each([
    ["it", [TOKEN], [one]],
    ["what is visible", [two], [one, TOKEN]],
  ])("is not judged where %s is not known yet", (_, approved, visible) => {
    expect(subsetProblems("list", approved, visible)).toEqual([]);
  });

  it("fails on what is not visible", () => {
    expect(subsetProblems("list", [one, two], [one])).toEqual([
      {
        path: ["list", 1],
        complaint: `must be one of the subscriptions that the service is visible to, got "${two}"; add it there too`,
      },
    ]);
  });
});
