import { Token } from "cdktf";
import { generateKeyPairSync, KeyObject } from "node:crypto";
import { sshPublicKey } from "../../lib/azure/ssh-key";
import { shown } from "../../lib/azure/check";

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
const RSA_2048_MODULUS = Buffer.alloc(256, 255).toString("base64url");

/** A key of RSA with numbers of one's own. */
function rsaOf(exponent: string, modulus: string): string {
  return `ssh-rsa ${Buffer.concat([field("ssh-rsa"), mpint(exponent), mpint(modulus)]).toString("base64")}`;
}

/** A key whose modulus lacks the zero in front, which makes it a negative number. */
function negative(): string {
  const blob = Buffer.concat([field("ssh-rsa"), mpint("AQAB"), field(Buffer.alloc(256, 255))]);
  return `ssh-rsa ${blob.toString("base64")}`;
}

// a modulus of ones makes slashes, which base64 for URLs writes in another way, and this length wants padding.
const ONES = rsaOf("AQAB", RSA_2048_MODULUS);
const URL_SAFE = (ONES.split(" ")[1] ?? "").replaceAll("/", "_");
const UNPADDED = rsaOf("AQAB", Buffer.alloc(257, 255).toString("base64url")).replace(/=+$/, "");

describe("an SSH public key", () => {
  it.each([
    ["Ed25519", ED25519],
    ["RSA of 2048 bits", RSA_2048],
    ["RSA of 3072 bits", rsa(3072)],
    ["a comment", `${ED25519} someone@somewhere`],
    ["a comment of several words", `${ED25519} key of someone`],
    ["a line end", `${RSA_2048}\n`],
    ["a line end of Windows", `${RSA_2048}\r\n`],
    ["blanks around it", ` ${ED25519} me `],
    ["several blanks", RSA_2048.replace(" ", "  ")],
    ["a comment outside ASCII", `${ED25519} Jörg's key`],
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
    ["two line ends", `${ED25519}\n\n`],
    ["a tab", ED25519.replace(" ", "\t")],
    ["a line end in the comment", `${ED25519} me\nme`],
    ["a control character in the comment", `${ED25519} me\u0007`],
    ["text that is turned round", `${ED25519} me\u202e`],
    ["base64 with a line end within", `${TYPE} ${BLOB.slice(0, 64)}\n${BLOB.slice(64)}`],
    ["base64 with a hyphen within", `${TYPE} ${BLOB.slice(0, 64)}-${BLOB.slice(64)}`],
    ["base64 for URLs", `${TYPE} ${URL_SAFE}`],
    ["base64 without its padding", UNPADDED],
    ["base64 with something behind it", `${RSA_2048}!`],
    ["an even exponent", rsaOf("AQAA", RSA_2048_MODULUS)],
    ["an exponent of 1", rsaOf("AQ", RSA_2048_MODULUS)],
    ["an exponent of 25 bits", rsaOf("AQAAAQ", RSA_2048_MODULUS)],
    ["a negative modulus", negative()],
    [
      "a field too many",
      `ssh-ed25519 ${Buffer.concat([field("ssh-ed25519"), field(Buffer.alloc(32)), field("x")]).toString("base64")}`,
    ],
  ])("fails on %s", (_, key) => {
    expect(sshPublicKey(key)).toBe(
      `must be the one line of an OpenSSH public key, RSA with at least 2048 bits or Ed25519, got ${shown(key)}`,
    );
  });
});

describe("an SSH public key with numbers of one's own", () => {
  it("is taken where they are sound", () => {
    expect(sshPublicKey(ONES)).toBeUndefined();
    expect(ONES).toContain("/");
    expect(sshPublicKey(`${UNPADDED}==`)).toBeUndefined();
  });

  it.each([
    "-----BEGIN OPENSSH PRIVATE KEY-----\nb3Blb\n-----END OPENSSH PRIVATE KEY-----",
    "-----BEGIN RSA PRIVATE KEY-----",
    "-----BEGIN PRIVATE KEY-----",
    "PuTTY-User-Key-File-3: ssh-ed25519",
  ])("fails on a private key, which it does not repeat: %j", (key) => {
    expect(sshPublicKey(key)).toBe(
      "must not be a private key, which belongs to nobody but you; the public half is one line, mostly in the file that ends with .pub",
    );
  });
});
