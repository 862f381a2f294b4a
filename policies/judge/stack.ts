import { rulesOf, SecurityRule } from "../../review/findings/rules";
import { planned } from "../../review/plan/plan";
import { flattened, Value, ValueObject } from "../../review/plan/value";
import { JsonObject } from "../../review/read/json";
import { NOTHING, Tree } from "../../review/read/stacks";

/** A resource as policies see it. */
export interface JudgedResource {
  readonly type: string;
  /** As Terraform prints it. */
  readonly address: string;
  /** As it was synthesized, `lifecycle` and the like with it. */
  readonly body: JsonObject;
  /** Its arguments with locals, other resources' arguments and other stacks' outputs followed; what only Azure knows is a `Term`. */
  readonly values: ValueObject;
}

/** A stack as policies see it. */
export interface JudgedStack {
  readonly name: string;
  /** Its Terraform as it was synthesized. */
  readonly json: JsonObject;
  readonly resources: readonly JudgedResource[];
  /** The rules of all its network security groups, those with a resource of their own among them. */
  readonly rules: readonly SecurityRule[];
}

/** The stacks of a synthesized deployment, in deploy order. */
export function judgedStacks(tree: Tree): JudgedStack[] {
  return [...planned(NOTHING, tree).stacks.values()].map((plan): JudgedStack => {
    const changes = [...plan.changes.values()];
    return {
      name: plan.name,
      json: plan.stacks[1]?.json ?? {},
      resources: [...plan.applied.resources.values()].map((one) => ({ ...one, values: plan.applied.arguments(one) })),
      rules: rulesOf({ plan, of: (...types) => changes.filter(({ type }) => types.includes(type)) }, "after"),
    };
  });
}

/** Every argument of a resource with its path, such as `ip_configuration.subnet_id`; a block is one, too. */
export function argumentsIn({ values }: JudgedResource): { path: string; last: string; value: Value | undefined }[] {
  return Object.entries(values)
    .flatMap(([name, value]) => flattened(name, value))
    .map(([path, value]) => ({ path, last: path.slice(path.lastIndexOf(".") + 1), value }));
}
