import { JsonSchema } from "../../lib/azure/check";

/** Whether a value is what a fragment of JSON Schema says, as far as the fragments of checks go; patterns as editors read them. */
export function conforms(schema: JsonSchema, value: unknown): boolean {
  return Object.entries(schema).every(([keyword, argument]) => {
    const rule = KEYWORDS[keyword];
    if (rule === undefined) throw new Error(`no check has said ${keyword} before`);
    return rule(argument, value);
  });
}

const length = (value: unknown) => [...(value as string)].length;

const KEYWORDS: Record<string, (argument: any, value: unknown) => boolean> = {
  type: (type, value) => type === "integer" && Number.isInteger(value),
  minimum: (minimum, value) => (value as number) >= minimum,
  maximum: (maximum, value) => (value as number) <= maximum,
  minLength: (minimum, value) => length(value) >= minimum,
  maxLength: (maximum, value) => length(value) <= maximum,
  pattern: (pattern, value) => new RegExp(pattern, "u").test(value as string),
  // what editors show instead of the pattern.
  patternErrorMessage: () => true,
  allOf: (schemas: JsonSchema[], value) => schemas.every((schema) => conforms(schema, value)),
};
