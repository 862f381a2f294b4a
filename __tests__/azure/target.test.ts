import { Token } from "cdktf";
import { ownPrefix, targetAddress, targetProblem } from "../../lib/azure/target";
import { shown } from "../../lib/azure/check";

const TOKEN = Token.asString({ resolve: () => "later" });

describe("an address to forward to", () => {
  it.each([
    "10.0.1.4",
    "172.16.0.1",
    "20.50.2.7",
    "1.0.0.0",
    "126.255.255.255",
    "128.0.0.0",
    "168.63.129.15",
    "168.63.129.17",
    "169.253.255.255",
    "169.255.0.0",
    "192.0.1.255",
    "192.0.3.0",
    "223.255.255.255",
    TOKEN,
  ])("can be %s", (address) => {
    expect(targetAddress(address)).toBeUndefined();
  });

  it.each(["", "10.0.0", "10.0.0.0/24", "api.example.com", "::1", "10.0.1.4 "])("fails on %j", (address) => {
    expect(targetAddress(address)).toBe(`must be an IPv4 address such as 10.0.1.5, got ${shown(address)}`);
  });

  it.each([
    ["169.254.169.254", "the metadata service of the machine that forwards, which would give its identity away"],
    ["168.63.129.16", "the platform of the machine that forwards, which would give its settings away"],
    ["169.254.0.0", "a link-local one"],
    ["169.254.255.255", "a link-local one"],
    ["127.0.0.1", "the loopback of the machine that forwards"],
    ["127.255.255.255", "the loopback of the machine that forwards"],
    ["0.0.0.0", "of a range that no host has"],
    ["0.255.255.255", "of a range that no host has"],
    ["224.0.0.0", "one for multicast"],
    ["239.255.255.255", "one for multicast"],
    ["240.0.0.0", "a reserved one"],
    ["255.255.255.254", "a reserved one"],
    ["255.255.255.255", "the one for broadcasts"],
  ])("fails on %s", (address, what) => {
    expect(targetAddress(address)).toBe(`must be an address to forward to and not ${what}, got "${address}"`);
  });

  it.each(["192.0.2.0", "192.0.2.255"])("fails on %s", (address) => {
    expect(targetAddress(address)).toBe(
      `must not lie in 192.0.2.0/24, of which the guest uses a part, got "${address}"`,
    );
  });
});

describe("an address to forward to in a subnet of ours", () => {
  const SUBNETS = ["10.0.0.0/24", TOKEN, "10.0.1.0/29"];

  it.each(["10.0.0.4", "10.0.0.254", "10.0.1.4", "10.0.1.6", "10.0.1.8", "10.0.2.0", TOKEN, "nonsense"])(
    "can be %s",
    (address) => {
      expect(targetProblem(address, SUBNETS)).toBeUndefined();
    },
  );

  it.each([
    ["10.0.0.0", "10.0.0.0/24"],
    ["10.0.0.1", "10.0.0.0/24"],
    ["10.0.0.3", "10.0.0.0/24"],
    ["10.0.0.255", "10.0.0.0/24"],
    ["10.0.1.7", "10.0.1.0/29"],
  ])("fails on %s", (address, prefix) => {
    expect(targetProblem(address, SUBNETS)).toBe(
      `must not be one of the first four addresses or the last of ${prefix}, which Azure keeps, got "${address}"`,
    );
  });
});

describe("a prefix of ours", () => {
  it.each(["10.0.0.0/16", "192.0.0.0/23", "192.0.3.0/24", TOKEN])("can be %s", (prefix) => {
    expect(ownPrefix(prefix)).toBeUndefined();
  });

  it.each(["192.0.2.0/24", "192.0.2.128/25", "192.0.2.248/29", "192.0.0.0/16"])("fails on %s", (prefix) => {
    expect(ownPrefix(prefix)).toBe(`must not overlap 192.0.2.0/24, of which the guest uses a part, got "${prefix}"`);
  });

  it("is a prefix that Azure takes", () => {
    expect(ownPrefix("10.0.0.1/24")).toBe('must begin at its own first address: 10.0.0.0/24, got "10.0.0.1/24"');
  });
});
