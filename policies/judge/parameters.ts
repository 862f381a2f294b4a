import { z } from "zod";
import { Policy } from "./policy";

/** The whole of `live/policies.yaml`: the keys of all policies, each of which may be left out; two may read the same one. */
export function parametersFile(policies: readonly Policy[]): z.ZodObject {
  const shape: Record<string, z.core.$ZodType> = {};
  for (const [key, schema] of policies.flatMap(({ parameters }) => Object.entries(parameters))) {
    const other = shape[key];
    shape[key] = z.optional(other ? z.intersection(other, schema) : schema);
  }
  return z.strictObject(shape);
}

/** The keys that a policy cannot be judged without and that are not there. */
export function missingFor({ parameters }: Policy, file: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(parameters)
    .filter(([key, schema]) => file[key] === undefined && !z.safeParse(schema, undefined).success)
    .map(([key]) => key);
}
