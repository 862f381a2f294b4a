import { Fn, Lazy, Token } from "cdktf";
import { pathText } from "../../lib/azure/check";
import { judged } from "../../lib/azure/settled";
import { Forwarding, forwardingSettings, throwIfUnsound } from "../../lib/guest/forwarding";

const FORWARDING: Forwarding = { targetAddress: "10.0.2.5", ports: [443], allowFrom: ["10.0.1.0/24"] };

function complaints(changed: Partial<Forwarding>): string[] {
  return judged(forwardingSettings, { ...FORWARDING, ...changed }).problems.map(
    ({ path, complaint }) => `${pathText(path)} ${complaint}`,
  );
}

it.each<[string, Partial<Forwarding>]>([
  ["one port", {}],
  ["as many ports as an interface can have rules", { ports: Array.from({ length: 300 }, (_, index) => index + 1) }],
  ["several prefixes", { allowFrom: ["10.0.1.0/24", "10.0.3.0/29"] }],
  ["a target that Terraform computes", { targetAddress: Fn.element(["10.0.2.5"], 0) }],
  ["a prefix that Terraform computes", { allowFrom: [Lazy.stringValue({ produce: () => "10.0.1.0/24" })] }],
])("takes %s", (_, changed) => {
  expect(complaints(changed)).toEqual([]);
});

it.each([
  "",
  "apim",
  "10.0.2",
  "10.0.2.256",
  "10.0.2.5/24",
  " 10.0.2.5",
  "10.0.2.5 ",
  "10.0.2.5\n",
  "10.0.2.5; drop",
  "10.0.2.5 }",
  "10.0.2.5&calc",
  "fd00::5",
])("refuses %j as the target", (targetAddress) => {
  expect(complaints({ targetAddress })).toEqual([
    `targetAddress must be an IPv4 address such as 10.0.1.5, got ${JSON.stringify(targetAddress)}`,
  ]);
});

it.each(["", "10.0.1.0", "10.0.1.0/33", "10.0.1.0/24 }", "10.0.1.0/24\n", "10.0.1.0/24, 10.0.3.0/24", "fd00::/64"])(
  "refuses %j as a source",
  (prefix) => {
    expect(complaints({ allowFrom: ["10.0.3.0/24", prefix] })).toEqual([
      `allowFrom[1] must be an IPv4 prefix such as 10.0.1.0/24, got ${JSON.stringify(prefix)}`,
    ]);
  },
);

it.each([0, 65535])("refuses %d as a port", (port) => {
  expect(complaints({ ports: [443, port] })).toEqual([`ports[1] must be a whole number from 1 to 65534, got ${port}`]);
});

it("refuses a port that Terraform computes, for there is a rule for each port", () => {
  expect(complaints({ ports: [Token.asNumber({ resolve: () => 443 })] })).toEqual([
    "ports[0] must be known before Terraform runs: there is one rule for each port",
  ]);
});

it("refuses a port that is listed twice", () => {
  expect(complaints({ ports: [443, 3443, 443] })).toEqual(["ports[2] must not be listed twice, got 443 again"]);
});

it("refuses more ports than an interface can have rules", () => {
  expect(complaints({ ports: Array.from({ length: 301 }, (_, index) => index + 1) })).toEqual([
    "ports must have at most 300 elements, got 301",
  ]);
});

it("refuses to forward to the machine's own services", () => {
  expect(complaints({ targetAddress: "169.254.169.254" })).toEqual([
    expect.stringMatching(
      /^targetAddress must be an address to forward to and not the metadata service .*, got "169.254.169.254"$/,
    ),
  ]);
});

it("refuses addresses that the guest uses itself", () => {
  expect(complaints({ targetAddress: "192.0.2.6", allowFrom: ["192.0.2.0/24"] })).toEqual([
    'targetAddress must not lie in 192.0.2.0/24, of which the guest uses a part, got "192.0.2.6"',
    'allowFrom[0] must not overlap 192.0.2.0/24, of which the guest uses a part, got "192.0.2.0/24"',
  ]);
});

it("fails once with everything that is wrong", () => {
  expect(() => throwIfUnsound({ targetAddress: "apim", ports: [443, 0], allowFrom: [] })).toThrow(
    new Error(`invalid forwarding:
- targetAddress must be an IPv4 address such as 10.0.1.5, got "apim"
- ports[1] must be a whole number from 1 to 65534, got 0
- allowFrom must have at least 1 element, got []`),
  );
});
