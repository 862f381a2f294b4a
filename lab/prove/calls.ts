import { STATUS_PATH } from "../build/apim";
import { Place } from "../build/place";
import { Lab } from "../lab";
import { run } from "../shell";

/** What became of one call of APIM. */
export interface Called {
  readonly ok: boolean;
  /** The status, or what curl says. */
  readonly said: string;
  /** The address that APIM saw, where it answered. */
  readonly from?: string;
  readonly milliseconds: number;
}

/** How a call leaves the usual way. */
export interface CallOptions {
  /** The namespace that it starts in. */
  readonly namespace: string;
  /** The address that it comes from. */
  readonly source?: string;
  /** The address that it goes to, whatever the name says. */
  readonly to?: string;
  readonly port?: number;
  /** Seconds. */
  readonly patience?: number;
}

/** Calls APIM by a host name with curl, which checks the certificate. */
export async function call(lab: Lab, hostName: string, options: CallOptions): Promise<Called> {
  const { namespace, source, to, port = 443, patience = 3 } = options;
  const words = [
    "curl",
    "--disable",
    "--noproxy",
    "*",
    "--silent",
    "--show-error",
    "--cacert",
    lab.apim.authority,
    "--max-time",
    String(patience),
  ];
  if (source !== undefined) words.push("--interface", source);
  if (to !== undefined) words.push("--resolve", `${hostName}:${port}:${to}`);
  const started = Date.now();
  const url = `https://${hostName}${port === 443 ? "" : `:${port}`}${STATUS_PATH}`;
  const { code, stdout, stderr } = await run([...words, "--write-out", "%{http_code}", url], { namespace });
  const milliseconds = Date.now() - started;
  const [, from, host, status] = /^(\S+) (\S+)\n(\d+)$/.exec(stdout) ?? [];
  const ok = code === 0 && status === "200" && host === hostName;
  const said =
    code === 0
      ? `status ${status ?? stdout.slice(-3)}`
      : stderr.trim().replace(/^curl: /, "") || `curl ended with ${code}`;
  return { ok, said, from, milliseconds };
}

/** Calls APIM as a consumer's client does: by name, with the network's resolver. */
export function callFrom(
  lab: Lab,
  place: Place,
  hostName: string,
  port = mainPort(lab, place),
  patience = 3,
): Promise<Called> {
  return call(lab, hostName, { namespace: place.client, port, patience });
}

/** The ports that a client calls: APIM's own, and whatever else the endpoints take. */
export function portsOf(lab: Lab, place: Place): number[] {
  const ports = place.endpoints.flatMap(({ way }) => way.rules.map(({ rule }) => rule.frontendPort || 443));
  return [...new Set([...(lab.design.apim.gateway || ports.length === 0 ? [443] : []), ...ports])];
}

/** The port that is called where one says enough. */
export function mainPort(lab: Lab, place: Place): number {
  return portsOf(lab, place)[0] ?? 443;
}
