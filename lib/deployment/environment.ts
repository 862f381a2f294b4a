import { Problem, shown } from "../azure/check";
import { foreignValueProblems } from "./foreign-values";

/** The environment that `env:NAME` is looked up in. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A file's value with its environment variables, and what is wrong with those. */
export interface Substituted {
  readonly value: unknown;
  readonly problems: readonly Problem[];
}

/** The file's value with `env:NAME` replaced wherever the id of a subscription or tenant stands. */
export function withEnvironment(file: unknown, environment: Environment): Substituted {
  const problems: Problem[] = [];
  const replaced = (part: unknown, path: PropertyKey[], isId: boolean): unknown => {
    if (Array.isArray(part)) return part.map((element, index) => replaced(element, [...path, index], isId));
    if (part !== null && typeof part === "object") {
      return Object.fromEntries(
        Object.entries(part).map(([key, inner]) => [
          key,
          replaced(inner, [...path, key], isId || /^(.*subscriptionIds?|tenantId)$/i.test(key)),
        ]),
      );
    }
    const variable = typeof part === "string" && isId ? /^env:(.*)$/.exec(part)?.[1] : undefined;
    if (variable === undefined) return part;
    const found = environment[variable] ?? "";
    problems.push(
      ...(found === ""
        ? [
            {
              path,
              complaint: `names the environment variable ${shown(variable)}, which is not set; set it to the id of a subscription or tenant`,
            },
          ]
        : foreignValueProblems(found, path)),
    );
    return found;
  };
  return { value: replaced(file, [], false), problems };
}
