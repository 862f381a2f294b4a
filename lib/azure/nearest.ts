import { closest, distance } from "fastest-levenshtein";

/**
 * The name that somebody may have meant, whatever the capital letters: one that holds what was written, or differs in few of
 * its characters; undefined where none is near.
 */
function nearest(written: string, names: readonly string[]): string | undefined {
  if (names.length === 0) return undefined;
  const lower = written.toLowerCase();
  const near = closest(
    lower,
    names.map((name) => name.toLowerCase()),
  );
  const isNear = near.includes(lower) || distance(lower, near) <= Math.max(2, Math.floor(lower.length / 4));
  return isNear ? names.find((name) => name.toLowerCase() === near) : undefined;
}

/** The nearest name as a part of a complaint; nothing where none is near. */
export function nearestText(written: string, names: readonly string[]): string {
  const near = nearest(written, names);
  return near === undefined ? "" : `; the nearest name is ${near}`;
}
