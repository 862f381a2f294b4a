import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { reviewOptions } from "../../review/options";
import { factsOf, knownTypes } from "../../review/facts/facts";
import { shippedDeployments } from "../../commands/synthesized";
import { synthesized } from "../support/synthesized";

const ROOT = join(__dirname, "..", "..");
const folder = mkdtempSync(join(tmpdir(), "apim-private-link-review-test-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const QUICKSTART = join(ROOT, "deployments/quickstart.yaml");

/** A quickstart under its own name in a folder of its own, with something replaced. */
function file(place: string, from = "", to = ""): string {
  const text = readFileSync(QUICKSTART, "utf8");
  mkdirSync(join(folder, place), { recursive: true });
  writeFileSync(join(folder, place, "quickstart.yaml"), text.replace(from, to));
  return join(folder, place, "quickstart.yaml");
}

function review(...words: string[]): { readonly code: number | null; readonly out: string; readonly said: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--disable-warning=DEP0044", "-r", "./commands/typescript", "commands/review.ts", ...words],
    { cwd: ROOT, encoding: "utf8" },
  );
  return { code: status, out: stdout, said: stderr };
}

describe("npm run review", () => {
  const before = file("before");
  const renamed = file("renamed", "privateIpAddress: 10.0.1.5", "privateIpAddress: 10.0.1.5\n    name: other");

  it("says one line for a comment and another order of keys", () => {
    const after = file(
      "comment",
      "  location: uksouth\n  resourceGroup: rg-private-apim\n",
      "  # here\n  resourceGroup: rg-private-apim\n  location: uksouth\n",
    );
    expect(review("--before", before, "--after", after)).toMatchObject({
      code: 0,
      out: "Nothing changes: Terraform would find nothing to do.\n",
    });
  });

  it("says who is cut off, and fails only where it is asked to", () => {
    const { code, out } = review("--before", before, "--after", renamed, "--fail-on", "cut,replace");
    expect(code).toBe(2);
    expect(out).toContain("**Cut off: `external`.**");
    expect(out).toContain("+    name: other");
  });

  it("fails no more once somebody accepts it in the file, in so many words", () => {
    const words = ["provider", "consumer-external"].flatMap((stack) =>
      ["cut", "replace"].map((kind) => `    # review: accept ${kind} ${stack} because all know of Sunday`),
    );
    const after = file(
      "accepted",
      "privateIpAddress: 10.0.1.5",
      `privateIpAddress: 10.0.1.5\n    name: other\n${words.join("\n")}`,
    );
    const { code, out } = review("--before", before, "--after", after, "--fail-on", "cut,replace");
    expect(code).toBe(0);
    expect(out).toContain("**Accepted**, because `all know of Sunday`");
  });

  it("prints the stacks to deploy, each with its file", () => {
    expect(review("--before", before, "--after", renamed, "--stacks").out.trim().split("\n")).toEqual([
      "provider\tquickstart",
      "consumer-external\tquickstart",
    ]);
  });

  it("gives variables that a file names a value, the same each time, whatever the environment has", () => {
    const named = (place: string) =>
      file(place, "subscriptionId: 00000000-0000-0000-0000-000000000001", "subscriptionId: env:PROVIDER");
    const { code, out } = review("--before", named("one"), "--after", named("two"), "--json");
    expect(code).toBe(0);
    expect(JSON.parse(out).stacks.provider.change).toBe("none");
  });

  it("says what is wrong with a file, and exits with 1", () => {
    const { code, said } = review(
      "--before",
      before,
      "--after",
      file("broken", "location: uksouth", "location: nowhere"),
    );
    expect(code).toBe(1);
    expect(said).toContain("provider.location");
  });

  it("takes two files for one deployment, whatever they are called", () => {
    const other = join(folder, "other-name.yaml");
    writeFileSync(other, readFileSync(before, "utf8"));
    expect(review("--before", before, "--after", other).out).toBe(
      "Nothing changes: Terraform would find nothing to do.\n",
    );
  });

  it("draws the picture", () => {
    const path = join(folder, "picture.svg");
    review("--before", before, "--after", renamed, "--svg", path);
    expect(readFileSync(path, "utf8")).toMatch(/<svg[\s\S]*MADE ANEW/);
  });

  it("draws the README's picture from the quickstart as it is", () => {
    const path = join(folder, "quickstart.svg");
    review("--before", QUICKSTART, "--after", QUICKSTART, "--svg", path);
    expect(readFileSync(path, "utf8")).toBe(readFileSync(join(ROOT, "docs/quickstart.svg"), "utf8"));
  });
});

describe("the options of the review", () => {
  it("are refused with everything that is wrong with them", () => {
    expect(() => reviewOptions(["--before", "a", "--wrong", "--fail-on", "cuts", "--plan", "x"])).toThrow(
      /--wrong is no option[\s\S]*--before and --after go together[\s\S]*--plan must be stack=file, got x[\s\S]*--fail-on takes/,
    );
  });

  it("take values with and without an equals sign", () => {
    expect([...reviewOptions(["--fail-on=cut,slow"]).failOn]).toEqual(["cut", "slow"]);
    expect(reviewOptions(["--base", "main", "x.yaml"])).toMatchObject({ base: "main", deployments: ["x.yaml"] });
  });
});

describe("the facts", () => {
  it("are there for every type and argument that the shipped deployments become", () => {
    const missing = shippedDeployments().flatMap((deployment) =>
      Object.values(synthesized(deployment)).flatMap((stack) =>
        Object.entries((stack.resource ?? {}) as Record<string, Record<string, object>>).flatMap(([type, named]) =>
          Object.values(named)
            .flatMap((body) => Object.keys(body))
            .filter((key) => !["lifecycle", "depends_on", "provider", "//", "connection", "provisioner"].includes(key))
            .filter((key) => factsOf(type)?.arguments[key] === undefined)
            .map((key) => `${type}.${key}`),
        ),
      ),
    );
    expect([...new Set(missing)]).toEqual([]);
  });

  it("name their source", () => {
    expect(knownTypes().filter((type) => !factsOf(type)?.source)).toEqual([]);
  });
});
