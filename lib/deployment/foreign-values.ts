import { isToken, Problem } from "../azure/check";
import { noPrivateKey } from "../azure/ssh-key";
import { visibleText } from "../azure/text";

/**
 * What no value may be that somebody else wrote, wherever it stands: what cdktf would take for a token, which would make code of
 * it, and text with characters that nobody sees.
 *
 * Whatever is read from a file, a hand-over or the environment goes through here before anything else looks at it, so that a
 * token is always one that a construct made.
 */
export function foreignValueProblems(value: unknown, path: Problem["path"] = []): Problem[] {
  if (typeof value === "string") return complaintAbout(value).map((complaint) => ({ path, complaint }));
  if (typeof value === "number" && isToken(value)) {
    return [{ path, complaint: `must be another number: cdktf keeps such for what Terraform computes, got ${value}` }];
  }
  if (Array.isArray(value)) {
    return value.flatMap((element, index) => foreignValueProblems(element, [...path, index]));
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const [complaint] = complaintAbout(key);
    return complaint === undefined
      ? foreignValueProblems(inner, [...path, key])
      : [{ path: [...path, key], complaint: `is a key that ${complaint}` }];
  });
}

function complaintAbout(text: string): string[] {
  const secret = noPrivateKey(text);
  if (secret !== undefined) return [secret];
  // all forms of cdktf's markers, for text, lists and maps: ${TfToken[…]}, #{TfToken[…]}, &{TfToken[…]}
  if (text.includes("TfToken[")) return [`must not hold "TfToken[", which cdktf takes for what Terraform computes`];
  // text over several lines ends with one.
  const unseen = visibleText(text.replace(/\r?\n$/, ""));
  return unseen === undefined ? [] : [unseen];
}
