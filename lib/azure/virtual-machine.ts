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
      {
        pattern: `^(?!(${REFUSED_USER_NAMES.join("|")})$)`,
        patternErrorMessage: "must not be one of the names that Azure refuses",
      },
    ),
  );
}

/**
 * The administrator's name on Linux: azurerm asks for no more than 64 characters that are not on the list, Linux keeps to
 * 32; capital letters it takes where its tools are not told otherwise, as on Ubuntu.
 */
export const linuxUserName = userName(
  /^[a-zA-Z_][\w-]{0,31}$/,
  "1 to 32 letters, digits, '_' or '-', beginning with a letter or '_'",
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

/** A word of an image's name in the marketplace. */
export const imageWord = matching(/^[\w.-]{1,128}$/, "1 to 128 letters, digits, '_', '.' or '-'");

/** https://learn.microsoft.com/rest/api/compute/virtual-machines/create-or-update#imagereference: "Major.Minor.Build or 'latest'" */
export const imageVersion = matching(/^(latest|\d+\.\d+\.\d+)$/, "latest or a version such as 24.04.202511010");
