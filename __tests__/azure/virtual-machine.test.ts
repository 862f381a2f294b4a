import { Token } from "cdktf";
import { generateKeyPairSync, KeyObject } from "node:crypto";
import { linuxUserName, sshPublicKey, trustedLaunchSize, windowsUserName } from "../../lib/azure/virtual-machine";

const TOKEN = Token.asString({ resolve: () => "later" });

/** A field of an SSH key: its length in four bytes, then itself. */
function field(content: Buffer | string): Buffer {
  const bytes = Buffer.from(content as string);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

/** A number as SSH writes it: a zero goes before a first bit that is set. */
function mpint(base64url: string | undefined): Buffer {
  const bytes = Buffer.from(base64url ?? "", "base64url");
  return field((bytes[0] ?? 0) > 127 ? Buffer.concat([Buffer.alloc(1), bytes]) : bytes);
}

function openSsh(key: KeyObject): string {
  const { kty, n, e, x } = key.export({ format: "jwk" });
  const type = kty === "RSA" ? "ssh-rsa" : "ssh-ed25519";
  const fields = kty === "RSA" ? [mpint(e), mpint(n)] : [field(Buffer.from(x ?? "", "base64url"))];
  return `${type} ${Buffer.concat([field(type), ...fields]).toString("base64")}`;
}

function rsa(modulusLength: number): string {
  return openSsh(generateKeyPairSync("rsa", { modulusLength }).publicKey);
}

const ED25519 = openSsh(generateKeyPairSync("ed25519").publicKey);
const RSA_2048 = rsa(2048);
const [TYPE = "", BLOB = ""] = RSA_2048.split(" ");

describe("an SSH public key", () => {
  it.each([
    ["Ed25519", ED25519],
    ["RSA of 2048 bits", RSA_2048],
    ["RSA of 3072 bits", rsa(3072)],
    ["a comment", `${ED25519} someone@somewhere`],
    ["a comment of several words", `${ED25519} key of someone`],
    ["a line end", `${RSA_2048}\n`],
    ["a token", TOKEN],
  ])("takes %s", (_, key) => {
    expect(sshPublicKey(key)).toBeUndefined();
  });

  it.each([
    ["nothing", ""],
    ["RSA of 1024 bits", rsa(1024)],
    ["a path", "~/.ssh/id_ed25519.pub"],
    ["a type alone", "ssh-rsa"],
    ["a key without its type", BLOB],
    ["another type than the key's", `ssh-ed25519 ${BLOB}`],
    ["a type that Azure refuses", RSA_2048.replace("ssh-rsa", "ssh-dss")],
    ["a key that is cut off", `${TYPE} ${BLOB.slice(0, 200)}`],
    ["two keys", `${ED25519}\n${RSA_2048}`],
    ["options in front", `no-pty ${ED25519}`],
    ["an Ed25519 key that is too long", ED25519.replace(/(\S+)$/, (blob) => `${blob}AAAA`)],
    ["a private key", "-----BEGIN OPENSSH PRIVATE KEY-----\nb3Blb\n-----END OPENSSH PRIVATE KEY-----"],
  ])("fails on %s", (_, key) => {
    expect(sshPublicKey(key)).toBe(
      `must be the one line of an OpenSSH public key, RSA with at least 2048 bits or Ed25519, got ${JSON.stringify(key)}`,
    );
  });
});

describe("the name of a Linux administrator", () => {
  it.each(["azureuser", "a2", "_x", "a-b_c", "a".repeat(32), TOKEN])("takes %s", (name) => {
    expect(linuxUserName(name)).toBeUndefined();
  });

  it.each(["", "a".repeat(33), "Azure", "1a", "-a", "a b", "a.b", "1", "Root"])("fails on %j", (name) => {
    expect(linuxUserName(name)).toBe(
      `must be 1 to 32 lower-case letters, digits, '_' or '-', beginning with a letter or '_', got ${JSON.stringify(name)}`,
    );
  });

  it.each(["a", "admin", "root", "user5", "support_388945a0", "video"])("fails on %s, which Azure refuses", (name) => {
    expect(linuxUserName(name)).toBe(`must not be one of the names that Azure refuses, got "${name}"`);
  });
});

describe("the name of a Windows administrator", () => {
  it.each(["azureuser", "Azure-User_1", "2nd", "a".repeat(20), TOKEN])("takes %s", (name) => {
    expect(windowsUserName(name)).toBeUndefined();
  });

  it.each(["", "a".repeat(21), "-a", "a b", "a.", "a\\b"])("fails on %j", (name) => {
    expect(windowsUserName(name)).toBe(
      `must be 1 to 20 letters, digits, '_' or '-', beginning with a letter, a digit or '_', got ${JSON.stringify(name)}`,
    );
  });

  it.each(["Administrator", "ADMIN", "123", "Guest", "1"])("fails on %s, which Azure refuses in any case", (name) => {
    expect(windowsUserName(name)).toBe(`must not be one of the names that Azure refuses, got "${name}"`);
  });
});

describe("a size", () => {
  it.each([
    "Standard_B2s",
    "Standard_B2ls_v2",
    "Standard_D2s_v3",
    "Standard_D2s_v5",
    "Standard_D2as_v5",
    "Standard_D2s_v6",
    "Standard_F2s_v2",
    "Standard_E4-2ds_v5",
    TOKEN,
  ])("can be %s", (size) => {
    expect(trustedLaunchSize(size)).toBeUndefined();
  });

  it.each(["", "B2s", "standard_B2s", "Basic_A0", "Standard_", "Standard_B2s ", "Standard_${x}"])(
    "fails on %j",
    (size) => {
      expect(trustedLaunchSize(size)).toBe(`must be a VM size such as Standard_B2s, got ${JSON.stringify(size)}`);
    },
  );

  it.each([
    "Standard_A1",
    "Standard_A2_v2",
    "Standard_A2m_v2",
    "Standard_D1",
    "Standard_DS1",
    "Standard_D2_v2",
    "Standard_DS2_v2",
    "Standard_DS12-1_v2",
    "Standard_DS2_v2_Promo",
    "Standard_D2_v3",
    "Standard_D2ps_v5",
    "Standard_D2pds_v5",
    "Standard_D2pls_v5",
    "Standard_D2plds_v5",
  ])("fails on %s, which has no Trusted Launch", (size) => {
    expect(trustedLaunchSize(size)).toBe(
      `must be a size with Trusted Launch, which the A, Dv2, Dv3 and Dpsv5 series lack, got "${size}"; Standard_B2s and Standard_D2s_v5 have it`,
    );
  });
});
