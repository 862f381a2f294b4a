import { generateKeyPairSync } from "node:crypto";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { internalSku } from "../../lib/azure/api-management";
import { minApiVersion } from "../../lib/azure/api-version";
import { Check, JsonSchema, textOf, wholeNumber } from "../../lib/azure/check";
import { announcedHostName, hostName, zoneName } from "../../lib/azure/host-name";
import { addressPrefix, clientPrefix, ipv4Address } from "../../lib/azure/ip";
import { azureName, uuid } from "../../lib/azure/names";
import { frontendPort } from "../../lib/azure/ports";
import { privateLinkServiceAlias, requestMessage } from "../../lib/azure/private-link";
import { sshPublicKey } from "../../lib/azure/ssh-key";
import { ownPrefix, targetAddress } from "../../lib/azure/target";
import { bytesOf } from "../../lib/azure/text";
import { imageVersion, imageWord, linuxUserName, windowsUserName } from "../../lib/azure/virtual-machine";
import { trustedLaunchSize, windowsSize, x64Size } from "../../lib/azure/vm-size";
import { VM_SIZES } from "../../lib/azure/vm-sizes";
import { conforms } from "../support/json-schema";

const a = (length: number) => "a".repeat(length);
const GUID = "12345678-9abc-def0-1234-56789abcdef0";
const LONGEST_HOST = `${a(63)}.${a(63)}.${a(63)}.${a(61)}`;

function openSshKey(): string {
  const { x = "" } = generateKeyPairSync("ed25519").publicKey.export({ format: "jwk" });
  const fields = [Buffer.from("ssh-ed25519"), Buffer.from(x, "base64url")];
  const blob = fields.map((field) => Buffer.concat([Buffer.from([0, 0, 0, field.length]), field]));
  return `ssh-ed25519 ${Buffer.concat(blob).toString("base64")}`;
}

/** A check with values that it takes, and values that it refuses by what its fragment can say. */
interface Row {
  readonly check: Check<any>;
  readonly takes: readonly unknown[];
  readonly refuses: readonly unknown[];
}

const name = (kind: keyof typeof azureName, takes: string[], refuses: string[]): [string, Row] => [
  `azureName.${kind}`,
  { check: azureName[kind], takes, refuses },
];
const networkResource = (kind: keyof typeof azureName) => name(kind, ["a", a(80), "1.-_"], ["", a(81), "_a", "a."]);
const PREFIXES = ["10.0.0.0/8", "255.0.0.0/8", "10.0.1.248/29"];

