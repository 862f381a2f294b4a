import { basename, extname } from "node:path";
import { check, pathText, Problem } from "../azure/check";
import { MAX_ENDPOINTS_PER_SERVICE } from "../azure/private-link";
import { beside, judged } from "../azure/settled";
import { asWritten } from "./as-written";
import { deploymentProblems } from "./checks";
import { Deployment, deploymentSchema } from "./deployment";
import { DeploymentError } from "./deployment-error";
import { DeploymentDocument, readDocument } from "./document";
import { Environment, withEnvironment } from "./environment";
import { foreignValueProblems } from "./foreign-values";
import { foreignService } from "./handover";
import { missingParts, wellFormedParts } from "./well-formed";

// as much as somebody reads; the rest comes up again.
const MAX_PROBLEMS = 25;
const MAX_COMPLAINT = 300;

/**
 * Reads a deployment file.
 *
 * @param path the file
 * @param environment where `env:NAME` is looked up
 * @throws DeploymentError with every problem that the file has
 */
export function loadDeployment(path: string, environment: Environment): Deployment {
  const document = readDocument(path);
  const tooMany = tooManyConsumers(document.value);
  if (tooMany.length > 0) throw refusal(path, document, tooMany);

  const { value, chosen, problems: unset } = withEnvironment(document.value, environment);
  const unreadable = foreignValueProblems(document.value);
  const foreign = [...unreadable, ...beside(unreadable, unset)];
  const { value: deployment, problems: malformed } = judged(deploymentSchema, value);
  const parts = malformed.length === 0 && deployment ? deployment : wellFormedParts(value);
  // beside a provider a service is refused as such, whatever it says.
  const { service, problems: unread } =
    parts.service && !parts.provider ? foreignService(parts.service, path) : { problems: [] };
  const handedOver = parts.service?.kind === "handover";
  const said = [...foreign, ...beside(foreign, [...malformed, ...missingParts(value), ...unread])];
  const between = beside(said, deploymentProblems({ ...parts, service, handedOver }));
  const problems = asWritten(document.value, outermost([...said, ...between]));
  if (problems.length > 0 || deployment === undefined) throw refusal(path, document, problems);

  const tenantId = deployment.provider?.tenantId;
  return {
    ...deployment,
    service,
    consumers: deployment.consumers.map((consumer) => ({ tenantId, ...consumer })),
    name: deployment.name ?? fileName(path),
    subscriptionsVary: chosen.some((place) => /^(provider|consumers\[\d+\])\.subscriptionId$/.test(pathText(place))),
  };
}

/** More consumers than one service has room for; each of them need not be judged. */
function tooManyConsumers(file: unknown): Problem[] {
  const consumers = typeof file === "object" && file !== null && "consumers" in file ? file.consumers : undefined;
  return check(["consumers"], Array.isArray(consumers) ? consumers.length : undefined, (count) =>
    count > MAX_ENDPOINTS_PER_SERVICE
      ? `must be at most ${MAX_ENDPOINTS_PER_SERVICE}, the endpoints that one service can have, got ${count}`
      : undefined,
  );
}

/** Problems without those of parts that must be left out as a whole. */
function outermost(problems: readonly Problem[]): Problem[] {
  const leftOut = new Set(
    problems.flatMap(({ path, complaint }) => (complaint.startsWith("must be left out") ? pathText(path) : [])),
  );
  return problems.filter(({ path }) => !path.some((_, length) => leftOut.has(pathText(path.slice(0, length)))));
}

function refusal(path: string, document: DeploymentDocument, problems: readonly Problem[]): DeploymentError {
  const texts = problems.slice(0, MAX_PROBLEMS).map(({ path: at, complaint }) => {
    const line = document.lineOf(at);
    const place = `${pathText(at) || "the file"}${line === undefined ? "" : ` (line ${line})`}`;
    const text = complaint.length > MAX_COMPLAINT ? `${complaint.slice(0, MAX_COMPLAINT)}…` : complaint;
    return `- ${place} ${text}`;
  });
  const more = problems.length - texts.length;
  return new DeploymentError(
    [`${path} cannot be deployed:`, ...texts, ...(more > 0 ? [`- and ${more} more`] : [])].join("\n"),
  );
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
