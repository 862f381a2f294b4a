import { Check, known, shown, UNSEEN } from "./check";

/**
 * Text without characters that nobody sees: control characters, line ends among them, and those that turn the direction
 * of text, behind which a reviewer reads something else than Azure.
 */
export const visibleText: Check<string> = known((value) => {
  const found = UNSEEN.exec(value);
  if (found === null) return undefined;
  const code = (found[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
  return `must not hold control characters or such that turn the direction of text, got U+${code} as character ${found.index + 1}`;
});

/** The bytes of text in UTF-8, in which azurerm counts lengths: Go's `len`. */
export function byteLength(text: string): number {
  return Buffer.byteLength(text, "utf8");
}

/** Text of `min` to `max` bytes that is not blank, where azurerm counts bytes and not characters. */
export function bytesOf(min: number, max: number): Check<string> {
  return known(
    (value) => {
      const bytes = byteLength(value);
      if (bytes < min || bytes > max) {
        return `must have ${min} to ${max} bytes, of which a letter outside ASCII takes two or more, got ${bytes}: ${shown(value)}`;
      }
      return /\S/.test(value) ? undefined : `must not be blank, got ${shown(value)}`;
    },
    { minLength: min, maxLength: max, pattern: "\\S" },
  );
}
