import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Fact, factsOf, knownTypes } from "../review/facts/facts";
import { actionsIn, TerraformPlan } from "../review/report/real-plan";
import { said, terraformWith, UNREAL } from "./terraform";

// `npm run review:prove-facts`: for every argument in review/facts/azurerm one resource that differs in nothing else, applied
// before and planned after with Terraform. Needs a stand-in for Azure that takes made-up values.

interface Block {
  readonly attributes?: Readonly<Record<string, { readonly type: unknown; readonly required?: boolean }>>;
  readonly block_types?: Readonly<
    Record<string, { readonly nesting_mode: string; readonly min_items?: number; readonly block: Block }>
  >;
}

type Json = unknown;

const work = mkdtempSync(join(tmpdir(), "apim-private-link-facts-"));
process.on("exit", () => rmSync(work, { recursive: true, force: true }));

const run = terraformWith({ ...UNREAL, AZURERM_OFFLINE_CHECKS: "off" });

function terraform(command: string, ...words: string[]): string {
  return said(command, run(work, command, ...words));
}

/** A value of a type, another one for each side. */
function made(type: unknown, side: 0 | 1): Json {
  if (type === "string") return side === 0 ? "before" : "after";
  if (type === "number") return side + 1;
  if (type === "bool") return side === 0;
  const [kind, inner] = type as [string, unknown];
  if (kind === "map") return { key: made(inner, side) };
  if (kind === "object")
    return Object.fromEntries(Object.entries(inner as object).map(([key, of]) => [key, made(of, side)]));
  return [made(inner, side)];
}

/** A block with what it needs, and one argument that the side decides. */
function filled(block: Block, path: readonly string[], side: 0 | 1): Json {
  const [step, ...rest] = path;
  const attributes = Object.entries(block.attributes ?? {}).flatMap(([name, { type, required }]) =>
    name === step && rest.length === 0 ? [[name, made(type, side)]] : required ? [[name, made(type, 0)]] : [],
  );
  const blocks = Object.entries(block.block_types ?? {}).flatMap(
    ([name, { min_items: least = 0, nesting_mode: mode, block: inner }]) => {
      const here = name === step;
      if (!here && least === 0) return [];
      const one = filled(inner, here ? rest : [], side);
      return [[name, mode === "single" ? one : Array.from({ length: Math.max(1, least) }, () => one)]];
    },
  );
  return Object.fromEntries([...attributes, ...blocks] as [string, Json][]);
}

/** The arguments that can be tried one by one: with a value, and not by values alone. */
function tried(type: string): [path: string, fact: Fact][] {
  return Object.entries(factsOf(type)?.arguments ?? {}).filter(([path, { block, change }]) => {
    const within = path
      .split(".")
      .slice(0, -1)
      .map((_, index) =>
        path
          .split(".")
          .slice(0, index + 1)
          .join("."),
      );
    const ruled = within.some((outer) => factsOf(type)?.arguments[outer]?.change === "conditional");
    return block === undefined && change !== "conditional" && !ruled;
  });
}

function main(): number {
  const provider = {
    azurerm: [
      {
        features: [{}],
        subscription_id: "00000000-0000-0000-0000-000000000001",
        resource_provider_registrations: "none",
      },
    ],
  };
  const settings = { required_providers: { azurerm: { source: "azurerm", version: ">= 4.62.0, < 5.0.0" } } };
  const write = (resource: Json): void =>
    writeFileSync(join(work, "main.tf.json"), JSON.stringify({ terraform: settings, provider, resource }));
  write({ azurerm_resource_group: { first: { name: "first", location: "before" } } });
  terraform("init");
  const { provider_schemas: schemas } = JSON.parse(terraform("providers schema", "-json")) as {
    provider_schemas: Record<string, { resource_schemas: Record<string, { block: Block }> }>;
  };
  const schema = Object.assign({}, ...Object.values(schemas).map((one) => one.resource_schemas)) as Record<
    string,
    { block: Block }
  >;
  const types = knownTypes().filter((type) => type in schema && type.startsWith("azurerm_"));
  const named = (path: string): string => path.replaceAll(".", "-");
  // an argument of an attribute that is made of objects has no place of its own in the schema.
  const found = (block: Block, [step = "", ...rest]: string[]): boolean =>
    rest.length === 0
      ? step in (block.attributes ?? {})
      : step in (block.block_types ?? {}) && found(block.block_types?.[step]?.block ?? {}, rest);
  const cases = types.flatMap((type) =>
    tried(type).flatMap(([path, fact]) => {
      const block = schema[type]?.block ?? {};
      return found(block, path.split(".")) ? [{ type, path, fact, block }] : [];
    }),
  );
  const side = (which: 0 | 1): Json => {
    const resources: Record<string, Record<string, Json>> = {};
    for (const { type, path, block } of cases)
      (resources[type] ??= {})[named(path)] = filled(block, path.split("."), which);
    return resources;
  };
  write(side(0));
  terraform("apply", "-auto-approve", "-input=false");
  write(side(1));
  terraform("plan", "-input=false", "-out=plan");
  const said = actionsIn(JSON.parse(terraform("show", "-json", "plan")) as TerraformPlan);
  const wrong = cases.flatMap(({ type, path, fact }) => {
    const real = said.get(`${type}.${named(path)}`);
    const own = fact.change === "replaces" ? "replace" : "update";
    return real === own ? [] : [`${type}.${path}: Terraform says ${real}, the facts ${own}`];
  });
  for (const line of wrong) console.log(line);
  console.log(`${cases.length - wrong.length} of ${cases.length} arguments do what the facts say`);
  return wrong.length === 0 ? 0 : 1;
}

process.exitCode = main();
