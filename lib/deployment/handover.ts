import { readFileSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { z } from "zod";
import { serviceOf } from "../azure/approval-command";
import { pathText, Problem, shown } from "../azure/check";
import { hostName } from "../azure/host-name";
import { privateLinkServiceAlias } from "../azure/private-link";
import { otherHostNames } from "../dns/host-names";
import { ForeignService, ServiceSection } from "./deployment";
import { foreignValueProblems } from "./foreign-values";

// a thousand connections that wait are a third of it.
const MAX_BYTES = 1024 * 1024;
// the end points of an APIM instance and its custom domains, of which it takes fewer.
const MAX_HOST_NAMES = 1000;

/**
 * What consumers need of what `npm run handover` writes, or `cdktf deploy provider --outputs-file`, which holds more; none of it
 * is secret.
 */
const handover = z.object({
  provider: z.object({
    private_link_service_alias: z.string(),
    private_link_service_id: z.string().optional(),
    host_names: z.record(z.string(), z.string()).refine((names) => {
      const count = Object.keys(names).length;
      return count > 0 && count <= MAX_HOST_NAMES;
    }),
  }),
});

const HOW = "`npm run handover -- FILE` in the provider's project writes it";

/** Somebody else's service, from the file itself or from the hand-over that it points at. */
export function foreignService(
  section: ServiceSection,
  deploymentFile: string,
): { service?: ForeignService; problems: Problem[] } {
  if (section.kind === "alias") {
    return { service: { alias: section.alias, hostNames: otherHostNames(section.hostNames) }, problems: [] };
  }
  const refused = (complaint: string) => ({ problems: [{ path: ["service", "from"], complaint }] });
  let text: string;
  try {
    const file = resolve(dirname(deploymentFile), section.from);
    const found = statSync(file);
    const { size } = found;
    // what is no file, such as a pipe, may never end.
    if (!found.isFile()) return refused(`must be a file that can be read, got ${shown(section.from)}; ${HOW}`);
    if (size > MAX_BYTES) return refused(`must have at most ${MAX_BYTES} bytes, got ${size}; ${HOW}`);
    text = readFileSync(file, "utf8");
  } catch {
    return refused(`must be a file that can be read, got ${shown(section.from)}; ${HOW}`);
  }
  const parsed = handover.safeParse(jsonOf(text));
  if (!parsed.success) {
    return refused(
      `must hold provider.private_link_service_alias and provider.host_names, which ${shown(section.from)} does not; ${HOW}`,
    );
  }
  const [foreign] = foreignValueProblems(parsed.data);
  if (foreign !== undefined) return refused(`must be a hand-over whose ${pathText(foreign.path)} ${foreign.complaint}`);
  const {
    private_link_service_alias: alias,
    private_link_service_id: id,
    host_names: hostNames,
  } = parsed.data.provider;
  const noAlias = privateLinkServiceAlias(alias);
  if (noAlias !== undefined) {
    return refused(noAlias.replace("must be", "must hold under provider.private_link_service_alias"));
  }
  const locator = id === undefined ? undefined : serviceOf(id);
  if (id !== undefined && locator === undefined) {
    return refused(
      `must hold the id of a Private Link Service under provider.private_link_service_id, got ${shown(id)}`,
    );
  }
  const malformed = Object.values(hostNames).filter((name) => hostName(name) !== undefined);
  return malformed.length > 0
    ? refused(`must hold host names only under provider.host_names, got ${shown(malformed)}`)
    : { service: { alias, hostNames, locator }, problems: [] };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
