import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parse } from "yaml";
import { Rule } from "./rules";

/** What a change of one argument amounts to. */
export interface Fact {
  /** `conditional`: its `rule` decides, by the values. */
  readonly change: "in place" | "replaces" | "conditional";
  readonly rule?: Rule;
  /** The value that azurerm takes where the configuration has none. */
  readonly default?: string | number | boolean;
  /** Azure gives a value where the configuration has none, so leaving it out changes nothing. */
  readonly given?: boolean;
  /** With `given`: an empty list is not one that is left out, and takes all away. */
  readonly emptied?: boolean;
  /** Its elements have no order. */
  readonly set?: boolean;
  /** It is made of blocks. */
  readonly block?: "list" | "set" | "single" | "map";
  /** With `replaces`: another number of blocks replaces, whatever is in them. */
  readonly counts?: boolean;
  /** Its value is not shown. */
  readonly secret?: boolean;
}

/** What is known of one type of resource. */
export interface TypeFacts {
  readonly source: string;
  /** What Azure gives; it stays as it is while the resource does. */
  readonly computed: readonly string[];
  /** What is given anew with every change in place. */
  readonly recomputed: readonly string[];
  /** By argument; an argument of a block is `block.argument`. */
  readonly arguments: Readonly<Record<string, Fact>>;
}

const FOLDER = join(__dirname, "azurerm");
const known = new Map<string, TypeFacts | undefined>();

/** The types that there are facts of. */
export function knownTypes(): string[] {
  return readdirSync(FOLDER)
    .map((file) => basename(file, ".yaml"))
    .sort();
}

/** The facts of a type; undefined for a type that nothing is known of. */
export function factsOf(type: string): TypeFacts | undefined {
  if (!known.has(type)) known.set(type, knownTypes().includes(type) ? read(type) : undefined);
  return known.get(type);
}

function read(type: string): TypeFacts {
  const file = parse(readFileSync(join(FOLDER, `${type}.yaml`), "utf8")) as {
    source: string;
    computed: string[];
    recomputed?: string[];
    arguments: Record<string, Fact | Fact["change"]>;
  };
  const facts = Object.entries(file.arguments).map(([name, fact]): [string, Fact] => [
    name,
    typeof fact === "string" ? { change: fact } : fact,
  ]);
  return { recomputed: [], ...file, arguments: Object.fromEntries(facts) };
}
