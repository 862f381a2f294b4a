import { Lexer } from "yaml";

// more than any deployment needs: a thousand consumers in thirty lines each are half of it. What is larger would keep
// whoever reads it busy for seconds.
const MAX_BYTES = 1024 * 1024;
const MAX_PARTS = 80_000;
const MAX_MARKS = 300_000;

/** How many sections and lists can stand within each other. */
export const MAX_DEPTH = 100;

/** What is said of sections and lists that stand within each other too often. */
export const NESTED = "is not YAML that can be read: it is nested too deeply";

/** Why a file of so many bytes is larger than any deployment; undefined where it is not. */
export function sizeProblem(bytes: number): string | undefined {
  return bytes > MAX_BYTES ? `must have at most ${MAX_BYTES} bytes, got ${bytes}` : undefined;
}

/** Why a text has more lines, more words and marks, or more nesting than any deployment, before it is parsed. */
export function textProblem(text: string): string | undefined {
  const parts = text.match(/[\n,]/g)?.length ?? 0;
  if (parts > MAX_PARTS) return `must have at most ${MAX_PARTS} lines and commas, got ${parts}`;
  let marks = 0;
  let open = 0;
  // what can open a section or a list without a bracket, since the last line, comma or bracket.
  let inRow = 0;
  for (const mark of new Lexer().lex(text)) {
    if (++marks > MAX_MARKS) return `must have at most ${MAX_MARKS} words and marks, got more`;
    if (/^[[{\]},]$|^\r?\n$/.test(mark)) inRow = 0;
    if (mark === "[" || mark === "{") open += 1;
    else if (mark === "]" || mark === "}") open = Math.max(0, open - 1);
    else if (mark === "-" || mark === "?" || mark === ":") inRow += 1;
    if (open > MAX_DEPTH || inRow > MAX_DEPTH) return NESTED;
  }
  return undefined;
}
