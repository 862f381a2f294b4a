import { matching, Rule, shown } from "./rule";
import { Token } from "cdktf";

// https://learn.microsoft.com/azure/virtual-machines/linux/faq#what-are-the-username-requirements-when-creating-a-vm-
const REFUSED_USER_NAMES = new Set(
  (
    "1 123 a actuser adm admin admin1 admin2 administrator aspnet backup console david guest john owner root server sql " +
    "support support_388945a0 sys test test1 test2 test3 user user1 user2 user3 user4 user5 video"
  ).split(" "),
);

function userName(pattern: RegExp, allowed: string): Rule<string> {
  const shape = matching(pattern, allowed);
  return (value) =>
    shape(value) ??
    (REFUSED_USER_NAMES.has(value.toLowerCase())
      ? `must not be one of the names that Azure refuses, got ${shown(value)}`
      : undefined);
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

const size = matching(/^Standard_[A-Za-z\d][\w-]*$/, "a VM size such as Standard_B2s");

/**
 * A VM size that can boot a generation 2 image with Trusted Launch.
 * https://learn.microsoft.com/azure/virtual-machines/trusted-launch#virtual-machines-sizes
 */
export const trustedLaunchSize: Rule<string> = (value) =>
  size(value) ??
  (!Token.isUnresolved(value) &&
  /^Standard_(A\d+\w*|DS?\d+|DS?\d+(-\d+)?_v2(_Promo)?|D\d+_v3|D\d+pl?[ds]{0,2}_v5)$/.test(value)
    ? `must be a size with Trusted Launch, which the A, Dv2, Dv3 and Dpsv5 series lack, got ${shown(value)}; Standard_B2s and Standard_D2s_v5 have it`
    : undefined);

/** The disks that an operating system can boot from. */
export const OS_DISK_TYPES = [
  "Standard_LRS",
  "StandardSSD_LRS",
  "StandardSSD_ZRS",
  "Premium_LRS",
  "Premium_ZRS",
] as const;

/** The lines of an OpenSSH public key: RSA with 2,048 bits or more, or Ed25519, as Azure and azurerm accept. */
export const sshPublicKey: Rule<string> = (value) => {
  if (Token.isUnresolved(value)) return undefined;
  const [type = "", blob = ""] = value.trim().split(/\s+/);
  const bytes = Buffer.from(blob, "base64");
  // the blob repeats the type behind its length: https://www.rfc-editor.org/rfc/rfc4253#section-6.6
  const wellFormed = bytes.subarray(4, 4 + type.length).toString("latin1") === type && !/[\r\n]/.test(value.trim());
  const accepted =
    wellFormed && ((type === "ssh-ed25519" && bytes.length === 51) || (type === "ssh-rsa" && bytes.length >= 270));
  return accepted
    ? undefined
    : `must be the one line of an OpenSSH public key, RSA with at least 2048 bits or Ed25519, got ${shown(value)}`;
};
