import { branches } from "./described";
import { exampleOf } from "./example";
import { JsonNode } from "./json-schema";
import { SettingPath } from "./setting-texts";

/** One key of a section as the page shows it. */
interface Row {
  readonly path: SettingPath;
  readonly node: JsonNode;
  /** Whether it must be there always, in sections of one kind only, or need not be. */
  readonly required: "always" | "in its kind" | "no";
}

const HEAD = `# The deployment file

Every key, made from the schema by \`npm run schema\`. Examples are from the files in \`deployments/\` where one of them has
the key. Where neither a default nor "required" is said, the meaning says what follows when the key is left out. Sections that
exist in Azure already and those that are made are two kinds of one section, with some keys of their own.
`;

const DEFAULT = { always: "required", "in its kind": "required in its kind", no: "" } as const;

/** The reference of the deployment file, as Markdown: a table for each section. */
export function referencePage(schema: JsonNode): string {
  const tables = sections(schema, []).map(({ path, rows }) => {
    const title = path.length === 0 ? "The file" : `\`${written(path)}\``;
    return [`## ${title}`, "", ...table(rows), ""].join("\n");
  });
  return [HEAD, ...tables].join("\n");
}

/** The keys that can hold something other than a section, by their places. */
export function valueKeys(schema: JsonNode): string[] {
  const all = sections(schema, []);
  const titles = new Set(all.map(({ path }) => written(path).replace(/\[\]$/, "")));
  const rows = all.flatMap((section) => section.rows);
  return rows
    .filter(({ path, node }) => !titles.has(written(path)) || kindOf(node).includes("text"))
    .map(({ path }) => written(path));
}

function sections(node: JsonNode, path: SettingPath): { path: SettingPath; rows: Row[] }[] {
  const rows = keysOf(node, path);
  const inner = rows.flatMap((row) => sections(row.node, row.path));
  const elements = node.items ? sections(node.items as JsonNode, [...path, "[]"]) : [];
  return [...(rows.length > 0 ? [{ path, rows }] : []), ...inner, ...elements];
}

/** The keys of a section over all its kinds, each once. */
function keysOf(node: JsonNode, path: SettingPath): Row[] {
  const kinds = kindsOf(node);
  const rows = new Map<string, Row>();
  for (const [key, child] of kinds.flatMap(({ properties }) =>
    Object.entries(properties as Record<string, JsonNode>),
  )) {
    const known = rows.get(key);
    const richer = known === undefined || JSON.stringify(child).length > JSON.stringify(known.node).length;
    const requiring = kinds.filter(({ required = [] }) => (required as string[]).includes(key)).length;
    const required = requiring === kinds.length ? "always" : requiring > 0 ? "in its kind" : "no";
    rows.set(key, { path: [...path, key], node: richer ? child : known.node, required });
  }
  return [...rows.values()];
}

/** The sections that a value can be, one for each kind. */
function kindsOf(node: JsonNode): JsonNode[] {
  const inner = branches(node).flatMap(kindsOf);
  return inner.length > 0 ? inner : node.properties === undefined ? [] : [node];
}

function table(rows: readonly Row[]): string[] {
  const cells = rows.map(({ path, node, required }) => [
    `\`${path.at(-1)}\``,
    kindOf(node),
    rangeOf(node),
    node.default === undefined ? DEFAULT[required] : `\`${JSON.stringify(node.default)}\``,
    String(node.description),
    code(exampleOf(path, node)),
  ]);
  return [["Key", "Type", "Range", "Default", "Meaning", "Example"], Array(6).fill("---") as string[], ...cells].map(
    (row) => `| ${row.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`,
  );
}

function kindOf(node: JsonNode): string {
  const own = Array.isArray(node.enum) ? "choice" : typeof node.type === "string" ? node.type : "";
  const names: Record<string, string> = {
    choice: "choice",
    string: "text",
    integer: "whole number",
    number: "number",
    boolean: "true or false",
    array: "list",
    object: "section",
  };
  const all = [own, ...(own === "" ? branches(node).map(kindOf) : [])].filter((name) => name !== "");
  return [...new Set(all.map((name) => names[name] ?? name))].join(" or ");
}

function rangeOf(node: JsonNode): string {
  if (Array.isArray(node.enum)) return node.enum.map((value) => `\`${String(value)}\``).join(", ");
  const items = node.items ? rangeOf(node.items as JsonNode) : "";
  const parts = [
    between(node.minimum, node.maximum, ""),
    between(node.minLength, node.maxLength, " characters"),
    between(
      node.minItems,
      node.maxItems,
      node.minItems === 1 && node.maxItems === undefined ? " element" : " elements",
    ),
    items === "" ? "" : `each ${items}`,
    ...[node, ...branches(node)].map(({ patternErrorMessage: text }) =>
      typeof text === "string" ? text.replace(/^must be /, "") : "",
    ),
  ];
  return [...new Set(parts.filter((part) => part !== ""))].join("; ");
}

function between(least: unknown, most: unknown, unit: string): string {
  const [from, to] = [least, most].map((bound) => (typeof bound === "number" ? `${bound}` : undefined));
  if (from === undefined) return to === undefined ? "" : `at most ${to}${unit}`;
  return to === undefined ? `at least ${from}${unit}` : `${from} to ${to}${unit}`;
}

function written(path: SettingPath): string {
  return path.join(".").replaceAll(".[]", "[]");
}

function code(text: string): string {
  return text === "" ? "" : `\`${text}\``;
}
