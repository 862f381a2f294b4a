import { Json, JsonObject, isObject, object } from "./json";
import { Stack } from "./stacks";

/** A resource or a data source of a stack. */
export interface Declared {
  readonly type: string;
  /** As Terraform prints it; a data source has `data.` before it. */
  readonly address: string;
  readonly body: JsonObject;
}

/** What is not an argument. */
const META = new Set([
  ...["//", "connection", "count", "depends_on", "for_each", "lifecycle", "provider", "provisioner", "timeouts"],
]);

/** The resources of a stack by address, each instance of one with `count` or `for_each`. */
export function resourcesOf(stack: Stack | undefined): Map<string, Declared> {
  const declared = Object.entries(object(stack?.json.resource)).flatMap(([type, named]) =>
    Object.entries(object(named)).flatMap(([name, body]) =>
      instances(object(body)).map((key): Declared => ({ type, address: `${type}.${name}${key}`, body: object(body) })),
    ),
  );
  return new Map(declared.map((one) => [one.address, one]));
}

/** The data sources of a stack by address. */
export function dataOf(stack: Stack | undefined): Map<string, Declared> {
  const declared = Object.entries(object(stack?.json.data)).flatMap(([type, named]) =>
    Object.entries(object(named)).map(([name, body]): Declared => {
      return { type, address: `data.${type}.${name}`, body: object(body) };
    }),
  );
  return new Map(declared.map((one) => [one.address, one]));
}

/** The arguments of a resource, without what is Terraform's. */
export function argumentsOf({ body }: Declared): JsonObject {
  return Object.fromEntries(Object.entries(body).filter(([key, value]) => !META.has(key) && value !== null));
}

/** The texts of a list, of an object's list, or one text. */
export function texts(value: Json | undefined): string[] {
  if (typeof value === "string") return [value];
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === "string") : [];
}

const SET = /^\$\{toset\(\[((?:\s*"[^"\\$%]*"\s*,?)*)\s*\]\)\}$/;
const TEXT = /"[^"]*"/g;

function instances({ count, for_each: each }: JsonObject): string[] {
  if (typeof count === "number") return Array.from({ length: count }, (_, index) => `[${index}]`);
  if (Array.isArray(each)) return texts(each).map((key) => `[${JSON.stringify(key)}]`);
  const [, set] = typeof each === "string" ? (SET.exec(each) ?? []) : [];
  if (set !== undefined) return Array.from(set.matchAll(TEXT), ([key]) => `[${key}]`);
  if (isObject(each)) return Object.keys(each).map((key) => `[${JSON.stringify(key)}]`);
  return [""];
}
