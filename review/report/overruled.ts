import { Plan } from "../plan/plan";
import { Difference } from "../plan/differences";
import { Action, Change, StackPlan } from "../plan/stack-plan";
import { detailsIn, TerraformPlan } from "./real-plan";

/** Where the review and Terraform judge a resource differently. */
export interface Disagreement {
  readonly stack: string;
  readonly address: string;
  readonly review: Action;
  readonly terraform: Action;
}

/** The plan with Terraform's own judgement where there is one. */
export function overruled(
  plan: Plan,
  real: ReadonlyMap<string, TerraformPlan>,
): { readonly plan: Plan; readonly disagreements: Disagreement[] } {
  const disagreements: Disagreement[] = [];
  const stacks = new Map(
    [...plan.stacks].map(([name, own]): [string, StackPlan] => {
      const terraform = real.get(name);
      if (terraform === undefined) return [name, own];
      const changes = withTerraform(own, terraform);
      for (const [address, { action }] of changes) {
        const thought = own.changes.get(address)?.action ?? "none";
        if (thought !== action) disagreements.push({ stack: name, address, review: thought, terraform: action });
      }
      return [name, { ...own, changes }];
    }),
  );
  const changed = (name: string): boolean =>
    [...(stacks.get(name)?.changes.values() ?? [])].some(({ action }) => action !== "none");
  return {
    plan: {
      stacks,
      change: (name) => {
        const own = plan.change(name);
        return real.has(name) && own === "none" && changed(name) ? "changed" : own;
      },
    },
    disagreements,
  };
}

function withTerraform(own: StackPlan, terraform: TerraformPlan): Map<string, Change> {
  const details = detailsIn(terraform);
  const known = [...own.changes].map(([address, change]): [string, Change] => {
    const detail = details.get(address);
    // what Terraform does not list, it does not touch.
    const action = detail?.action ?? "none";
    return [
      address,
      { ...change, action, differences: replacingAt(change.differences, action, detail?.replacePaths ?? []) },
    ];
  });
  const others = [...details]
    .filter(([address, { action }]) => !own.changes.has(address) && action !== "none")
    .map(([address, { action, type }]): [string, Change] => [
      address,
      { stack: own.name, address, type, action, differences: [], triggers: [] },
    ]);
  return new Map([...known, ...others]);
}

/** The differences that Terraform says replace the resource. */
function replacingAt(differences: readonly Difference[], action: Action, paths: readonly string[]): Difference[] {
  if (action !== "replace") return differences.map((one) => ({ ...one, effect: "in place" }));
  if (differences.some(({ effect }) => effect === "replaces")) return [...differences];
  const missing = paths.length > 0 ? paths : ["something that Terraform found in Azure"];
  const named = differences.map((one): Difference => ({
    ...one,
    effect: paths.includes(one.path) ? "replaces" : one.effect,
  }));
  if (named.some(({ effect }) => effect === "replaces")) return named;
  return [
    ...named,
    ...missing.map((path): Difference => ({
      path,
      before: undefined,
      after: "(known after apply)",
      effect: "replaces",
      secret: false,
    })),
  ];
}
