import { Finding } from "../findings/finding";
import { StackChange } from "../plan/plan";
import { Action } from "../plan/stack-plan";
import { Disagreement } from "./overruled";
import { Reviewed } from "./review";

/** What `--json` prints; docs/review.md says what a new version would mean. */
export interface ReviewJson {
  readonly version: 1;
  /** The reviewed deployments' files. */
  readonly deployments: readonly string[];
  readonly stacks: Readonly<Record<string, StackJson>>;
  readonly findings: readonly (Finding & { readonly accepted?: string })[];
  /** Where Terraform's own plan says otherwise than the review. */
  readonly disagreements: readonly Disagreement[];
}

interface StackJson {
  readonly change: StackChange;
  readonly create: readonly string[];
  readonly update: readonly string[];
  readonly replace: readonly string[];
  readonly destroy: readonly string[];
  readonly unknown: readonly string[];
}

/** Reviews for programs; a stack has its deployment before its name only where there are several deployments. */
export function reviewJson(reviews: readonly Reviewed[]): ReviewJson {
  const named = (review: Reviewed, stack: string): string => (reviews.length > 1 ? `${review.file}/${stack}` : stack);
  return {
    version: 1,
    deployments: reviews.map(({ file }) => file),
    stacks: Object.fromEntries(
      reviews.flatMap((review) =>
        [...review.plan.stacks.keys()].map((stack) => [named(review, stack), stackJson(review, stack)]),
      ),
    ),
    findings: reviews.flatMap((review) =>
      review.findings.map((finding) => ({ ...finding, stack: named(review, finding.stack) })),
    ),
    disagreements: reviews.flatMap((review) =>
      review.disagreements.map((one) => ({ ...one, stack: named(review, one.stack) })),
    ),
  };
}

function stackJson({ plan }: Reviewed, stack: string): StackJson {
  const change = plan.change(stack);
  const changes = [...(plan.stacks.get(stack)?.changes.values() ?? [])];
  const by = (action: Action): string[] =>
    changes.flatMap((one) => (one.action === action ? [one.address] : [])).sort();
  return {
    change,
    create: by("create"),
    update: by("update"),
    replace: by("replace"),
    // a stack that is in no file any more is an orphan: nothing deletes what is in it.
    destroy: change === "removed" ? [] : by("destroy"),
    unknown: by("unknown"),
  };
}
