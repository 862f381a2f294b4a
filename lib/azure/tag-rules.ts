import { Problem } from "./check";
import { byteLength, visibleText } from "./text";

/** Tags by name. */
type Tags = Readonly<Record<string, string>>;

/**
 * What tags must keep to. The numbers are the same in Azure, which counts characters, and in azurerm, which counts bytes
 * of UTF-8: https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources#limitations (2025-02-06),
 * https://github.com/hashicorp/go-azure-helpers/blob/main/resourcemanager/tags/validate.go, in azurerm 4.62.0 to 4.81.0.
 */
const TAG_LIMITS = { tags: 50, nameBytes: 512, valueBytes: 256, zoneTags: 15 } as const;

const REFUSED_IN_NAMES = /[<>%&\\?/]/;

/** https://learn.microsoft.com/rest/api/resources/tags/create-or-update: "reserved for Azure use" (2022-09-01) */
const RESERVED_PREFIX = /^(microsoft|azure|windows)/i;

/** What any resource would refuse, or azurerm would. */
export function generalTagProblems(tags: Tags): Problem[] {
  const names = Object.keys(tags);
  const spelled = new Map<string, number>();
  for (const name of names) spelled.set(name.toLowerCase(), (spelled.get(name.toLowerCase()) ?? 0) + 1);
  const tooMany =
    names.length > TAG_LIMITS.tags
      ? [{ path: [], complaint: `must be at most ${TAG_LIMITS.tags} tags, got ${names.length}` }]
      : [];
  return [
    ...tooMany,
    ...names.flatMap((name) =>
      [
        nameComplaint(name),
        spelled.get(name.toLowerCase()) === 1
          ? undefined
          : "must differ from the other names by more than capital letters",
        valueComplaint(tags[name] ?? ""),
      ].flatMap((complaint) => (complaint === undefined ? [] : [{ path: [name], complaint }])),
    ),
  ];
}

function nameComplaint(name: string): string | undefined {
  const bytes = byteLength(name);
  if (bytes < 1 || bytes > TAG_LIMITS.nameBytes) {
    return `must have a name of 1 to ${TAG_LIMITS.nameBytes} bytes, got ${bytes}`;
  }
  if (REFUSED_IN_NAMES.test(name)) return "must have a name without < > % & \\ ? or /";
  if (RESERVED_PREFIX.test(name)) return "must have a name that does not begin with microsoft, azure or windows";
  const unseen = visibleText(name);
  return unseen && `must have a name that can be read: it ${unseen}`;
}

function valueComplaint(value: string): string | undefined {
  const bytes = byteLength(value);
  return bytes > TAG_LIMITS.valueBytes
    ? `must have at most ${TAG_LIMITS.valueBytes} bytes, of which a letter outside ASCII takes two or more, got ${bytes}`
    : visibleText(value);
}

/**
 * Whether private DNS zones, their records and links keep a tag of this name; others they drop in silence, and Terraform
 * plans them for ever. Letters, digits, '.', '-' and '_', no digit in front, ending with a letter, a digit or '_':
 * https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources#limitations (2025-02-06),
 * https://github.com/openshift/enhancements/pull/1329 (2023-01-31, tried), and for ':' and blanks
 * https://github.com/hashicorp/terraform-provider-azurerm/issues/6129. Their values may be anything.
 */
export function zonesKeepTag(name: string): boolean {
  return /^(?!\d)[\w.-]*\w$/.test(name);
}

/** The tags that a private DNS zone takes, in their order: those whose names it keeps, and no more than it can have. */
export function zoneTags(tags: Tags): Tags {
  const kept = Object.entries(tags).filter(([name]) => zonesKeepTag(name));
  return Object.fromEntries(kept.slice(0, TAG_LIMITS.zoneTags));
}
