import { Token } from "cdktf";
import {
  privateLinkServiceAlias,
  requestMessage,
  subscriptionListProblems,
  subsetProblems,
} from "../../lib/azure/private-link";

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
      `must be the alias of a Private Link Service: <name>.<GUID>.<region>.azure.privatelinkservice, got ${JSON.stringify(alias)}`,
    );
  });
});

describe("a request message", () => {
  it.each(["x", "x".repeat(140), TOKEN])("can be %s", (message) => {
    expect(requestMessage(message)).toBeUndefined();
  });

  it.each(["", "x".repeat(141)])("fails on %j", (message) => {
    expect(requestMessage(message)).toBe(
      `must have 1 to 140 characters, got ${message.length}: ${JSON.stringify(message)}`,
    );
  });

  it("fails on blanks", () => {
    expect(requestMessage("  ")).toBe('must not be blank, got "  "');
  });
});

describe("a list of subscriptions", () => {
  it.each([
    ["absent", undefined],
    ["empty", []],
    ["a hundred long", subscriptions(100)],
    ["computed by Terraform", Token.asList({ resolve: () => ["later"] })],
  ])("can be %s", (_, ids) => {
    expect(subscriptionListProblems("list", ids)).toEqual([]);
  });

  it("fails on a hundred and one", () => {
    expect(subscriptionListProblems("list", subscriptions(101))).toEqual([
      { path: ["list"], complaint: "must have at most 100 subscriptions, got 101" },
    ]);
  });

  it("fails on one that is listed twice, at the second", () => {
    const [one = "", two = ""] = subscriptions(2);
    expect(subscriptionListProblems("list", [one, two, one])).toEqual([
      { path: ["list", 2], complaint: `must not be listed twice, got "${one}" again` },
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
