/** A JSON object. */
export type Json = Record<string, unknown>;

/** Whether a value is a JSON object. */
export function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Merges arguments into what Azure adds, list items by position; what is written wins. */
export function merged(base: unknown, added: unknown): unknown {
  if (Array.isArray(base) && Array.isArray(added)) {
    return Array.from({ length: Math.max(base.length, added.length) }, (_, index) =>
      merged(base[index] as unknown, added[index] as unknown),
    );
  }
  if (!isObject(base) || !isObject(added)) return added ?? base;
  const names = new Set([...Object.keys(base), ...Object.keys(added)]);
  return Object.fromEntries([...names].map((name) => [name, merged(base[name], added[name])]));
}

/** Every value of an object changed. */
export function mapped(value: Json, map: (item: unknown, name: string) => unknown): Json {
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, map(item, name)]));
}

/** The value as an object, empty when it is none. */
export function object(value: unknown): Json {
  return isObject(value) ? value : {};
}

/** The value as a text, another text when it is none. */
export function text(value: unknown, otherwise = ""): string {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? String(value)
    : otherwise;
}

/** The value as a list, empty when it is none. */
export function list(value: unknown): unknown[] {
  if (Array.isArray(value)) return value as unknown[];
  return isObject(value) ? [value] : [];
}
