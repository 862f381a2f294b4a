/** The kinds of risks, the biggest first. */
export const KINDS: readonly Kind[] = [
  "cut",
  "refused",
  "replace",
  "orphan",
  "exposure",
  "collision",
  "moved",
  "secret",
  "reboot",
  "slow",
];

/** What kind of risk it is. */
export type Kind =
  "cut" | "replace" | "exposure" | "orphan" | "slow" | "reboot" | "secret" | "collision" | "moved" | "refused";

/** One thing that a reviewer should know before anybody applies the change. */
export interface Finding {
  readonly kind: Kind;
  readonly stack: string;
  /** As Terraform prints them. */
  readonly addresses: readonly string[];
  /** The consumers who notice, by their names in the file. */
  readonly consumers: readonly string[];
  readonly why: string;
  /** What to do instead, or before. */
  readonly instead: string;
}

/** What is said of some resources; whoever collects remarks adds their kind and stack. */
export type Remark = Pick<Finding, "addresses" | "why" | "instead">;

/** What ends connections; whose, where it is not all of the stack's consumers. */
export type Cut = Remark & Partial<Pick<Finding, "consumers">>;

/** The worst first, then by stack; within them in the order in which they were found. */
export function worstFirst(findings: readonly Finding[]): Finding[] {
  return [...findings].sort((one, other) => KINDS.indexOf(one.kind) - KINDS.indexOf(other.kind));
}
