import { stringify } from "yaml";
import { edited, subscription } from "../deployment/edited";
import { YAML_MISTAKES } from "../../lib/deployment/yaml-mistakes";
import { refusalOf, Terraform, timed } from "../support/synthesized";

// what the library takes seconds for, up to half a minute; `npm run fuzz` makes more of them.
const FLOODS = ["]", "}", "&a ", "*a ", "'' ", ": ", "[] ", "{a: 1} ", "a: &a *a\n", "a: !x y\n", "a:\n", "\n"];

describe("a flood of one thing is refused within seconds and a few lines", () => {
  it.each(FLOODS)("%j", (text) => {
    // the largest that is parsed at all, and the largest file.
    for (const length of [290_000, 1_000_000]) {
      const { took, value: said } = timed(() => refusalOf(text.repeat(length).slice(0, length)));
      expect(said).toMatch(/^FILE (is not YAML|must have at most|must hold lists|cannot be deployed)/);
      expect(said.length).toBeLessThan(3_000);
      expect(took).toBeLessThan(3_000);
    }
  });

  it('escapes: "\\x', () => {
    expect(refusalOf(`"${"\\x".repeat(400_000)}"`)).toContain(YAML_MISTAKES.BAD_DQ_ESCAPE);
  });

  it("lists within lists, each in a line of its own", () => {
    const nested = (levels: number) => Array.from({ length: levels }, (_, at) => `${" ".repeat(at)}-\n`).join("");
    expect(refusalOf(nested(1_390))).toBe("FILE is not YAML that can be read: it is nested too deeply");
    expect(refusalOf(nested(101))).toBe("FILE is not YAML that can be read: it is nested too deeply");
    expect(refusalOf(nested(100))).toBe(
      "FILE cannot be deployed:\n- the file must be a section with keys, got [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[…",
    );
  });
});

describe("a thousand consumers with all that they can have, and long lists, are read", () => {
  const consumers = Array.from({ length: 1000 }, (_, number): Terraform => ({
    name: `team-${number}`,
    subscriptionId: subscription(100 + (number % 100)),
    tenantId: subscription(7),
    location: "uksouth",
    resourceGroup: `rg-team-${number}`,
    network: {
      name: "vnet-team",
      addressSpace: ["10.0.0.0/16", "10.1.0.0/16"],
      subnet: { name: "snet-endpoint", addressPrefix: "10.0.0.0/24" },
    },
    endpoint: { name: `pe-${number}`, connectBy: "alias", requestMessage: "please connect us" },
    dns: {
      endpoints: ["gateway", "developerPortal"],
      existingZones: [{ name: "azure-api.net", resourceGroup: `rg-dns-${number}`, linked: false }],
      ttl: 60,
    },
  }));
  const allowedClients = Array.from({ length: 4000 }, (_, at) => `10.${100 + (at >> 8)}.${at & 255}.0/24`);
  const file = edited("quickstart", { consumers, "provider.apim.allowedClients": allowedClients });

  it.each([
    ["YAML", stringify(file)],
    ["JSON", JSON.stringify(file)],
    ["JSON in lines", JSON.stringify(file, null, 1)],
  ])("from %s", (_, text) => {
    expect(text.length).toBeGreaterThan(500_000);
    expect(refusalOf(text)).toBe("");
  });
});
