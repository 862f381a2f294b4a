import { Terraform } from "./synthesized";

// Two stacks that differ in the paths of their constructs only have the same elements under other addresses.

/**
 * The resources or the data sources of a stack, each with its type and its arguments, in an order that does not depend on
 * addresses. A reference names what it refers to by type and name instead of by address; a reference to another stack's
 * output is the same whatever the output is called.
 */
export function comparable(stack: Terraform, section: "resource" | "data"): string[] {
  const elements = addressed(stack);
  return [...elements.values()]
    .filter((element) => element.section === section && element.type !== "terraform_remote_state")
    .map(({ type, values }) => `${type} ${text(values, elements)}`)
    .sort();
}

interface Element {
  readonly section: string;
  readonly type: string;
  readonly values: Terraform;
}

function addressed(stack: Terraform): Map<string, Element> {
  const all = new Map<string, Element>();
  for (const section of ["data", "resource"]) {
    for (const [type, named] of Object.entries((stack[section] ?? {}) as Record<string, Terraform>)) {
      for (const [name, values] of Object.entries(named)) {
        all.set(`${section === "data" ? "data." : ""}${type}.${name}`, { section, type, values });
      }
    }
  }
  for (const name of Object.keys((stack.locals ?? {}) as object)) {
    all.set(`local.${name}`, { section: "locals", type: "local", values: {} });
  }
  return all;
}

/** A value as text, with what it refers to instead of addresses. */
function text(value: unknown, elements: Map<string, Element>): string {
  const plain = JSON.stringify(value, (key, inner: unknown) => (key === "//" ? undefined : inner), 1);
  return [...elements].reduce(
    (said, [address, element]) =>
      said.includes(address) ? said.replaceAll(address, () => label(element, elements)) : said,
    plain.replaceAll(
      /coalesce\(one\(data\.terraform_remote_state\.[\w-]+\[\*\]\.outputs\.[\w-]+\), \\*"[^"\\]*\\*"\)|one\(data\.terraform_remote_state\.[\w-]+\[\*\]\.outputs\.[\w-]+\)|data\.terraform_remote_state\.[\w-]+\.outputs\.[\w-]+/g,
      "<another stack's output>",
    ),
  );
}

function label({ type, values }: Element, elements: Map<string, Element>): string {
  return `<${type} ${values.name === undefined ? text(values, elements) : text(values.name, elements)}>`;
}
