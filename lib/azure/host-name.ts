import { both, Check, known, matching, shown } from "./check";

const LABEL = "[a-z\\d]([a-z\\d-]{0,61}[a-z\\d])?";

/** https://www.rfc-editor.org/rfc/rfc1035#section-2.3.4 and https://www.rfc-editor.org/rfc/rfc1123#section-2.1 */
const shape = matching(
  new RegExp(`^(?=.{1,253}$)(${LABEL}\\.)+${LABEL}$`),
  "a lower-case host name such as api.example.com, of at most 63 characters a label and 253 in all",
);

// a last label of digits makes an address of it: https://url.spec.whatwg.org/#ends-in-a-number-checker
const notAnAddress: Check<string> = known((value) =>
  /(^|\.)\d+$/.test(value)
    ? `must be a host name such as api.example.com and no address, got ${shown(value)}`
    : undefined,
);

/** Domains of Azure's own services, in which nobody else has a host name; a zone of private endpoints is below them. */
const OWN_DOMAINS = ["azure.com", "windows.net"];

const notAzuresOwn: Check<string> = known((value) => {
  if (value.split(".").includes("privatelink")) return undefined;
  const domain = OWN_DOMAINS.find((own) => value === own || value.endsWith(`.${own}`));
  return domain && `must not lie in ${domain}, which is for Azure's own services, got ${shown(value)}`;
});

/**
 * The zone names of the public cloud that Azure refuses; names below them it takes, as private endpoints need.
 * https://learn.microsoft.com/azure/dns/private-dns-privatednszone#restrictions (2026-06-22)
 *
 * azure-api.net is not on the list. In 2022 Azure refused it (https://github.com/MicrosoftDocs/azure-docs/issues/102958);
 * public code makes it. Unverified, so it is let through.
 */
export const RESERVED_ZONES: readonly string[] = [
  "azclient.ms",
  "azure.com",
  "cloudapp.net",
  "core.windows.net",
  "microsoft.com",
  "msidentity.com",
  "trafficmanager.net",
  "windows.net",
];

/** The labels that the name of a private DNS zone can have: the same page as of the reserved names. */
const MAX_ZONE_LABELS = 34;

/** A host name that somebody can give to a service of theirs. */
export const hostName: Check<string> = both(shape, notAnAddress, notAzuresOwn);

/**
 * The name of a private DNS zone: a host name that Azure does not refuse. The 63 characters of Azure's table are those of
 * a label, for AKS makes zones of 66 to 78: https://github.com/MicrosoftDocs/azure-aks-docs/issues/212
 */
export const zoneName: Check<string> = both(
  shape,
  notAnAddress,
  known((value) => {
    const labels = value.split(".").length;
    if (labels > MAX_ZONE_LABELS) {
      return `must have at most ${MAX_ZONE_LABELS} labels to be a private DNS zone, got ${labels}: ${shown(value)}`;
    }
    return RESERVED_ZONES.includes(value)
      ? `must not be one of the zones that Azure keeps to itself, got ${shown(value)}`
      : undefined;
  }),
);

/** A host name that a Private Link Service announces; capital letters are kept. */
export const announcedHostName: Check<string> = matching(
  /^(?=.{1,253}$)([a-zA-Z\d]([a-zA-Z\d-]{0,61}[a-zA-Z\d])?\.)+[a-zA-Z]{2,63}$/,
  "a host name such as api.example.com",
);
