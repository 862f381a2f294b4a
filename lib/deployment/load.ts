import { readFileSync, statSync } from "node:fs";
import { basename, extname } from "node:path";
import { Document, LineCounter, parseDocument } from "yaml";
import { pathText, Problem, shown } from "../azure/check";
import { beside, judged } from "../azure/settled";
import { deploymentProblems } from "./checks";
import { Deployment, deploymentSchema } from "./deployment";
import { foreignService } from "./handover";
import { missingParts, wellFormedParts } from "./well-formed";

/** A mistake in a deployment file; the message is for the person who wrote it and names everything at once. */
export class DeploymentError extends Error {}

/** The environment that `env:NAME` is looked up in. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads a deployment file.
 *
 * @param path the file
 * @param environment where `env:NAME` is looked up
 * @throws DeploymentError with every problem that the file has
 */
export function loadDeployment(path: string, environment: Environment): Deployment {
  const lines = new LineCounter();
  const document = parseDocument(textOf(path), { lineCounter: lines });
  if (document.errors.length > 0) {
    throw new DeploymentError(
      `${path} is not YAML:\n${document.errors.map(({ message }) => `- ${message}`).join("\n")}`,
    );
  }

  const { value, unset } = withEnvironment(valueOf(document, path), environment);
  const { value: deployment, problems: malformed } = judged(deploymentSchema, value);
  const parts = malformed.length === 0 && deployment ? deployment : wellFormedParts(value);
  // beside a provider a service is refused as such, whatever it says.
  const { service, problems: unread } =
    parts.service && !parts.provider ? foreignService(parts.service, path) : { problems: [] };
  const handedOver = parts.service?.kind === "handover";
  const said = [...unset, ...beside(unset, [...malformed, ...missingParts(value), ...unread])];
  const problems = [...said, ...beside(said, deploymentProblems({ ...parts, service, handedOver }))];
  if (problems.length > 0 || deployment === undefined) {
    const texts = problems.map(
      ({ path: at, complaint }) => `- ${pathText(at) || "the file"}${lineOf(document, lines, at)} ${complaint}`,
    );
    throw new DeploymentError(`${path} cannot be deployed:\n${texts.join("\n")}`);
  }

  const tenantId = deployment.provider?.tenantId;
  return {
    ...deployment,
    service,
    consumers: deployment.consumers.map((consumer) => ({ tenantId, ...consumer })),
    name: deployment.name ?? fileName(path),
  };
}

function textOf(path: string): string {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) {
    throw new DeploymentError(`there is no deployment file ${path}; DEPLOYMENT=path chooses one`);
  }
  return readFileSync(path, "utf8");
}

function valueOf(document: Document, path: string): unknown {
  try {
    // a file for a thousand consumers may use one anchor a thousand times.
    const value: unknown = document.toJS({ maxAliasCount: -1 });
    // refuses a file whose anchors hold themselves.
    JSON.stringify(value);
    return value;
  } catch (error) {
    // an alias without its anchor is found only now.
    throw new DeploymentError(`${path} is not YAML:\n- ${(error as Error).message.split("\n")[0]}`);
  }
}

function fileName(path: string): string {
  const name = basename(path, extname(path)).toLowerCase();
  return (
    name
      .replace(/[^a-z\d]+/g, "-")
      .replace(/^-/, "")
      .slice(0, 40)
      .replace(/-$/, "") || "deployment"
  );
}

function lineOf(document: Document, lines: LineCounter, path: Problem["path"]): string {
  for (let length = path.length; length > 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true) as { range?: [number, number, number] } | undefined;
    if (node?.range) return ` (line ${lines.linePos(node.range[0]).line})`;
  }
  return "";
}

/** The keys of ids, which may name environment variables. */
const ID_KEY = /(subscription|tenant)Ids?$/i;

/** The file's value with `env:NAME` replaced wherever the id of a subscription or tenant stands, and the variables that are not set. */
function withEnvironment(file: unknown, environment: Environment): { value: unknown; unset: Problem[] } {
  const unset: Problem[] = [];
  const resolve = (part: unknown, path: PropertyKey[]): unknown => {
    if (Array.isArray(part)) return part.map((element, index) => resolve(element, [...path, index]));
    if (part !== null && typeof part === "object") {
      return Object.fromEntries(Object.entries(part).map(([key, inner]) => [key, resolve(inner, [...path, key])]));
    }
    const variable = typeof part === "string" && path[0] !== "tags" ? /^env:(.*)$/.exec(part)?.[1] : undefined;
    const kind = variable === undefined ? undefined : path.map((key) => ID_KEY.exec(String(key))?.[1]).find(Boolean);
    if (variable === undefined || kind === undefined) return part;
    const found = environment[variable] ?? "";
    if (found === "") {
      unset.push({
        path,
        complaint: `names the environment variable ${shown(variable)}, which is not set; set it to a ${kind.toLowerCase()} id`,
      });
    }
    return found;
  };
  return { value: resolve(file, []), unset };
}
