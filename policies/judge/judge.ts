import { z } from "zod";
import { Tree } from "../../review/read/stacks";
import { Exception, exceptionsIn } from "./accepted";
import { missingFor } from "./parameters";
import { Policy, Violation } from "./policy";
import { judgedStacks } from "./stack";

/** What keeps a deployment from being judged; its message says what to do. */
export class NotJudgeable extends Error {}

/** A deployment to judge. */
export interface Candidate {
  /** What people call it: the path of its file. */
  readonly file: string;
  readonly tree: Tree;
  /** Its file, whose comments may accept what a policy finds. */
  readonly text: string;
}

/** A violation, where it is, and why somebody accepts it. */
export interface Found extends Violation {
  readonly policy: string;
  readonly why: string;
  readonly deployment: string;
  readonly stack: string;
  readonly accepted?: string;
}

/** What the policies say of some deployments. */
export interface Judgement {
  readonly deployments: readonly string[];
  readonly stacks: number;
  /** Every policy with the parameters that it lacks; one that lacks any was not judged. */
  readonly policies: readonly { readonly name: string; readonly why: string; readonly needs: readonly string[] }[];
  readonly violations: readonly Found[];
  /** Accepted in words that no violation answers to. */
  readonly idle: readonly (Exception & { readonly deployment: string })[];
}

/** Judges every stack of every deployment by every policy that has its parameters. */
export function judgement(
  policies: readonly Policy[],
  parameters: Readonly<Record<string, unknown>>,
  candidates: readonly Candidate[],
): Judgement {
  const needs = new Map(policies.map((policy) => [policy, missingFor(policy, parameters)]));
  const judged = policies.filter((policy) => needs.get(policy)?.length === 0);
  let stacks = 0;
  const each = candidates.map(({ file, tree, text }) => {
    const all = judgedStacks(tree);
    stacks += all.length;
    const exceptions = exceptionsIn(text);
    const violations = all.flatMap((stack) =>
      judged.flatMap((policy) => {
        const own = z.object(policy.parameters).parse(parameters);
        const accepted = exceptions.find((one) => one.policy === policy.name)?.because;
        return asked(policy, stack.name, () => policy.judge(stack, own)).map(({ address, said }): Found => {
          const place = { deployment: file, stack: stack.name, address };
          return { policy: policy.name, ...place, said, why: policy.why, accepted };
        });
      }),
    );
    const idle = exceptions.filter(({ policy }) => !violations.some((one) => one.policy === policy));
    return { violations, idle: idle.map((one) => ({ ...one, deployment: file })) };
  });
  return {
    deployments: candidates.map(({ file }) => file),
    stacks,
    policies: policies.map((policy) => ({ name: policy.name, why: policy.why, needs: needs.get(policy) ?? [] })),
    violations: each.flatMap(({ violations }) => violations),
    idle: each.flatMap(({ idle }) => idle),
  };
}

/** A policy that breaks has found nothing, and must not be taken for one that found nothing wrong. */
function asked(policy: Policy, stack: string, judge: () => Violation[]): Violation[] {
  try {
    return judge().map(({ address, said }) => ({ address: String(address), said: String(said) }));
  } catch (error) {
    throw new NotJudgeable(`the policy ${policy.name} cannot judge ${stack}: ${(error as Error).message}`);
  }
}
