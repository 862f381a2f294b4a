import { Finding } from "../findings/finding";
import { findingsOf } from "../findings/findings";
import { Plan, planned } from "../plan/plan";
import { Tree } from "../read/stacks";
import { Accepted, acceptedOf } from "./accepted";
import { Disagreement, overruled } from "./overruled";
import { TerraformPlan } from "./real-plan";

/** A deployment before and after a change. */
export interface Compared {
  /** What people call it: the path of its file. */
  readonly file: string;
  readonly before: Tree;
  readonly after: Tree;
  /** The difference of the file itself, as `git diff` shows it. */
  readonly diff?: string;
  /** What the change says it accepts. */
  readonly accepting?: string;
}

/** A deployment's review. */
export interface Reviewed {
  readonly file: string;
  readonly plan: Plan;
  readonly findings: readonly (Finding & { readonly accepted?: string })[];
  /** Accepted in words that no finding answers to. */
  readonly idle: readonly Accepted[];
  readonly disagreements: readonly Disagreement[];
  /** The stacks whose judgement is Terraform's own. */
  readonly real: readonly string[];
  readonly diff: string;
}

/** Reviews one deployment; what Terraform itself planned counts for more than what the review thinks. */
export function reviewed(compared: Compared, real: ReadonlyMap<string, TerraformPlan> = new Map()): Reviewed {
  const { plan, disagreements } = overruled(planned(compared.before, compared.after), real);
  const { findings, idle } = acceptedOf(findingsOf(plan), compared.accepting ?? "");
  return {
    file: compared.file,
    plan,
    findings,
    idle,
    disagreements,
    real: [...real.keys()].filter((stack) => plan.stacks.has(stack)),
    diff: compared.diff ?? "",
  };
}

/** Whether there is anything to say. */
export function isQuiet({ plan, findings }: Reviewed): boolean {
  return findings.length === 0 && [...plan.stacks.keys()].every((stack) => plan.change(stack) === "none");
}

/** The stacks that somebody has to deploy, in that order. */
export function touched({ plan }: Reviewed): string[] {
  return [...plan.stacks.keys()].filter((stack) => !["none", "removed"].includes(plan.change(stack)));
}
