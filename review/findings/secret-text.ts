import { plainText, Value } from "../plan/value";

// what only a secret looks like: keys of Azure, AWS, GitHub, Slack and Stripe, JSON web tokens, signed addresses, private keys.
const SHAPES =
  /-----BEGIN [A-Z ]*PRIVATE KEY|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_\w{30,}|\bxox[abprs]-\w|\bsk_live_\w{10,}|\beyJ[\w-]{10,}\.[\w-]{10,}\.|AccountKey=[\w+/]{40,}|[?&]sig=[\w%]{30,}/g;

const WORDS = "password|passwd|secret|token|api_?key|access_?key|private_?key";

/** A name of an argument or a variable that says itself that it is a secret. */
export const SECRET_NAME = new RegExp(`(${WORDS})$`, "i");

// a name, of a length that names have, that says so with a literal behind it; what an expression or a variable of the shell gives is none.
const ASSIGNED = new RegExp(
  String.raw`\w{0,40}(?:${WORDS})\w{0,40}\\?["']?\s*[:=]\s*\\?["']?[^\s"'\\${"$"}{}(<,;]{6,}`,
  "gi",
);

// what a machine runs or reads when it starts.
const PROGRAM = /(custom_data|user_data|settings|script|command_to_execute|parameter)$/i;

/** What looks like a secret in an argument, whatever the argument is called. */
export function secretsIn(path: string, value: Value): string[] {
  const text = decoded(plainText(value));
  return PROGRAM.test(path) ? secretsInText(text) : Array.from(text.matchAll(SHAPES), ([found]) => found);
}

/** What looks like a secret in a text. */
export function secretsInText(text: string): string[] {
  return [SHAPES, ASSIGNED].flatMap((pattern) => Array.from(text.matchAll(pattern), ([found]) => found));
}

/** The text, out of base64 where it is in that. */
function decoded(text: string): string {
  return /^[\w+/\s]{16,}={0,2}$/.test(text) ? `${text}\n${Buffer.from(text, "base64").toString("utf8")}` : text;
}
