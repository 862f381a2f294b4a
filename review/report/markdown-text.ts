/**
 * A sentence of the review as Markdown: what stands outside of code means nothing to whoever shows it, however hostile a name
 * is. Names stand in code, where nothing can end it.
 */
export function sentence(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map((part, index) => (index % 2 === 1 ? part : plain(part)))
    .join("");
}

/** Text outside of code: no HTML, no mention, no table, no emphasis, no link. */
function plain(text: string): string {
  return (
    text
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      .replace(/[\\|*_[\]#!~]/g, "\\$&")
      // a mention needs its name right behind the sign.
      .replaceAll("@", "@\u200b")
  );
}

/** A part that is folded away until somebody opens it. */
export function folded(title: string, body: string): string {
  return `<details><summary>${title}</summary>\n\n${body}\n\n</details>\n`;
}

/** Text as it is, in a fence that nothing in it can end. */
export function fenced(language: string, text: string): string {
  const longest = Math.max(2, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${text.replace(/\n$/, "")}\n${fence}`;
}

/** Parts as long as there is room for them, in the order of their weight; says what was left out. */
export function fitted(parts: readonly string[], room: number, leftOut: string): string {
  const size = (text: string): number => Buffer.byteLength(text, "utf8");
  const chosen: string[] = [];
  let left = room - size(leftOut) - 2;
  let missing = false;
  for (const part of parts) {
    if (part === "") continue;
    if (size(part) + 1 > left) {
      missing = true;
      continue;
    }
    chosen.push(part);
    left -= size(part) + 1;
  }
  return [...chosen, ...(missing ? [leftOut] : [])].join("\n");
}
