import { fingerprint, Term, Value } from "../plan/value";

/** A name in a sentence, as code: nothing in it can end the code, or mean anything to whoever shows it. */
export function code(name: unknown): string {
  // eslint-disable-next-line no-control-regex -- it is what turns or breaks a line of a comment.
  const turning = /[\u0000-\u001f\u007f\u0085\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+/g;
  const text = String(name).replaceAll("`", "'").replace(turning, " ").trim();
  const short = text.length > 160 ? `${text.slice(0, 157)}...` : text;
  return `\`${short === "" ? " " : short}\``;
}

/** A value in a sentence. */
export function inWords(value: Value | undefined): string {
  if (value === undefined || value === null) return "nothing";
  const text = (value instanceof Term ? value.label : fingerprint(value)).replaceAll('"', "");
  return code(text.length > 80 ? `${text.slice(0, 77)}...` : text);
}

/** Names in a sentence, the first of them where there are many. */
export function few(names: readonly string[], most = 10): string {
  const shown = names.slice(0, most).map(code).join(", ");
  return names.length > most ? `${shown} and ${names.length - most} more` : shown;
}
