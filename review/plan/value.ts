import { Json } from "../read/json";

/** A value that an expression gives: what is not known without Azure, as a text that is the same for the same value. */
export class Term {
  /**
   * @param text stands for the value
   * @param after the resources that have to be made before anybody knows it; none where it is known already
   * @param label what people call it, where that is not its text
   */
  constructor(
    readonly text: string,
    readonly after: readonly string[] = [],
    readonly label: string = text,
  ) {}
}

/** A value with every name followed. */
export type Value = null | boolean | number | string | Term | readonly Value[] | ValueObject;

/** An object of such values. */
export interface ValueObject {
  readonly [key: string]: Value | undefined;
}

export function isValueObject(value: unknown): value is ValueObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Term);
}

/** The resources that have to be made before the value is known. */
export function unknownAfter(value: Value | undefined): string[] {
  if (value instanceof Term) return [...value.after];
  if (Array.isArray(value)) return (value as readonly Value[]).flatMap(unknownAfter);
  return isValueObject(value) ? Object.values(value).flatMap(unknownAfter) : [];
}

/** A text that two values share only if they are the same; Terraform makes no difference between 443 and "443". */
export function fingerprint(value: Value | undefined): string {
  if (value === undefined || value === null) return "null";
  if (value instanceof Term) return `\${${value.text}}`;
  if (Array.isArray(value)) return `[${(value as readonly Value[]).map(fingerprint).join(",")}]`;
  if (!isValueObject(value)) return JSON.stringify(`${value as string | number | boolean}`);
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined && inner !== null);
  return `{${entries
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => `${JSON.stringify(key)}:${fingerprint(inner)}`)
    .join(",")}}`;
}

/** The value as a plain text: a name as it is, everything else as what stands for it. */
export function plainText(value: Value | undefined): string {
  if (value instanceof Term) return `\${${value.label}}`;
  return typeof value === "string" ? value : fingerprint(value).replaceAll('"', "");
}

/** An argument, or all arguments of a block with the block itself, each with its path. */
export function flattened(path: string, value: Value | undefined): [string, Value | undefined][] {
  if (Array.isArray(value)) return (value as readonly Value[]).flatMap((one) => flattened(path, one));
  if (!isValueObject(value)) return [[path, value]];
  return [[path, "a block"], ...Object.entries(value).flatMap(([key, inner]) => flattened(`${path}.${key}`, inner))];
}

/** The value as JSON for people. */
export function shown(value: Value | undefined): Json {
  if (value === undefined) return null;
  if (value instanceof Term) return value.after.length > 0 ? "(known after apply)" : `\${${value.label}}`;
  if (Array.isArray(value)) return (value as readonly Value[]).map(shown);
  if (!isValueObject(value)) return value as Json;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shown(inner)]));
}
