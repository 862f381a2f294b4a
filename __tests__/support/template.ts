import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { TerraformStack, Testing } from "cdktf";
import { tmpdir } from "node:os";

/** A class of the generated bindings, by which an element of a template is found. */
interface ElementType {
  readonly tfResourceType: string;
}

/** A resource or data source as Terraform will read it. */
export class Element {
  constructor(
    /** Its address, as it stands in `depends_on`. */
    readonly address: string,
    /** Its arguments, under Terraform's own names. */
    readonly values: Record<string, any>,
  ) {}

  /** The text by which others refer to an attribute of it. */
  ref(attribute = "id"): string {
    return `\${${this.address}.${attribute}}`;
  }
}

/** The Terraform JSON of one stack. */
export class Template {
  /** The file as text. */
  readonly text: string;
  private readonly json: Record<string, Record<string, Record<string, Record<string, unknown>>>>;

  constructor(stack: TerraformStack) {
    this.text = Testing.synth(stack);
    this.json = JSON.parse(this.text);
  }

  /** The types of all resources, each once. */
  get resourceTypes(): string[] {
    return Object.keys(this.json.resource ?? {});
  }

  /** The local values, by their addresses. */
  get locals(): Record<string, unknown> {
    return Object.fromEntries(Object.entries(this.json.locals ?? {}).map(([name, value]) => [`local.${name}`, value]));
  }

  /** The resources of a type, in the order of their addresses. */
  all(type: ElementType): Element[] {
    return Object.entries(this.json.resource?.[type.tfResourceType] ?? {}).map(
      ([name, values]) => new Element(`${type.tfResourceType}.${name}`, values),
    );
  }

  /** The only resource of a type. */
  one(type: ElementType): Element {
    return only(type, this.all(type));
  }

  /** The only resource of a type whose `name` is this. */
  named(type: ElementType, name: string): Element {
    return only(
      type,
      this.all(type).filter((element) => element.values.name === name),
    );
  }

  /** The only data source of a type. */
  data(type: ElementType): Element {
    const found = Object.entries(this.json.data?.[type.tfResourceType] ?? {});
    return only(
      type,
      found.map(([name, values]) => new Element(`data.${type.tfResourceType}.${name}`, values)),
    );
  }
}

function only(type: ElementType, elements: Element[]): Element {
  const [element, ...others] = elements;
  if (element === undefined || others.length > 0) {
    throw new Error(`there must be one ${type.tfResourceType}, found ${elements.map((e) => e.address).join(", ")}`);
  }
  return element;
}

/** The template of a stack called `test` that holds what `define` makes. */
export function template(define: (stack: TerraformStack) => void): Template {
  const stack = new TerraformStack(Testing.app({ outdir: tmpdir() }), "test");
  new AzurermProvider(stack, "azurerm", { features: [{}] });
  define(stack);
  return new Template(stack);
}

/** The error with which a construct refuses its props, as `toThrow` compares it: word for word. */
export function refusal(path: string, ...complaints: string[]): Error {
  return new Error(`invalid props for ${path}:\n${complaints.map((complaint) => `- ${complaint}`).join("\n")}`);
}

/** A subnet that stands elsewhere, with what must exist before anything is put into it. */
export const SUBNET = {
  id: "/subnets/other",
  addressPrefix: "10.0.1.0/24",
  ready: [{ fqn: "test_association.other" }],
  knownId: "/subnets/other",
  made: [{ fqn: "test_subnet.other" }],
};

/** The resource group of what is tested alone. */
export const RESOURCE_GROUP = { name: "rg-test", location: "uksouth" };
