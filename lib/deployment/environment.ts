import { Problem, shown } from "../azure/check";
import { foreignValueProblems } from "./foreign-values";

/** The environment that `env:NAME` is looked up in. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A file's value with its environment variables, and what is wrong with those. */
export interface Substituted {
  readonly value: unknown;
  /** The places whose values environment variables chose. */
  readonly chosen: readonly Problem["path"][];
  readonly problems: readonly Problem[];
}

/** The keys of ids, which may name environment variables. */
const ID_KEY = /(subscription|tenant)Ids?$/i;

/** The file's value with `env:NAME` replaced wherever the id of a subscription or tenant stands. */
export function withEnvironment(file: unknown, environment: Environment): Substituted {
  const problems: Problem[] = [];
  const chosen: Problem["path"][] = [];
  const replaced = (part: unknown, path: PropertyKey[]): unknown => {
    if (Array.isArray(part)) return part.map((element, index) => replaced(element, [...path, index]));
    if (part !== null && typeof part === "object") {
      return Object.fromEntries(Object.entries(part).map(([key, inner]) => [key, replaced(inner, [...path, key])]));
    }
    const variable = typeof part === "string" && path[0] !== "tags" ? /^env:(.*)$/.exec(part)?.[1] : undefined;
    const kind = variable === undefined ? undefined : path.map((key) => ID_KEY.exec(String(key))?.[1]).find(Boolean);
    if (variable === undefined || kind === undefined) return part;
    const found = environment[variable] ?? "";
    chosen.push(path);
    const unset = `names the environment variable ${shown(variable)}, which is not set; set it to a ${kind.toLowerCase()} id`;
    problems.push(...(found === "" ? [{ path, complaint: unset }] : foreignValueProblems(found, path)));
    return found;
  };
  return { value: replaced(file, []), chosen, problems };
}