const ROWS = Object.fromEntries<Row>([
  ["a whole number", { check: wholeNumber(5, 60), takes: [5, 60], refuses: [4, 61, 5.5] }],
  ["text of 1 to 3 characters", { check: textOf(1, 3), takes: ["a", "aaa", "é ", "😀"], refuses: ["", "aaaa", "  "] }],
  ["text of 1 to 4 bytes", { check: bytesOf(1, 4), takes: ["a", "aaaa", "😀", "é"], refuses: ["", "aaaaa", " "] }],
  ["frontendPort", { check: frontendPort, takes: [1, 65534], refuses: [0, 65535, 1.5] }],
  name("resourceGroup", ["a", a(90), "-rg_(x).1-"], ["", a(91), "rg."]),
  name("virtualNetwork", [a(2), a(64), "1.-_"], ["a", a(65), "-ab", "ab."]),
  name("privateEndpoint", [a(2), a(64)], ["a", a(65)]),
  ...(
    [
      ...["subnet", "networkSecurityGroup", "publicIpAddress", "networkInterface", "loadBalancer", "loadBalancerPart"],
      ...["privateLinkService", "privateDnsZoneLink"],
    ] as (keyof typeof azureName)[]
  ).map(networkResource),
  name("apiManagement", ["a", a(50), "Contoso-1"], ["", a(51), "1a", "a-"]),
  name("domainNameLabel", ["abc", a(63)], ["ab", a(64), "Abc", "ab-"]),
  name("linuxVirtualMachine", ["a", a(64), "1-a"], ["", a(65), "123", "a_b"]),
  name("windowsVirtualMachine", ["a", a(15)], ["", a(16), "123"]),
  name("linuxScaleSet", ["a", a(58)], ["", a(59), "123"]),
  name("windowsScaleSet", ["a", a(9)], ["", a(10), "123"]),
  ["uuid", { check: uuid, takes: [GUID, GUID.toUpperCase()], refuses: ["", GUID.slice(1), `${GUID}0`] }],
  [
    "internalSku",
    { check: internalSku, takes: ["Developer_1", "Premium_1", "Premium_99"], refuses: ["Developer", "Premium_100"] },
  ],
  [
    "minApiVersion",
    { check: minApiVersion, takes: ["2021-08-01", "2022-04-01-preview"], refuses: ["2021", "2021-8-1"] },
  ],
  [
    "hostName",
    { check: hostName, takes: ["a.b", LONGEST_HOST], refuses: ["a", "A.b", `${a(64)}.b`, `${LONGEST_HOST}a`] },
  ],
  ["zoneName", { check: zoneName, takes: ["a.b", LONGEST_HOST], refuses: ["a", "A.b", `${a(64)}.b`] }],
  [
    "announcedHostName",
    { check: announcedHostName, takes: ["a.BC", `${a(63)}.example`], refuses: ["a", "a.b", `${a(64)}.example`] },
  ],
  [
    "addressPrefix",
    {
      check: addressPrefix,
      takes: ["0.0.0.0/2", "10.0.1.0/29"],
      refuses: ["10.0.0.0", "0.0.0.0/1", "10.0.0.0/30", "10.0.0.256/24"],
    },
  ],
  [
    "clientPrefix",
    {
      check: clientPrefix,
      takes: ["0.0.0.0/0", ...PREFIXES, "10.9.0.5/32"],
      refuses: ["10.9.0.5", "10.9.0.0/33", "*"],
    },
  ],
  ["ownPrefix", { check: ownPrefix, takes: ["10.0.0.0/8", "10.0.1.0/29"], refuses: ["10.0.1.0/30", "10.0.1.0"] }],
  [
    "ipv4Address",
    {
      check: ipv4Address,
      takes: ["0.0.0.0", "255.255.255.255", "10.0.1.199"],
      refuses: ["10.0.1", "10.0.1.256", "010.0.1.5"],
    },
  ],
  ["targetAddress", { check: targetAddress, takes: ["1.0.0.0", "223.255.255.255"], refuses: ["10.0.1", "10.0.1.256"] }],
  [
    "privateLinkServiceAlias",
    {
      check: privateLinkServiceAlias,
      takes: [`pls-apim.${GUID}.uksouth.azure.privatelinkservice`],
      refuses: ["pls-apim", `pls-apim.${GUID}.UKSouth.azure.privatelinkservice`],
    },
  ],
  ["requestMessage", { check: requestMessage, takes: ["x", a(140), "é".repeat(70)], refuses: ["", a(141), " "] }],
  [
    "sshPublicKey",
    {
      check: sshPublicKey,
      takes: ["", " me", "\n", "\r\n", " Jörg's key "].map((end) => `${openSshKey()}${end}`),
      refuses: ["", "ssh-rsa", "ssh-dss AAAA", "~/.ssh/id_ed25519.pub"],
    },
  ],
  ["linuxUserName", { check: linuxUserName, takes: ["AzureUser", a(32)], refuses: ["", a(33), "1a", "admin"] }],
  ["windowsUserName", { check: windowsUserName, takes: ["Azure-User_1", a(20)], refuses: ["", a(21), "a.", "admin"] }],
  [
    "imageVersion",
    {
      check: imageVersion,
      takes: ["latest", "24.04.202511010", "1.0.0"],
      refuses: ["", "LATEST", "1.0", "1.0.0.0", "1.0.x"],
    },
  ],
  ["imageWord", { check: imageWord, takes: ["a", a(128)], refuses: ["", a(129), "a b"] }],
  [
    "trustedLaunchSize",
    { check: trustedLaunchSize, takes: VM_SIZES, refuses: ["B2s", "Standard_DS2_v2", "Standard_A1"] },
  ],
  ["x64Size", { check: x64Size, takes: VM_SIZES, refuses: ["B2s", "Standard_DS2_v2", "Standard_D2ps_v6"] }],
  ["windowsSize", { check: windowsSize, takes: VM_SIZES, refuses: ["Standard_B1ls", "Standard_D2ps_v6"] }],
]);

/** Every check of the rules' modules that has a fragment, by the name under which it is exported. */
async function checksWithFragments(): Promise<string[]> {
  const folder = join(__dirname, "../../lib/azure");
  const modules = await Promise.all(readdirSync(folder).map((file) => import(join(folder, file))));
  return modules
    .flatMap((exported: object) => Object.entries(exported))
    .flatMap(([name, value]) => {
      if (name === "azureName") return Object.keys(azureName).map((kind) => `azureName.${kind}`);
      return typeof value === "function" && "schema" in value && value.schema !== undefined ? [name] : [];
    });
}

it("every check with a fragment of JSON Schema is judged here", async () => {
  expect(Object.keys(ROWS)).toEqual(expect.arrayContaining(await checksWithFragments()));
});

describe.each(Object.entries(ROWS))("what a JSON Schema says of %s", (_, { check, takes, refuses }) => {
  const schema = check.schema as JsonSchema;

  it("refuses nothing that the check takes", () => {
    const taken = takes.filter((value) => check(value) === undefined);
    expect(taken.length).toBeGreaterThan(0);
    expect(taken.filter((value) => !conforms(schema, value))).toEqual([]);
    // but for the list of sizes, of which each check takes some, the values are those that the check takes.
    if (takes !== VM_SIZES) expect(taken).toEqual(takes);
  });

  it("refuses what the check refuses on either edge", () => {
    expect(refuses.filter((value) => check(value) === undefined)).toEqual([]);
    expect(refuses.filter((value) => conforms(schema, value))).toEqual([]);
  });
});
