import { Problem, shown } from "../azure/check";

/**
 * Complaints with values as they stand in the file: Azure's spelling of regions, sizes and ids, in which the checks compare
 * them, is not what somebody looks for.
 */
export function asWritten(file: unknown, problems: readonly Problem[]): Problem[] {
  return problems.map((problem) => {
    const written = problem.path.reduce<unknown>(
      (part, key) => (part as Record<PropertyKey, unknown> | null)?.[key],
      file,
    );
    if (typeof written !== "string" && typeof written !== "number") return problem;
    const complaint = problem.complaint.replace(/got "([^"]*)"/, (got, value: string) =>
      plain(value) === plain(String(written)) ? `got ${shown(written)}` : got,
    );
    return { ...problem, complaint };
  });
}

function plain(value: string): string {
  return value.toLowerCase().replaceAll(" ", "");
}
