import { Token } from "cdktf";
import { azureName, uuid } from "../../lib/azure/names";
import { shown } from "../../lib/azure/check";

type Kind = keyof typeof azureName;

const a = (length: number) => "a".repeat(length);
const NETWORK =
  "1 to 80 letters, digits, '_', '.' or '-', beginning with a letter or digit and ending with a letter, digit or '_'";
const SIXTY_FOUR =
  "2 to 64 letters, digits, '_', '.' or '-', beginning with a letter or digit and ending with one or '_'";
const MACHINE =
  "letters, digits or '-', not only digits, beginning and ending with a letter or digit: it is the host name too";
const GROUP = "1 to 90 letters, digits, '_', '-', '.' or parentheses, not ending with '.'";
const APIM =
  "1 to 50 letters, digits or '-', beginning with a letter and ending with a letter or digit; it is unique in all of Azure";

const NETWORK_KINDS: Kind[] = [
  "subnet",
  "networkSecurityGroup",
  "publicIpAddress",
  "networkInterface",
  "loadBalancer",
  "loadBalancerPart",
  "privateLinkService",
  "privateDnsZoneLink",
];

const good: [Kind, string][] = [
  ["resourceGroup", "a"],
  ["resourceGroup", a(90)],
  ["resourceGroup", "-rg_(x).1-"],
  ...(["virtualNetwork", "privateEndpoint"] as const).flatMap((kind): [Kind, string][] => [
    [kind, a(2)],
    [kind, a(64)],
    [kind, "1.-_"],
  ]),
  ...NETWORK_KINDS.flatMap((kind): [Kind, string][] => [
    [kind, "a"],
    [kind, a(80)],
    [kind, "1.-_"],
  ]),
  ["apiManagement", "a"],
  ["apiManagement", a(50)],
  ["apiManagement", "Contoso-1"],
  ["linuxVirtualMachine", "a"],
  ["linuxVirtualMachine", a(64)],
  ["linuxVirtualMachine", "1-a"],
  ["windowsVirtualMachine", a(15)],
  ["windowsVirtualMachine", "vm-1"],
];

const bad: [Kind, string, string][] = [
  ...["", a(91), "rg.", "r g", "rg/1", "${rg}"].map((name): [Kind, string, string] => ["resourceGroup", name, GROUP]),
  ...(["virtualNetwork", "privateEndpoint"] as const).flatMap((kind) =>
    ["", "a", a(65), "-ab", "_ab", "ab-", "ab.", "a b"].map((name): [Kind, string, string] => [kind, name, SIXTY_FOUR]),
  ),
  ...NETWORK_KINDS.flatMap((kind) =>
    ["", a(81), "_a", "-a", "a-", "a.", "a b", "a\n", "%{a}"].map((name): [Kind, string, string] => [
      kind,
      name,
      NETWORK,
    ]),
  ),
  ...["", a(51), "1a", "-a", "a-", "a_b", "a.b"].map((name): [Kind, string, string] => ["apiManagement", name, APIM]),
  ...["", a(65), "-a", "a-", "a_b", "a.b", "123"].map((name): [Kind, string, string] => [
    "linuxVirtualMachine",
    name,
    `1 to 64 ${MACHINE}`,
  ]),
  ...["", a(16), "-a", "a-", "a_b", "123"].map((name): [Kind, string, string] => [
    "windowsVirtualMachine",
    name,
    `1 to 15 ${MACHINE}`,
  ]),
];

it.each(good)("the name of a %s can be %s", (kind, name) => {
  expect(azureName[kind](name)).toBeUndefined();
});

it.each(bad)("the name of a %s fails on %j", (kind, name, allowed) => {
  expect(azureName[kind](name)).toBe(`must be ${allowed}, got ${shown(name)}`);
});

it.each(Object.keys(azureName) as Kind[])("the name of a %s can be computed by Terraform", (kind) => {
  expect(azureName[kind](Token.asString({ resolve: () => "later" }))).toBeUndefined();
});

it.each(["12345678-9abc-def0-1234-56789abcdef0", "ABCDEFAB-0000-0000-0000-000000000000"])("an id can be %s", (id) => {
  expect(uuid(id)).toBeUndefined();
});

it.each(["", "*", "12345678-9abc-def0-1234-56789abcdef", "12345678-9abc-def0-1234-56789abcdefg", "123456789abc"])(
  "an id fails on %j",
  (id) => {
    expect(uuid(id)).toBe(`must be a UUID such as 12345678-9abc-def0-1234-56789abcdef0, got ${shown(id)}`);
  },
);
