import { Declared, texts } from "../read/declared";
import { object } from "../read/json";
import { stepsOf } from "../read/template";
import { blocks } from "./differences";
import { isValueObject, Value, ValueObject } from "./value";

/** The arguments after a change in place: what `lifecycle.ignore_changes` has Terraform overlook is as it was. */
export function withIgnored(resource: Declared, before: ValueObject, after: ValueObject): ValueObject {
  const ignored = texts(object(resource.body.lifecycle).ignore_changes);
  if (ignored.includes("all")) return before;
  return ignored.reduce((kept, name) => asItWas(before, kept, stepsOf(name)) as ValueObject, after);
}

/** A value in which the part that the steps lead to is as it was. */
function asItWas(
  before: Value | undefined,
  after: Value | undefined,
  [step, ...rest]: readonly (string | number)[],
): Value | undefined {
  if (step === undefined) return before;
  if (typeof step === "number") {
    const old = blocks(before);
    if (after === undefined || step >= old.length) return after;
    return blocks(after).map((one, index) => (index === step ? (asItWas(old[step], one, rest) ?? null) : one));
  }
  const [from, to] = [before ?? {}, after ?? {}];
  if (!isValueObject(to)) return after;
  return { ...to, [step]: asItWas(isValueObject(from) ? from[step] : undefined, to[step], rest) };
}
