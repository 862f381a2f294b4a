import { join } from "node:path";
import { policiesFor } from "../../commands/policy-files";
import { judgement } from "../../policies/judge/judge";
import { stackOf } from "../../review/read/stacks";
import { shipped, synthesized, Terraform } from "../support/synthesized";

// ours only, whatever a team has in live/.
export const POLICIES = policiesFor(join(__dirname, "no-team"));
export const production = synthesized(shipped("production"));
export const quickstart = synthesized(shipped("quickstart"));
export const EVERYTHING = {
  requiredTags: ["owner", "Environment"],
  regions: ["West Europe", "northeurope", "eastus2"],
  remoteState: true,
  deletionProtection: true,
  publicAddressOfApim: true,
};

/** What the policies say of some stacks, each as `stack address policy: said`. */
export function said(
  stacks: Record<string, Terraform>,
  parameters: object = EVERYTHING,
  policies = POLICIES,
): string[] {
  const tree = new Map(Object.entries(stacks).map(([name, terraform]) => [name, stackOf(name, terraform)]));
  const { violations } = judgement(policies, { ...parameters }, [{ file: "x.yaml", tree, text: "" }]);
  return violations.map((one) => `${one.stack} ${one.address} ${one.policy}: ${one.said}`);
}

/** What one policy says of resources, without the stack. */
export function of(
  policy: string,
  resource: Terraform,
  parameters: object = EVERYTHING,
  more: Terraform = {},
): string[] {
  const only = POLICIES.filter(({ name }) => name === policy);
  return said({ one: { resource, ...more } }, parameters, only).map((text) => text.slice("one ".length));
}
