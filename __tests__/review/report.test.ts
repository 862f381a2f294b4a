import { stackOf, Tree } from "../../review/read/stacks";
import { acceptances, added } from "../../review/report/accepted";
import { reviewJson } from "../../review/report/json";
import { reviewMarkdown, ROOM } from "../../review/report/markdown";
import { fenced, sentence } from "../../review/report/markdown-text";
import { Reviewed, reviewed, touched } from "../../review/report/review";
import { mermaid } from "../../review/picture/mermaid";

const HOSTILE = "a|b`c`<img src=x onerror=alert(1)>@everyone\n\n# heading\n--> </details> ${x} [l](javascript:x)";

const tree = (resource: object, name = "provider"): Tree => new Map([[name, stackOf(name, { resource })]]);
const rules = (name: string, source: string): object => ({
  azurerm_network_security_group: {
    N: {
      name,
      location: "x",
      resource_group_name: "rg",
      security_rule: [
        {
          name,
          access: "Allow",
          direction: "Inbound",
          priority: 100,
          protocol: "Tcp",
          source_address_prefix: source,
          destination_address_prefix: "*",
          destination_port_range: "443",
        },
      ],
    },
  },
});

function markdownOf(...reviews: Reviewed[]): string {
  return reviewMarkdown(reviews, mermaid);
}

describe("the report", () => {
  it("is one line where nothing changes", () => {
    const same = reviewed({
      file: "a.yaml",
      before: tree(rules("n", "10.0.0.0/8")),
      after: tree(rules("n", "10.0.0.0/8")),
    });
    expect(markdownOf(same)).toBe("Nothing changes: Terraform would find nothing to do.\n");
  });

  it("lets no name out of its place", () => {
    const hostile = rules("nsg", "Internet") as any;
    hostile.azurerm_network_security_group.N.security_rule[0].name = HOSTILE;
    hostile.azurerm_network_security_group.N.tags = { [HOSTILE]: HOSTILE };
    const text = markdownOf(
      reviewed({
        file: HOSTILE,
        before: tree(rules("nsg", "10.0.0.0/8")),
        after: tree(hostile),
        diff: `+name: ${HOSTILE}\n+\`\`\`\``,
      }),
    );
    const [outside = ""] = [text.replace(/^(`{3,})[\s\S]*?^\1$/gm, "").replace(/`[^`\n]*`/g, "")];
    expect(outside).not.toMatch(/<img|onerror|@everyone|\[l\]|^# heading/m);
    expect(text.match(/<details>/g)?.length).toBe(outside.match(/<\/details>/g)?.length);
    expect(text).toContain("The internet is let in");
  });

  it("escapes what stands outside of code", () => {
    expect(sentence("a <b> @c | *d* `e|<f>@g`")).toBe("a &lt;b&gt; @\u200bc \\| \\*d\\* `e|<f>@g`");
    expect(fenced("diff", "a\n````\nb").split("\n")[0]).toBe("`````diff");
  });

  it("stays within GitHub's limit, the worst first, and says that something is left out", () => {
    const many = (source: string): object => ({
      azurerm_network_security_group: Object.fromEntries(
        Array.from({ length: 900 }, (_, at) => [
          `N${at}`,
          (rules(`name-${"x".repeat(60)}-${at}`, source) as any).azurerm_network_security_group.N,
        ]),
      ),
    });
    const text = markdownOf(
      reviewed({ file: "a.yaml", before: tree(many("10.0.0.0/24")), after: tree(many("Internet")) }),
    );
    expect(Buffer.byteLength(text)).toBeLessThan(65_536);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(ROOM + 1);
    expect(text).toMatch(/^## What this change does/);
  });

  it("shows no secret", () => {
    const vm = (secret: string): Tree =>
      tree({ azurerm_linux_virtual_machine: { V: { name: "v", admin_password: secret, custom_data: secret } } });
    const review = reviewed({ file: "a.yaml", before: vm("old-Secret-1"), after: vm("new-Secret-2") });
    const all = markdownOf(review) + JSON.stringify(reviewJson([review]));
    expect(all).not.toMatch(/-Secret-/);
  });
});

describe("--json", () => {
  it("has the contract's keys, and no more for a stack", () => {
    const json = reviewJson([reviewed({ file: "a.yaml", before: tree({}), after: tree(rules("n", "*")) })]);
    expect(Object.keys(json)).toEqual(["version", "deployments", "stacks", "findings", "disagreements"]);
    expect(json.version).toBe(1);
    expect(json.stacks.provider).toEqual({
      change: "changed",
      create: ["azurerm_network_security_group.N"],
      update: [],
      replace: [],
      destroy: [],
      unknown: [],
    });
    for (const finding of json.findings) {
      expect(
        Object.keys(finding)
          .filter((key) => key !== "accepted")
          .sort(),
      ).toEqual(["addresses", "consumers", "instead", "kind", "stack", "why"]);
    }
  });

  it("puts the deployment before the stack's name only where there are several", () => {
    const one = reviewed({ file: "a.yaml", before: tree({}), after: tree(rules("n", "*")) });
    expect(Object.keys(reviewJson([one, { ...one, file: "b.yaml" }]).stacks)).toEqual([
      "a.yaml/provider",
      "b.yaml/provider",
    ]);
  });
});

describe("accepting a finding", () => {
  const before = tree(rules("n", "10.0.0.0/8"));
  const after = tree(rules("n", "Internet"));

  it("takes its kind, its stack and a reason, from the file or the pull request", () => {
    const { findings } = reviewed({
      file: "a.yaml",
      before,
      after,
      accepting: "# review: accept exposure provider because it is a test",
    });
    expect(findings.map(({ accepted }) => accepted)).toEqual(["it is a test"]);
  });

  it("takes nothing less than that, and says what was accepted for nothing", () => {
    expect(acceptances("review: accept exposure provider\nreview: accept everything provider because")).toEqual([]);
    expect(
      reviewed({ file: "a.yaml", before, after, accepting: "review: accept cut provider because x" }).idle,
    ).toHaveLength(1);
  });

  it("counts only in the change that adds it", () => {
    expect(added("a\n# review: accept cut provider because x", "a\nb\n# review: accept cut provider because x")).toBe(
      "b",
    );
  });
});

describe("a plan of Terraform's own", () => {
  const plan = (actions: string[], address = "azurerm_network_security_group.N") => ({
    resource_changes: [{ address, mode: "managed", type: address.split(".")[0] ?? "", change: { actions } }],
  });
  const before = tree(rules("n", "10.0.0.0/8"));
  const after = tree(rules("n", "Internet"));

  it("replaces the review's judgement, and says where they differ", () => {
    const review = reviewed({ file: "a.yaml", before, after }, new Map([["provider", plan(["delete", "create"])]]));
    expect(reviewJson([review]).stacks.provider?.replace).toEqual(["azurerm_network_security_group.N"]);
    expect(review.disagreements).toEqual([
      { stack: "provider", address: "azurerm_network_security_group.N", review: "update", terraform: "replace" },
    ]);
    expect(markdownOf(review)).toContain("Judged by Terraform's own plan");
  });

  it("knows of what drifted, though no file changed", () => {
    const review = reviewed({ file: "a.yaml", before, after: before }, new Map([["provider", plan(["update"])]]));
    expect(touched(review)).toEqual(["provider"]);
  });
});
