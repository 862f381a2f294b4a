import { Json, JsonObject, isObject, object } from "./json";
import { Stack } from "./stacks";

/** A resource or a data source of a stack. */
export interface Declared {
  readonly type: string;
  /** As Terraform prints it; a data source has `data.` before it. */
  readonly address: string;
  readonly body: JsonObject;
  /** What an instance of several calls itself: `count.index`, `each.key` and `each.value`. */
  readonly self?: JsonObject;
}

/** What is not an argument. */
const META = new Set([
  ...["//", "connection", "count", "depends_on", "for_each", "lifecycle", "provider", "provisioner", "timeouts"],
]);

/** The resources of a stack by address, each instance of one with `count` or `for_each`. */
export function resourcesOf(stack: Stack | undefined): Map<string, Declared> {
  const declared = Object.entries(object(stack?.json.resource)).flatMap(([type, named]) =>
    Object.entries(object(named)).flatMap(([name, body]) =>
      instances(object(body)).map(([key, self]): Declared => ({
        type,
        address: `${type}.${name}${key}`,
        body: object(body),
        self,
      })),
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
const TEXT = /"([^"]*)"/g;

type Instance = [key: string, self?: JsonObject];

function instances({ count, for_each: each }: JsonObject): Instance[] {
  const keyed = (entries: readonly [string, Json | undefined][]): Instance[] =>
    entries.map(([key, value]) => [`[${JSON.stringify(key)}]`, { "each.key": key, "each.value": value }]);
  if (typeof count === "number") {
    return Array.from({ length: count }, (_, index): Instance => [`[${index}]`, { "count.index": index }]);
  }
  if (Array.isArray(each)) return keyed(texts(each).map((key) => [key, key]));
  const [, set] = typeof each === "string" ? (SET.exec(each) ?? []) : [];
  if (set !== undefined) return keyed(Array.from(set.matchAll(TEXT), ([, key = ""]) => [key, key]));
  return isObject(each) ? keyed(Object.entries(each)) : [[""]];
}
