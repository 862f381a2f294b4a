import { Found, Judgement } from "./judge";

/** Whether something is wrong that nobody accepts. */
export function isBroken({ violations }: Judgement): boolean {
  return violations.some(({ accepted }) => accepted === undefined);
}

/** What was judged, a line a violation, and what was not judged. */
export function linesOf(judgement: Judgement): string[] {
  const { violations, policies, idle, deployments, stacks } = judgement;
  const open = violations.filter(({ accepted }) => accepted === undefined);
  const known = new Set(policies.map(({ name }) => name));
  const unjudged = policies.filter(({ needs }) => needs.length > 0);
  const count = (many: number, what: string): string => `${many} ${what}${many === 1 ? "" : "s"}`;
  return [
    ...open.map((one) => `${line(one)}. ${one.why}`),
    ...violations.flatMap((one) => (one.accepted ? [`accepted, because ${one.accepted}: ${line(one)}`] : [])),
    ...idle.map(({ deployment, policy }) =>
      known.has(policy)
        ? `${deployment}: accepts ${policy}, and nothing is wrong there; take the comment out`
        : `${deployment}: accepts ${policy}, and there is no such policy; there are ${[...known].join(", ")}`,
    ),
    ...unjudged.map(({ name, needs }) => `not judged: ${name}, which needs ${needs.join(", ")} in live/policies.yaml`),
    [
      `${count(deployments.length, "deployment")}, ${count(stacks, "stack")}, ${known.size - unjudged.length} policies: `,
      open.length === 0 ? "nothing violates them" : count(open.length, "violation"),
      violations.length > open.length ? `, ${violations.length - open.length} accepted` : "",
    ].join(""),
  ].map(inOneLine);
}

/** The same for programs. */
export function judgementJson({ deployments, policies, violations, idle }: Judgement): object {
  return { version: 1, deployments, policies, violations, idle };
}

function line({ deployment, stack, address, policy, said }: Found): string {
  return `${deployment}  ${stack}  ${address}  ${policy}: ${said}`;
}

/** Names may have anything in them that an override put there. */
function inOneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, " ");
}
