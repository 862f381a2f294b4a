import { stringify } from "yaml";
import { refusalOf } from "../support/synthesized";
import { complaints, edited } from "./edited";

/** Levels of anchors, each of which stands for ten of the one before. */
function bomb(levels: number): string {
  const level = (at: number) =>
    `x${at}: &x${at} [${Array(10)
      .fill(at === 0 ? "x" : `*x${at - 1}`)
      .join(", ")}]\n`;
  return Array.from({ length: levels }, (_, at) => level(at)).join("");
}

const clients = (count: number) =>
  Array.from({ length: count }, (_, index) => `10.${Math.floor(index / 256) + 100}.${index % 256}.0/24`);

describe("a file that is larger than any deployment", () => {
  it.each([
    ["7 levels of anchors", bomb(7), "FILE must hold at most 250000 values with all its anchors written out, got more"],
    ["9 levels of anchors", bomb(9), "FILE must hold at most 250000 values with all its anchors written out, got more"],
    ["a megabyte and a byte", "#".repeat(1024 * 1024 + 1), "FILE must have at most 1048576 bytes, got 1048577"],
    [
      "1.5 million empty consumers",
      `consumers: [${"{},".repeat(1_500_000)}]`,
      "FILE must have at most 1048576 bytes, got 4500013",
    ],
    ["80,001 lines", "\n".repeat(80_001), "FILE must have at most 80000 lines and commas, got 80001"],
    ["more words than any", `- [${"[] ".repeat(150_001)}]`, "FILE must have at most 300000 words and marks, got more"],
    [
      "a list of 4,001",
      `tags: [${"x,".repeat(4001)}]`,
      "FILE must hold lists and sections of at most 4000 elements, got one of 4001",
    ],
    [
      "4,001 keys",
      Array.from({ length: 4001 }, (_, index) => `k${index}: 1`).join("\n"),
      "FILE must hold lists and sections of at most 4000 elements, got one of 4001",
    ],
    [
      "lists within lists, each in its line",
      "- ".repeat(50_000),
      "FILE is not YAML that can be read: it is nested too deeply",
    ],
    ["keys within keys", "a: ".repeat(50_000), "FILE is not YAML that can be read: it is nested too deeply"],
    [
      "101 sections",
      `${"[".repeat(101)}${"]".repeat(101)}`,
      "FILE is not YAML that can be read: it is nested too deeply",
    ],
    ["sections within sections", "[".repeat(50_000), "FILE is not YAML that can be read: it is nested too deeply"],
  ])("is refused in one line: %s", (_, content, expected) => {
    expect(refusalOf(content)).toBe(expected);
  });

  it("is refused for 4,001 clients, and for two of 4,000 that overlap, without comparing them all", () => {
    const file = (allowedClients: string[]) =>
      stringify(edited("quickstart", { "provider.apim.allowedClients": allowedClients }));
    expect(refusalOf(file(clients(4001)))).toBe(
      "FILE must hold lists and sections of at most 4000 elements, got one of 4001",
    );
    expect(refusalOf(file([...clients(3999), "10.100.7.0/25"]))).toMatch(
      /allowedClients\[3999\] \(line \d+\) must not overlap 10\.100\.7\.0\/24, got "10\.100\.7\.0\/25"$/,
    );
    expect(refusalOf(file(clients(4000)))).toBe("");
  });
});

it("merge keys bring what an anchor has", () => {
  const { consumers, ...rest } = edited("quickstart");
  const [consumer] = consumers;
  const text = `${stringify(rest)}
consumers:
  - &one ${JSON.stringify(consumer)}
  - <<: *one
    name: other
    resourceGroup: rg-other
`;
  expect(refusalOf(text)).toBe("");
});

describe("a message", () => {
  it("shows no value beyond 80 characters", () => {
    const [said] = complaints(edited("quickstart", { "provider.apim.name": "x".repeat(100_000) }));
    expect(said).toBe(
      `provider.apim.name must be 1 to 50 letters, digits or '-', beginning with a letter and ending with a letter or digit; it is unique in all of Azure, got "${"x".repeat(78)}…`,
    );
  });

  it("ends after 25 mistakes with how many more there are", () => {
    const consumers = Array.from({ length: 66 }, () => ({ nam: "x" }));
    const lines = refusalOf(stringify(edited("quickstart", { consumers }))).split("\n");
    expect(lines).toHaveLength(27);
    expect(lines.at(-1)).toMatch(/^- and \d+ more$/);
  });

  it("begins with a list that is too long, whatever is wrong within it", () => {
    const wrong = Array.from({ length: 1001 }, (_, index) => `x${index}`);
    const service = { visibilitySubscriptionIds: wrong };
    const [first, second] = complaints(edited("quickstart", { "provider.privateLinkService": service }));
    expect(first).toBe(
      "provider.privateLinkService.visibilitySubscriptionIds must have at most 100 elements, got 1001",
    );
    expect(second).toMatch(/^provider\.privateLinkService\.visibilitySubscriptionIds\[0\] must be a UUID/);
  });

  it("shows values as they were written", () => {
    const changes = { "provider.subscriptionId": "ABC", "provider.forwarder.size": "Standard_LOLWUT" };
    expect(complaints(edited("quickstart", changes))).toEqual([
      'provider.subscriptionId must be a UUID such as 12345678-9abc-def0-1234-56789abcdef0, got "ABC"',
      'provider.forwarder.size must be a size that Azure has, got "Standard_LOLWUT"; set allowUnlistedSize: true if it is newer than this product',
    ]);
    const further = { "provider.location": "UK South 1", "provider.loadBalancer.zones": [1, 2, 3, 1] };
    expect(complaints(edited("quickstart", further))).toEqual([
      "provider.loadBalancer.zones[3] must not be listed twice, got 1 again",
      'provider.location must be a region of Azure, got "UK South 1"; the nearest name is uksouth; set allowUnlistedRegion: true if it is newer than this product',
    ]);
  });
});
