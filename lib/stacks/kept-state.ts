import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A state in a local file, as far as it tells whose it is. */
export interface KeptState {
  /** The file's place below `state/`, in its four parts. */
  readonly place: string;
  readonly deployment: string;
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly stack: string;
  /** How many resources it holds. */
  readonly resources: number;
  /** The names of the resources of a type. */
  names(type: string): string[];
  /** The place of the state that the stack read its service from. */
  readonly readFrom?: string;
  /** The alias that its endpoint connects to. */
  readonly alias?: string;
}

interface StateResource {
  readonly mode?: string;
  readonly type?: string;
  readonly instances?: readonly { readonly attributes?: Attributes }[];
}

interface Attributes {
  readonly name?: string;
  /** Of a state that was read. */
  readonly config?: { readonly value?: { readonly path?: string } };
  /** Of an endpoint. */
  readonly private_service_connection?: readonly { readonly private_connection_resource_alias?: string }[];
}

/** The places of all local states of all deployments. */
export function keptPlaces(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => /^([^/]+\/){3}[^/]+\.tfstate$/.test(path))
    .sort();
}

/** The state at a place; undefined where there is none that holds a resource. */
export function keptState(folder: string, place: string): KeptState | undefined {
  const resources = resourcesIn(join(folder, place));
  const managed = resources.filter(({ mode, instances = [] }) => mode === "managed" && instances.length > 0);
  if (managed.length === 0) return undefined;
  const [deployment = "", subscriptionId = "", resourceGroup = "", file = ""] = place.split("/");
  const attributes = (type: string) =>
    resources
      .filter((one) => one.type === type)
      .flatMap(({ instances = [] }) => instances.map((one) => one.attributes));
  const [source] = attributes("terraform_remote_state");
  const [endpoint] = attributes("azurerm_private_endpoint");
  return {
    place,
    deployment,
    subscriptionId,
    resourceGroup,
    stack: file.replace(/\.tfstate$/, ""),
    resources: managed.reduce((count, { instances = [] }) => count + instances.length, 0),
    names: (type) => attributes(type).flatMap((one) => one?.name ?? []),
    readFrom: source?.config?.value?.path?.replace(/^.*?\bstate\//, ""),
    alias: endpoint?.private_service_connection?.[0]?.private_connection_resource_alias || undefined,
  };
}

function resourcesIn(file: string): readonly StateResource[] {
  try {
    const { resources } = JSON.parse(readFileSync(file, "utf8")) as { resources?: unknown };
    return Array.isArray(resources) ? (resources as StateResource[]) : [];
  } catch {
    // what Terraform cannot read either is not ours to judge.
    return [];
  }
}
