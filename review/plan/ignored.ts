import { Declared, texts } from "../read/declared";
import { object } from "../read/json";

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
