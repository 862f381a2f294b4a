import { Token } from "cdktf";
import { generateKeyPairSync, KeyObject } from "node:crypto";
import { linuxUserName, sshPublicKey, windowsUserName } from "../../lib/azure/virtual-machine";

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
