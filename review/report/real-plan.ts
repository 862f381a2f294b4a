import { Action } from "../plan/stack-plan";

/** What the review reads of `terraform show -json`. */
export interface TerraformPlan {
  readonly resource_changes?: readonly {
    readonly address: string;
    readonly mode: string;
    readonly type?: string;
    readonly previous_address?: string;
    readonly change: {
      readonly actions: readonly string[];
      readonly importing?: unknown;
      readonly replace_paths?: readonly (readonly (string | number)[])[];
    };
  }[];
}

/** What Terraform itself would do, by address. */
export function actionsIn(plan: TerraformPlan): Map<string, Action> {
  const managed = (plan.resource_changes ?? []).filter(({ mode }) => mode === "managed");
  return new Map(managed.map(({ address, change }) => [address, actionOf(change.actions)]));
}

function actionOf(actions: readonly string[]): Action {
  if (actions.length > 1) return "replace";
  switch (actions[0]) {
    case "create":
      return "create";
    case "update":
      return "update";
    case "delete":
      return "destroy";
    default:
      return "none";
  }
}

/** What Terraform itself says of each resource. */
export function detailsIn(
  plan: TerraformPlan,
): Map<string, { readonly action: Action; readonly type: string; readonly replacePaths: readonly string[] }> {
  return new Map(
    (plan.resource_changes ?? [])
      .filter(({ mode }) => mode === "managed")
      .map(({ address, type, change }) => [
        address,
        { action: actionOf(change.actions), type: type ?? "", replacePaths: (change.replace_paths ?? []).map(pathOf) },
      ]),
  );
}

function pathOf(steps: readonly (string | number)[]): string {
  return steps.reduce<string>((text, step) => {
    if (typeof step === "number") return `${text}[${step}]`;
    return text === "" ? step : `${text}.${step}`;
  }, "");
}
