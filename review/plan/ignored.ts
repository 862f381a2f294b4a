import { Declared, texts } from "../read/declared";
import { object } from "../read/json";
import { isValueObject, ValueObject } from "./value";

/** Whether a resource's `lifecycle.ignore_changes` has Terraform overlook what differs at a path. */
export function ignoring(resource: Declared, path: string): boolean {
  const ignored = texts(object(resource.body.lifecycle).ignore_changes);
  return ignored.some((name) => {
    if (name === "all") return true;
    const plain = name.replace(/\["([^"]*)"\]/g, ".$1");
    const at = path.replace(/\["([^"]*)"\]/g, ".$1");
    return at === plain || (at.startsWith(plain) && /^[.[]/.test(at.slice(plain.length)));
  });
}

/** The arguments after the change, with what is overlooked in maps as it was: one tag of several, say. */
export function withIgnoredKeys(resource: Declared, before: ValueObject, after: ValueObject): ValueObject {
  const kept = { ...after };
  for (const name of texts(object(resource.body.lifecycle).ignore_changes)) {
    const [, argument = "", key = ""] = /^(\w+)(?:\["([^"]*)"\]|\.([\w-]+))$/.exec(name)?.map((one) => one ?? "") ?? [];
    const [old, now] = [before[argument], kept[argument]];
    if (key !== "" && isValueObject(now ?? {})) {
      kept[argument] = { ...(now as ValueObject), [key]: isValueObject(old) ? old[key] : undefined };
    }
  }
  return kept;
}
