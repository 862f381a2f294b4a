import { z } from "zod";
import { JudgedStack } from "./stack";

/** What a policy finds wrong. */
export interface Violation {
  /** As Terraform prints it; `terraform` for the stack's own block. */
  readonly address: string;
  /** The rest of a sentence that begins with the address. */
  readonly said: string;
}

/** One thing that every deployment has to keep. */
export interface Policy<S extends z.ZodRawShape = z.ZodRawShape> {
  /** What `# policy: accept <name> because …` and the report call it: small letters, digits and hyphens. */
  readonly name: string;
  /** One sentence: what goes wrong otherwise. */
  readonly why: string;
  /** The keys of `live/policies.yaml` that it reads; without those that have to be there it is not judged. */
  readonly parameters: S;
  judge(stack: JudgedStack, parameters: z.output<z.ZodObject<S>>): Violation[];
}

/** A policy; each file's default export is one. */
export function policy<S extends z.ZodRawShape = Record<never, never>>(
  one: Omit<Policy<S>, "parameters"> & { readonly parameters?: S },
): Policy<S> {
  return { ...one, parameters: one.parameters ?? ({} as S) };
}
