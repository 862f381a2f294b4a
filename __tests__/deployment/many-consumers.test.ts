import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { synthesizeInto } from "../../commands/synthesized";
import { loadDeployment } from "../../lib/deployment/load";
import { Terraform, timed, withFile } from "../support/synthesized";
import { Changes, complaints, edited, subscription } from "./edited";

/** A consumer like all the others: ten of them share a subscription. */
function consumer(number: number): Terraform {
  return {
    name: `team-${number}`,
    subscriptionId: subscription(100 + Math.floor(number / 10)),
    location: "uksouth",
    resourceGroup: `rg-team-${number}`,
    network: { addressSpace: ["10.0.0.0/16"], subnet: { addressPrefix: "10.0.0.0/24" } },
  };
}

const consumers = (count: number) => Array.from({ length: count }, (_, index) => consumer(index));

// JSON is YAML that is read faster.
const file = (changes: Changes) => JSON.stringify(edited("many-consumers", changes));

/** The bytes of each stack's Terraform. */
function bytes(list: Terraform[], changes: Changes = {}): Record<string, string> {
  const outdir = mkdtempSync(join(tmpdir(), "apim-private-link-test-"));
  try {
    const stacks = withFile(file({ consumers: list, ...changes }), (path) => synthesizeInto(outdir, path, {}));
    return Object.fromEntries(
      stacks.map(({ name, folder }) => [name, readFileSync(join(folder, "cdk.tf.json"), "utf8")]),
    );
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

describe("many consumers", () => {
  it("can be 1000, ten in each of 100 subscriptions, all of them approved", () => {
    const deployment = withFile(file({ consumers: consumers(1000) }), (path) => loadDeployment(path, {}));
    expect(deployment.consumers).toHaveLength(1000);
    expect(new Set(deployment.consumers.map(({ subscriptionId }) => subscriptionId)).size).toBe(100);
  });

  it("cannot be 1001", () => {
    const oneMore = { ...consumer(1000), subscriptionId: subscription(100) };
    expect(complaints(file({ consumers: [...consumers(1000), oneMore] }))).toEqual([
      "consumers must be at most 1000, the endpoints that one service can have, got 1001",
    ]);
  });

  it("cannot be in 101 subscriptions that are listed, but can where everybody is let in and 100 are approved", () => {
    const list = Array.from({ length: 101 }, (_, index) => consumer(10 * index));
    const visibility = "anyoneWithTheAlias";
    expect(complaints(file({ consumers: list }))).toEqual([
      "provider.privateLinkService.visibility must be anyoneWithTheAlias, with up to 100 of them under autoApprovalSubscriptionIds: the consumers are in 101 subscriptions, more than a list can hold",
    ]);
    expect(complaints(file({ consumers: list, "provider.privateLinkService": { visibility } }))).toEqual([
      "provider.privateLinkService.autoApprovalSubscriptionIds is missing; it lists whose requests are granted at once, up to 100: the consumers are in 101 subscriptions",
    ]);
    const privateLinkService = {
      visibility,
      autoApprovalSubscriptionIds: list.slice(0, 100).map(({ subscriptionId }) => subscriptionId as string),
    };
    expect(complaints(file({ consumers: list, "provider.privateLinkService": privateLinkService }))).toEqual([]);
  });

  describe("with very many host names", () => {
    const names = (count: number) => Array.from({ length: count }, (_, index) => `api-${index}.example.com`);
    const all = (changes: Changes) => complaints(JSON.stringify(edited("any-service", changes)));
    const quickly = (complain: () => string[]) => {
      const { took, value } = timed(complain);
      // about a second; comparing each with each takes minutes.
      expect(took).toBeLessThan(5_000);
      return value;
    };

    it("are refused for 101 custom domains, and for 3,000", () => {
      const of = (count: number) =>
        file({ consumers: consumers(count > 1000 ? 1000 : 1), "provider.apim.customDomains": names(count) });
      expect(complaints(of(100))).toEqual([]);
      expect(complaints(of(101))).toEqual(["provider.apim.customDomains must have at most 100 elements, got 101"]);
      expect(quickly(() => complaints(of(3000)))).toEqual([
        "provider.apim.customDomains must have at most 100 elements, got 3000",
      ]);
    });

    it("are taken for 1,000 of a target, which is as many zones as a network can have", () => {
      expect(quickly(() => all({ consumers: consumers(1000), "provider.target.hostNames": names(1000) }))).toEqual([]);
      expect(all({ consumers: consumers(1), "provider.target.hostNames": names(1001) })).toEqual([
        "provider.target.hostNames must have at most 1000 elements, got 1001",
      ]);
    });

    it("are refused once each for one zone that all of them would write 1,000 records into", () => {
      const dns = { existingZones: [{ name: "example.com", resourceGroup: "rg", subscriptionId: subscription(9) }] };
      const list = consumers(100).map((one) => ({ ...one, dns }));
      const said = quickly(() => all({ consumers: list, "provider.target.hostNames": names(1000) }));
      expect(said[0]).toBe(
        'consumers[1].dns.existingZones[0].name must be another zone than where api-0.example.com has a record already, got "example.com" again',
      );
      expect(said.at(-1)).toBe("and 74 more");
    });

    it("are refused for 1,001 existing zones", () => {
      const zones = (count: number) => ({
        existingZones: names(count).map((name) => ({ name, resourceGroup: "rg-dns" })),
      });
      const one = (count: number) => [{ ...consumer(1), dns: zones(count) }];
      expect(all({ consumers: one(1000), "provider.target.hostNames": names(1000) })).toEqual([]);
      expect(all({ consumers: one(1001), "provider.target.hostNames": names(1000) })).toEqual([
        "consumers[0].dns.existingZones must have at most 1000 elements, got 1001",
      ]);
    });
  });

  describe("leave each other alone", () => {
    // the provider knows their names, for its outputs alone.
    const unnamedText = (text = "") =>
      text.replace(/"\/subscriptions\/[^"]*\/privateendpoints\/[^"]*": "[^"]*",?\s*/g, "");
    const unnamed = ({ provider, ...rest }: Record<string, string>): Record<string, string> => ({
      ...rest,
      provider: unnamedText(provider),
    });
    const five = unnamed(bytes(consumers(5)));
    const { provider, ...others } = five;

    it("when another one is added at the end, to the byte", () => {
      const { "consumer-team-5": added, ...rest } = unnamed(bytes(consumers(6)));
      expect(added).toContain("rg-team-5");
      expect(rest).toEqual(five);
    });

    it("when another one is added in front, to the byte", () => {
      const { "consumer-team-9": added, ...rest } = unnamed(bytes([consumer(9), ...consumers(5)]));
      expect(added).toContain("rg-team-9");
      expect(rest).toEqual(five);
    });

    it("when another subscription is added, which only the provider learns", () => {
      const { "consumer-team-77": added, provider: changed, ...rest } = unnamed(bytes([...consumers(5), consumer(77)]));
      expect(added).toContain(subscription(107));
      expect(rest).toEqual(others);
      expect(changed).toBe(
        provider?.replaceAll(
          new RegExp(`^( *)"${subscription(100)}"$`, "gm"),
          `$1"${subscription(100)}",\n$1"${subscription(107)}"`,
        ),
      );
      expect(changed).not.toBe(provider);
    });

    it("when one is taken out", () => {
      const { "consumer-team-2": gone, ...rest } = five;
      expect(gone).toBeDefined();
      expect(unnamed(bytes(consumers(5).filter((_, index) => index !== 2)))).toEqual(rest);
    });

    it("when another one connects by the hand-over's alias", () => {
      const endpoint = { connectBy: "alias" };
      const {
        handover,
        "consumer-team-5": added,
        ...rest
      } = unnamed(bytes([...consumers(5), { ...consumer(5), endpoint }]));
      expect([handover, added]).toEqual([
        expect.stringContaining("provider.tfstate"),
        expect.stringContaining("handover.tfstate"),
      ]);
      expect(rest).toEqual(five);
    });

    it("when they stand in another order", () => {
      expect(unnamed(bytes(consumers(5).reverse()))).toEqual(five);
    });
  });
});
