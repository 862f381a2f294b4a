import { Json } from "./json";

/** The name of the local value that stands for a resource. */
export function localName(address: string): string {
  return `lab__${address.replaceAll(".", "__")}`;
}

/** What finds references to the resources at these addresses. */
export function referencePattern(addresses: readonly string[]): RegExp | undefined {
  if (addresses.length === 0) return undefined;
  const alternatives = [...addresses].sort((a, b) => b.length - a.length).map((address) => escaped(address));
  return new RegExp(`(?<![\\w.-])(?:${alternatives.join("|")})(?![\\w-])`, "g");
}

/** Gives every attribute that is referred to but unknown a value, so that the rest can be evaluated. */
export function addMissing(json: Json, found: readonly { readonly address: string }[], locals: Json): void {
  const whole = JSON.stringify(json);
  for (const { address } of found) {
    const uses = new RegExp(`(?<![\\w.-])${escaped(address)}((?:\\.[a-z_]\\w*|\\[\\d+\\])+)`, "g");
    for (const { 1: path = "", index } of whole.matchAll(uses)) {
      const unknown = /\bin\s+$/.test(whole.slice(index - 8, index)) ? [] : `${address}${path}`;
      let place = locals[localName(address)] as Record<string | number, unknown>;
      const steps = [...path.matchAll(/\.(\w+)|\[(\d+)\]/g)].map(([, name, index]) => name ?? Number(index));
      steps.forEach((step, position) => {
        if (typeof place !== "object" || place === null) return;
        const next = steps[position + 1];
        place[step] ??= next === undefined ? unknown : typeof next === "number" ? [] : {};
        place = place[step] as Record<string | number, unknown>;
      });
    }
  }
}

/** A text as a part of a regular expression that matches exactly it. */
function escaped(literal: string): string {
  return literal.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
