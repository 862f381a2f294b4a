/** A name that an expression follows, such as `azurerm_lb.X.frontend_ip_configuration[0].id`. */
export interface Reference {
  /** Such as `azurerm_lb.X`, `data.azurerm_subnet.X`, `local.X`, `var.X`. */
  readonly root: string;
  /** The steps below it; a number is an element of a list. */
  readonly path: readonly (string | number)[];
}

/** A part of a text: as it is, the code of an expression, or a name in one. */
export type Part =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "code"; readonly text: string }
  | { readonly kind: "reference"; readonly reference: Reference };

const TRAVERSAL =
  /((?:data\.[\w-]+|[A-Za-z_][\w-]*)\.[A-Za-z_][\w-]*)((?:\.[A-Za-z_][\w-]*|\.\d+|\[\d+\]|\[\*\]|\.\*|\["[^"]*"\])*)/y;
const STEP = /\.([A-Za-z_][\w-]*)|\.(\d+)|\[(\d+)\]|(\[\*\]|\.\*)|\["([^"]*)"\]/g;

/** A text of Terraform JSON in parts. */
export function partsOf(text: string): Part[] {
  const parts: Part[] = [];
  let at = 0;
  let literal = "";
  const flush = (): void => {
    if (literal !== "") parts.push({ kind: "text", text: literal });
    literal = "";
  };
  while (at < text.length) {
    if (text.startsWith("$${", at) || text.startsWith("%%{", at)) {
      literal += text.slice(at + 1, at + 3);
      at += 3;
    } else if (text.startsWith("${", at)) {
      flush();
      const end = closing(text, at + 2);
      parts.push(...codeParts(text.slice(at + 2, end)));
      at = end + 1;
    } else {
      literal += text[at];
      at += 1;
    }
  }
  flush();
  return parts;
}

/** Everything that a text refers to. */
export function referencesIn(text: string): Reference[] {
  return partsOf(text).flatMap((part) => (part.kind === "reference" ? [part.reference] : []));
}

/** A name as it stands in `depends_on` and the like; undefined where it is none. */
export function referenceOf(name: string): Reference | undefined {
  const bare = /^\$\{(.*)\}$/s.exec(name)?.[1] ?? name;
  const [part, ...more] = codeParts(bare);
  return part?.kind === "reference" && more.length === 0 ? part.reference : undefined;
}

/** Where the brace that was opened before this place is closed. */
function closing(text: string, from: number): number {
  let depth = 1;
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '"') at = endOfString(text, at);
    else if (text[at] === "{") depth += 1;
    else if (text[at] === "}" && (depth -= 1) === 0) return at;
  }
  return text.length;
}

/** The quote that ends the string which begins here. */
function endOfString(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at += 1) {
    if (text[at] === "\\") at += 1;
    else if (text.startsWith("$${", at)) at += 2;
    else if (text.startsWith("${", at)) at = closing(text, at + 2);
    else if (text[at] === '"') return at;
  }
  return text.length;
}

function codeParts(code: string): Part[] {
  const parts: Part[] = [];
  let plain = "";
  const flush = (): void => {
    const text = plain.replace(/\s+/g, " ");
    if (text.trim() !== "") parts.push({ kind: "code", text });
    plain = "";
  };
  let at = 0;
  while (at < code.length) {
    const before = at === 0 ? "" : (code[at - 1] ?? "");
    TRAVERSAL.lastIndex = at;
    const found = /[\w.-]/.test(before) ? null : TRAVERSAL.exec(code);
    if (code[at] === '"') {
      flush();
      const end = endOfString(code, at);
      // a string within code: its own expressions count, its spaces stay.
      const inner = partsOf(code.slice(at + 1, end));
      parts.push({ kind: "code", text: '"' }, ...inner, { kind: "code", text: '"' });
      at = end + 1;
    } else if (found) {
      flush();
      parts.push({ kind: "reference", reference: { root: found[1] ?? "", path: steps(found[2] ?? "") } });
      at += found[0].length;
    } else {
      plain += code[at];
      at += 1;
    }
  }
  flush();
  return parts;
}

/** The steps that a path such as `frontend_ip_configuration[0].name` takes. */
export function stepsOf(path: string): (string | number)[] {
  return steps(`.${path}`);
}

function steps(text: string): (string | number)[] {
  return Array.from(text.matchAll(STEP), ([, name, dotted, index, splat, key]) =>
    splat ? "*" : (name ?? key ?? Number(dotted ?? index)),
  );
}
