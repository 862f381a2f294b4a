import { Finding, Kind, KINDS } from "../findings/finding";

/** A finding that somebody accepts, in so many words. */
export interface Accepted {
  readonly kind: Kind;
  readonly stack: string;
  readonly because: string;
}

const LINE = /review: accept (\w+) (\S+) because (\S[^\n]*)/g;

/** What a text accepts: `review: accept cut provider because all consumers know of Sunday`. */
export function acceptances(text: string): Accepted[] {
  return Array.from(text.matchAll(LINE), ([, kind, stack, because]) => ({
    kind: kind as Kind,
    stack: String(stack),
    because: String(because)
      .replace(/\s*-->.*$/, "")
      .trim(),
  })).filter(({ kind }) => KINDS.includes(kind));
}

/** The lines that a change adds, so that what was accepted once is not accepted for ever. */
export function added(before: string, after: string): string {
  const old = new Set(before.split("\n").map((line) => line.trim()));
  return after
    .split("\n")
    .filter((line) => !old.has(line.trim()))
    .join("\n");
}

/** The findings with what accepts them, and the acceptances that nothing answers to. */
export function acceptedOf(
  findings: readonly Finding[],
  text: string,
): { readonly findings: (Finding & { readonly accepted?: string })[]; readonly idle: Accepted[] } {
  const all = acceptances(text);
  const fits = ({ kind, stack }: Finding) => all.find((one) => one.kind === kind && one.stack === stack);
  return {
    findings: findings.map((finding) => ({ ...finding, accepted: fits(finding)?.because })),
    idle: all.filter((one) => !findings.some(({ kind, stack }) => kind === one.kind && stack === one.stack)),
  };
}
