import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { branches } from "../../commands/schema/described";
import { JsonNode, jsonSchemaOf } from "../../commands/schema/json-schema";
import { shippedDeployments } from "../../commands/synthesized";
import { deploymentSchema } from "../../lib/deployment/deployment";
import { DeploymentError } from "../../lib/deployment/deployment-error";
import { synthesized, Terraform, withFile } from "./synthesized";

/** Where a value stands in a file. */
export type Path = readonly (string | number)[];

/** Every shipped deployment file, read. */
export const FILES = shippedDeployments().map((path) => parse(readFileSync(path, "utf8")) as Terraform);

/** Text that would do something where it is taken for code. */
export const HOSTILE: Record<string, string> = {
  "a marker of text": "${TfToken[TOKEN.0]}",
  "a marker of a list": "#{TfToken[TOKEN.1]}",
  "a marker that stands for nothing": "${TfToken[TOKEN.99999]}",
  "an expression beside a marker": '${file("/etc/hostname")}${TfToken[TOKEN.0]}',
  "an expression": '${file("/etc/hostname")}',
  "a directive": "%{ if true }x%{ endif }",
  quotes: `x'; id; : '"; id; "`,
  "a command substitution": "$(id)",
  backticks: "`id`",
  "line ends": "x\nid\r\ny",
  "turned text": "x\u202edi\u202c",
  "isolated text": "x\u2066di\u2069",
  nothing: "\u0000",
  "a hundred kilobytes": "a".repeat(100_000),
};

/** The Terraform of a file, or what it is refused for. */
export function outcome(content: unknown): { stacks?: Record<string, Terraform>; refused?: string } {
  return withFile(content, (path) => {
    try {
      return { stacks: synthesized(path) };
    } catch (error) {
      if (!(error instanceof DeploymentError)) throw error;
      return { refused: error.message.replaceAll(path, "FILE") };
    }
  });
}

/** Every place of the schema in which text can stand. */
function textPlaces(node: JsonNode, path: Path = []): Path[] {
  const own = node.type === "string" || Array.isArray(node.enum) ? [path] : [];
  const keys = Object.entries((node.properties ?? {}) as Record<string, JsonNode>);
  return [
    ...own,
    ...keys.flatMap(([key, child]) => textPlaces(child, [...path, key])),
    ...(node.items ? textPlaces(node.items as JsonNode, [...path, 0]) : []),
    ...(typeof node.additionalProperties === "object" ? [[...path, "owner"]] : []),
    ...branches(node).flatMap((branch) => textPlaces(branch, path)),
  ];
}

/** A copy of a value with another in one place, with whatever sections lead there. */
export function withValue(root: unknown, [key, ...rest]: Path, value: unknown): unknown {
  if (key === undefined) return value;
  const copy: Record<string | number, unknown> | unknown[] =
    typeof key === "number" ? [...((root ?? []) as unknown[])] : { ...(root as Record<string, unknown>) };
  const fields = copy as Record<string | number, unknown>;
  fields[key] = withValue(fields[key], rest, value);
  return copy;
}

/** The shipped file that has most of what leads to a place. */
export function fileWith(path: Path): Terraform {
  const depth = (file: unknown) => {
    let part = file;
    return path.findIndex((key) => (part = (part as Terraform | undefined)?.[key]) === undefined);
  };
  const reach = (file: unknown) => (depth(file) === -1 ? path.length : depth(file));
  return FILES.reduce((best, file) => (reach(file) > reach(best) ? file : best));
}

/** Every place of the deployment file in which text can stand. */
export const PLACES = [
  ...new Map(textPlaces(jsonSchemaOf(deploymentSchema)).map((path) => [path.join("."), path])).values(),
];
