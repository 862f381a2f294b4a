import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../shell";
import { Json, isObject, mapped, merged, object } from "./json";
import { addMissing, localName, referencePattern } from "./references";

/** One stack as it was synthesized. */
export interface StackSource {
  readonly name: string;
  readonly json: Json;
}

/** A resource or a data source with all its arguments as Terraform computes them. */
export interface Resource {
  readonly stack: string;
  /** Such as `azurerm_subnet`; a data source has `data.` before it. */
  readonly type: string;
  readonly address: string;
  /** Blocks are lists, whether or not they were written as such. */
  readonly values: Json;
}

/** A stack with every expression evaluated. */
export interface EvaluatedStack {
  readonly name: string;
  readonly resources: readonly Resource[];
  readonly outputs: Json;
  readonly providers: Json;
}

/** What Azure would add to the arguments of a resource, such as its id and addresses. */
export type Computed = (address: string, type: string, args: Json) => Json;

const META = new Set(["//", "count", "depends_on", "lifecycle", "provider", "provisioner", "connection"]);

/**
 * Evaluates a stack with `terraform console`, without any provider: each resource becomes a local value that holds its
 * arguments and what Azure would add, and references lead there.
 */
export async function evaluateStack(folder: string, source: StackSource, computed: Computed): Promise<EvaluatedStack> {
  const found = declared(source.json);
  const locals: Json = { ...object(source.json.locals) };
  for (const { address, type, args } of found) locals[localName(address)] = merged(computed(address, type, args), args);
  addMissing(source.json, found, locals);
  const reference = referencePattern(found.map(({ address }) => address));
  const outputs = mapped(object(source.json.output), (output) => object(output).value);
  for (const [name, value] of Object.entries(outputs)) locals[outputLocal(name)] = value;
  const scratch = rewritten({ ...locals, lab_providers: object(source.json.provider) }, (template) =>
    reference ? template.replace(reference, (address) => `local.${localName(address)}`) : template,
  ) as Json;

  const sections = { ...variables(source.json), locals: scratch };
  const result = await evaluated(folder, source.name, sections, {
    resources: Object.fromEntries(found.map(({ address }) => [address, localName(address)])),
    outputs: Object.fromEntries(Object.keys(outputs).map((name) => [name, outputLocal(name)])),
  });
  const resources = found.map(({ address, type }) => ({
    stack: source.name,
    type,
    address,
    values: object(object(result.resources)[address]),
  }));
  return {
    name: source.name,
    outputs: object(result.outputs),
    providers: object(result.providers),
    resources: withSubnetsById(resources),
  };
}

/** Resources in which a subnet's id that was put together of names is that of the subnet itself. */
function withSubnetsById(resources: EvaluatedStack["resources"]): EvaluatedStack["resources"] {
  const ids = new Map(
    resources
      .filter(({ type }) => type === "azurerm_subnet")
      .map(({ values }) => [`${String(values.virtual_network_name)}/${String(values.name)}`.toLowerCase(), values.id]),
  );
  const known = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(known);
    if (typeof value === "object" && value !== null) return mapped(value as Json, known);
    const [, network = "", subnet = ""] = /\/virtualNetworks\/([^/]+)\/subnets\/([^/]+)$/i.exec(String(value)) ?? [];
    return ids.get(`${network}/${subnet}`.toLowerCase()) ?? value;
  };
  return resources.map((resource) => ({ ...resource, values: known(resource.values) as Json }));
}

type Wanted = Record<"resources" | "outputs", Record<string, string>>;

// a broken design differs in one stack, and the others come out as they did before.
const answers = new Map<string, Promise<string>>();

/** Has Terraform evaluate local values, once for all who ask for the same ones. */
async function evaluated(folder: string, name: string, sections: Json, wanted: Wanted): Promise<Json> {
  const question = JSON.stringify([sections, wanted]);
  const answer = answers.get(question) ?? asked(folder, name, sections, wanted);
  answers.set(question, answer);
  return JSON.parse(await answer) as Json;
}

/** Asks Terraform; an output that needs more than Azure's answers known here is left out. */
async function asked(folder: string, name: string, sections: Json, wanted: Wanted): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const work = mkdtempSync(join(folder, `${name}-`));
  writeFileSync(join(work, "main.tf.json"), JSON.stringify(sections, null, 1));
  const fields = (names: Record<string, string>): string =>
    Object.entries(names)
      .map(([name, local]) => `${JSON.stringify(name)}=local.${local}`)
      .join(",");
  const parts = `resources={${fields(wanted.resources)}},outputs={${fields(wanted.outputs)}}`;
  const expression = `base64encode(jsonencode({${parts},providers=local.lab_providers}))`;
  const { stdout, stderr } = await run(["terraform", "console", "-no-color"], { cwd: work, input: `${expression}\n` });
  const encoded = /^"([A-Za-z0-9+/=]+)"$/m.exec(stdout)?.[1];
  if (encoded !== undefined) return Buffer.from(encoded, "base64").toString();

  const blamed = new Set([...stderr.matchAll(/in locals\.([\w-]+)/g)].map(([, local]) => local ?? ""));
  const kept = Object.entries(wanted.outputs).filter(([, local]) => !blamed.has(local));
  if (kept.length === Object.keys(wanted.outputs).length)
    throw new Error(`terraform console cannot evaluate: ${stderr}`);
  const left = Object.entries(object(sections.locals)).filter(([name]) => !blamed.has(name) || !isOutput(name));
  const locals = Object.fromEntries(left);
  return asked(folder, name, { ...sections, locals }, { ...wanted, outputs: Object.fromEntries(kept) });
}

function outputLocal(name: string): string {
  return `lab_output__${name}`;
}

function isOutput(local: string): boolean {
  return local.startsWith("lab_output__");
}

interface Declared {
  readonly address: string;
  readonly type: string;
  readonly args: Json;
}

function declared(json: Json): Declared[] {
  const sections: [string, Json][] = [
    ["", object(json.resource)],
    ["data.", object(json.data)],
  ];
  return sections.flatMap(([prefix, types]) =>
    Object.entries(types).flatMap(([type, resources]) =>
      Object.entries(object(resources)).map(([key, args]) => ({
        address: `${prefix}${type}.${key}`,
        type: `${prefix}${type}`,
        args: withBlocksAsLists(type, object(args)),
      })),
    ),
  );
}

function withBlocksAsLists(type: string, args: Json): Json {
  // the state of another stack is there in the lab; Terraform asks first whether its file is.
  const counted = type !== "terraform_remote_state" && args.count !== undefined;
  if (counted || args.for_each !== undefined) {
    throw new Error(`${type} uses count or for_each, which the lab does not know`);
  }
  const own = Object.entries(args).filter(([name]) => !META.has(name));
  return Object.fromEntries(
    own.map(([name, value]) => [
      name,
      type.startsWith("azurerm_") && isObject(value) && name !== "tags" ? [value] : value,
    ]),
  );
}

function variables(json: Json): Json {
  const variable = mapped(object(json.variable), (declaration, name) => ({
    default: process.env[`TF_VAR_${name}`] ?? object(declaration).default ?? "lab",
  }));
  // Terraform refuses an empty section.
  return Object.keys(variable).length > 0 ? { variable } : {};
}

function rewritten(value: unknown, rewrite: (template: string) => string): unknown {
  if (typeof value === "string") return /[$%]\{/.test(value) ? rewrite(value) : value;
  if (Array.isArray(value)) return value.map((item) => rewritten(item, rewrite));
  return isObject(value) ? mapped(value, (item) => rewritten(item, rewrite)) : value;
}
