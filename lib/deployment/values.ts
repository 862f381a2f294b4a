import { z } from "zod";
import { location, uuid } from "../azure/names";
import { Check } from "../azure/check";

// what a key means stands in its description, which editors show through the JSON Schema; what a value may be beyond its
// type is decided by the rules of lib/azure, which the constructs use too.

/** Text that keeps to a rule. */
function ruledText(rule: Check<string>) {
  return z.string().superRefine((value, context) => {
    const complaint = rule(value);
    if (complaint !== undefined) context.addIssue({ code: "custom", message: complaint });
  });
}

/** Text of a pattern; `allowed` says in words what matches. */
export function textMatching(pattern: RegExp, allowed: string) {
  return z.string().regex(pattern, { error: (issue) => `must be ${allowed}, got ${JSON.stringify(issue.input)}` });
}

/** A section that is made, or one that exists already and is named under `existing`. */
export function newOr<E extends z.ZodType, N extends z.ZodType>(existing: E, made: N) {
  return z.union([z.strictObject({ existing }), made]);
}

export const subscriptionId = z
  .string()
  .transform((value) => value.toLowerCase())
  .pipe(ruledText(uuid))
  .describe("A subscription's id, a UUID, or env:NAME to take it from the environment variable NAME.");

export const tenantId = z
  .string()
  .transform((value) => value.toLowerCase())
  .pipe(ruledText(uuid))
  .describe("The id of the Microsoft Entra tenant, a UUID. Default: the tenant of whoever deploys.");

export const region = z
  .string()
  .transform((value) => value.toLowerCase().replaceAll(" ", ""))
  .pipe(ruledText(location))
  .describe("The Azure region, such as uksouth or 'UK South'.");

const zoneNumber = z.union([z.enum(["1", "2", "3"]), z.literal([1, 2, 3])]).transform(String);

export const zone = zoneNumber.optional();

export const zones = z
  .array(zoneNumber)
  .min(1)
  .max(3)
  .refine((list) => new Set(list).size === list.length, { error: "must not hold a zone twice" });

export const name = (what: string) => z.string().describe(`The name of ${what}.`);
export const flag = (text: string) => z.boolean().optional().describe(text);
export const optionalText = (text: string) => z.string().optional().describe(text);
export const prefix = (what: string) => z.string().describe(`The IPv4 prefix of ${what}, such as 10.0.1.0/24.`);
export const prefixes = (what: string) => z.array(prefix(what)).min(1).describe(`The IPv4 prefixes of ${what}.`);

export const resourceGroup = newOr(
  name("a resource group that exists, in the same subscription and region"),
  z.string(),
).describe("The name of the resource group to make, or existing: and the name of one that exists.");

export const existingNetwork = z.strictObject({
  name: name("the virtual network"),
  resourceGroup: name("the virtual network's resource group"),
});

export const existingSubnet = name("a subnet of the existing network");

/** How to log in to a Linux machine. */
export const linuxLogin = {
  sshPublicKey: z.string().describe("The administrator's SSH public key, RSA with 2048 bits or more, or Ed25519."),
  adminUsername: optionalText("The administrator's name. Default: azureuser."),
};
