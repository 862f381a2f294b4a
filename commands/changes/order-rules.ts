import { Moment } from "./terraform";

/** What must hold of all that was done; says what does not. */
export type Rule = (moments: readonly Moment[]) => string | undefined;

/** Resources whose addresses begin so. */
export type Part = string;

const at = (moments: readonly Moment[], when: Moment["at"], action: string, part: Part): number[] =>
  moments.flatMap((moment, index) =>
    moment.at === when && moment.action === action && moment.address.startsWith(part) ? [index] : [],
  );

/** One thing is done with, for all resources of the first part, before the other begins with any of the second. */
export function before(first: [action: string, part: Part], second: [action: string, part: Part]): Rule {
  return (moments) => {
    const [ends, starts] = [at(moments, "end", ...first), at(moments, "start", ...second)];
    const words = `${first.join(" of ")} before ${second.join(" of ")}`;
    if (ends.length === 0 || starts.length === 0) return `${words}: one of the two did not happen`;
    return Math.max(...ends) < Math.min(...starts) ? undefined : `${words}: it was the other way round`;
  };
}

/** Nothing is done to any resource before something is done with. */
export function firstOfAll(action: string, part: Part): Rule {
  return (moments) => {
    const others = moments.findIndex((moment) => moment.action !== "read" && !moment.address.startsWith(part));
    const [end] = at(moments, "end", action, part);
    if (end === undefined) return `${action} of ${part} did not happen`;
    return others === -1 || end < others ? undefined : `${action} of ${part} must come first`;
  };
}

/** Something happens to as many resources. */
export function happens(times: number, action: string, part: Part): Rule {
  return (moments) => {
    const count = at(moments, "end", action, part).length;
    return count === times ? undefined : `${action} of ${part}: ${times} times, got ${count}`;
  };
}

/** Nothing at all happens to these resources. */
export function untouched(...parts: Part[]): Rule {
  return (moments) => {
    const touched = moments.filter(
      ({ action, address }) => action !== "read" && parts.some((part) => address.startsWith(part)),
    );
    return touched.length === 0
      ? undefined
      : `must not be touched: ${touched.map(({ address }) => address).join(", ")}`;
  };
}
