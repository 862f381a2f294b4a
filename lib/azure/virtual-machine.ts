import { both, Check, known, matching, shown } from "./check";

// https://learn.microsoft.com/azure/virtual-machines/linux/faq#what-are-the-username-requirements-when-creating-a-vm-
const REFUSED_USER_NAMES = (
  "1 123 a actuser adm admin admin1 admin2 administrator aspnet backup console david guest john owner root server sql " +
  "support support_388945a0 sys test test1 test2 test3 user user1 user2 user3 user4 user5 video"
).split(" ");

function userName(pattern: RegExp, allowed: string): Check<string> {
  return both(
    matching(pattern, allowed),
    known(
      (value) =>
        REFUSED_USER_NAMES.includes(value.toLowerCase())
          ? `must not be one of the names that Azure refuses, got ${shown(value)}`
          : undefined,
      { not: { enum: REFUSED_USER_NAMES } },
    ),
  );
}

/** The administrator's name on Linux. */
export const linuxUserName = userName(
  /^[a-z_][a-z\d_-]{0,31}$/,
  "1 to 32 lower-case letters, digits, '_' or '-', beginning with a letter or '_'",
);

/** The administrator's name on Windows. */
export const windowsUserName = userName(
  /^[a-zA-Z\d_][\w-]{0,19}$/,
  "1 to 20 letters, digits, '_' or '-', beginning with a letter, a digit or '_'",
);

/** The disks that an operating system can boot from. */
export const OS_DISK_TYPES = [
  "Standard_LRS",
  "StandardSSD_LRS",
  "StandardSSD_ZRS",
  "Premium_LRS",
  "Premium_ZRS",
] as const;

/** The line of an OpenSSH public key: RSA with 2,048 bits or more, or Ed25519, as Azure and azurerm accept. */
export const sshPublicKey: Check<string> = known(
  (value) => {
    const [type = "", blob = ""] = value.trim().split(/\s+/);
    const fields = sshFields(Buffer.from(blob, "base64"));
    const [named, first, second] = fields;
    const wellFormed = named?.toString("latin1") === type && !/[\r\n]/.test(value.trim());
    const accepted =
      wellFormed &&
      ((type === "ssh-ed25519" && fields.length === 2 && first?.length === 32) ||
        (type === "ssh-rsa" && bitLength(second) >= 2048));
    return accepted
      ? undefined
      : `must be the one line of an OpenSSH public key, RSA with at least 2048 bits or Ed25519, got ${shown(value)}`;
  },
  { pattern: "^\\s*(ssh-rsa|ssh-ed25519)\\s+\\S+" },
);

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

function bitLength(integer: Buffer | undefined): number {
  return BigInt(`0x${integer?.toString("hex") || "0"}`).toString(2).length;
}

/** A word of an image's name in the marketplace. */
export const imageWord = matching(/^[\w.-]{1,128}$/, "1 to 128 letters, digits, '_', '.' or '-'");
