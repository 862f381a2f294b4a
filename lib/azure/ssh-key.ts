import { both, Check, known, shown } from "./check";
import { visibleText } from "./text";

/** Text that is no private key; what is one is not shown. */
export const noPrivateKey: Check<string> = known((value) =>
  /-----BEGIN [A-Z\d ]*PRIVATE KEY-----|^PuTTY-User-Key-File-/.test(value)
    ? "must not be a private key, which belongs to nobody but you; the public half is one line, mostly in the file that ends with .pub"
    : undefined,
);

/**
 * The line of an OpenSSH public key: RSA with 2,048 bits or more, or Ed25519, as Azure and azurerm accept. azurerm decodes
 * strictly (internal/services/compute/validate/ssh_key.go at v4.81.0, golang.org/x/crypto/ssh), so this does too: padded
 * base64 and nothing else, an odd exponent of at most 24 bits. One line end may follow.
 */
const publicKeyLine: Check<string> = known(
  (value) => {
    const line = value.replace(/\r?\n$/, "");
    const [type = "", blob = ""] = line.split(" ").filter((word) => word !== "");
    return visibleText(line) === undefined && isAccepted(type, decoded(blob))
      ? undefined
      : `must be the one line of an OpenSSH public key, RSA with at least 2048 bits or Ed25519, got ${shown(value)}`;
  },
  {
    pattern: "^ *(ssh-rsa|ssh-ed25519) +[A-Za-z\\d+/]+={0,2}( |\\r?\\n?$)",
    patternErrorMessage: "must be the one line of an OpenSSH public key",
  },
);

/** The line of an OpenSSH public key that Azure takes. */
export const sshPublicKey: Check<string> = both(noPrivateKey, publicKeyLine);

function isAccepted(type: string, blob: Buffer | undefined): boolean {
  const [named, first, second, ...more] = blob === undefined ? [] : sshFields(blob);
  if (named?.toString("latin1") !== type || more.length > 0) return false;
  if (type === "ssh-ed25519") return first?.length === 32 && second === undefined;
  const [exponent, modulus] = [positive(first), positive(second)];
  return type === "ssh-rsa" && exponent > 2n && exponent < 2n ** 24n && exponent % 2n === 1n && modulus >= 2n ** 2047n;
}

/** The bytes of base64 in its one canonical spelling; undefined for any other text. */
function decoded(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, "base64");
  return bytes.toString("base64") === text ? bytes : undefined;
}

/** The fields of a key, each behind its length in four bytes: https://www.rfc-editor.org/rfc/rfc4253#section-6.6 */
function sshFields(blob: Buffer): Buffer[] {
  const fields: Buffer[] = [];
  let at = 0;
  while (at + 4 <= blob.length) {
    const end = at + 4 + blob.readUInt32BE(at);
    fields.push(blob.subarray(at + 4, end));
    at = end;
  }
  return at === blob.length ? fields : [];
}

/** A whole number as SSH writes it; 0 for a negative one, whose first bit is set: https://www.rfc-editor.org/rfc/rfc4251#section-5 */
function positive(mpint: Buffer | undefined): bigint {
  return mpint === undefined || mpint.length === 0 || (mpint[0] ?? 0) > 127 ? 0n : BigInt(`0x${mpint.toString("hex")}`);
}
