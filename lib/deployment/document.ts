import { readFileSync, statSync } from "node:fs";
import {
  Alias,
  Document,
  isAlias,
  isCollection,
  isNode,
  isPair,
  isScalar,
  LineCounter,
  parseDocument,
  visit,
} from "yaml";
import { Problem } from "../azure/check";
import { DeploymentError } from "./deployment-error";

// more than any deployment needs: a thousand consumers in thirty lines each are half of it. What is larger would keep
// whoever reads it busy for seconds.
const MAX_BYTES = 1024 * 1024;
const MAX_PARTS = 60_000;
const MAX_VALUES = 250_000;
// the longest list that Azure takes anywhere: the prefixes of one security rule,
// https://learn.microsoft.com/azure/azure-resource-manager/management/azure-subscription-service-limits#network-security-group
const MAX_ELEMENTS = 4000;
const MAX_DEPTH = 100;

/** A deployment file as it is written: its value, and where in the file each part of it stands. */
export interface DeploymentDocument {
  readonly value: unknown;
  /** The line of a part, or of the nearest part around it that stands in the file; undefined for the file itself. */
  lineOf(path: Problem["path"]): number | undefined;
}

/**
 * Reads a YAML file, with merge keys.
 *
 * @throws DeploymentError where the file cannot be read, is none, or is larger than any deployment
 */
export function readDocument(path: string): DeploymentDocument {
  const refuse = (complaint: string) => new DeploymentError(`${path} ${complaint}`);
  const text = textOf(path, refuse);
  const lines = new LineCounter();
  const document = parsed(text, lines, refuse);
  judgeCollections(document, lines, refuse);
  const values = countValues(document);
  if (values === undefined)
    throw refuse("is not YAML that can be read: an anchor stands for something that holds itself");
  if (values > MAX_VALUES) {
    throw refuse(`must hold at most ${MAX_VALUES} values with all its anchors written out, got more`);
  }
  return {
    value: valueOf(document, refuse),
    lineOf: (at) => {
      for (let length = at.length; length > 0; length -= 1) {
        const node: unknown = document.getIn(at.slice(0, length), true);
        if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
      }
      return undefined;
    },
  };
}

const NESTED = "is not YAML that can be read: it is nested too deeply";

/** About how many sections and lists a text opens within each other; the parser takes long over thousands. */
function deepest(text: string): number {
  let depth = 0;
  let most = 0;
  for (const [mark] of text.matchAll(/[[{\]}]/g)) {
    depth = mark === "[" || mark === "{" ? depth + 1 : Math.max(0, depth - 1);
    most = Math.max(most, depth);
  }
  return /(?:[-?] ){100}|(?:[^\s:,[\]{}]{0,20}: ){100}/.test(text) ? MAX_DEPTH + 1 : most;
}

type Refuse = (complaint: string) => DeploymentError;

function textOf(path: string, refuse: Refuse): string {
  const file = statSync(path, { throwIfNoEntry: false });
  if (file?.isFile() !== true) {
    throw new DeploymentError(`there is no deployment file ${path}; DEPLOYMENT=path chooses one`);
  }
  if (file.size > MAX_BYTES) throw refuse(`must have at most ${MAX_BYTES} bytes, got ${file.size}`);
  const text = readFileSync(path, "utf8");
  const parts = text.match(/[\n,]/g)?.length ?? 0;
  if (parts > MAX_PARTS) throw refuse(`must have at most ${MAX_PARTS} lines and commas, got ${parts}`);
  if (deepest(text) > MAX_DEPTH) throw refuse(NESTED);
  return text;
}

function parsed(text: string, lineCounter: LineCounter, refuse: Refuse): Document.Parsed {
  try {
    // the library's own way of finding keys twice and of writing its errors down takes long for thousands.
    const document = parseDocument(text, {
      lineCounter,
      merge: true,
      logLevel: "error",
      uniqueKeys: false,
      prettyErrors: false,
    });
    // the parser calls itself for each level, and may hand over what that ends in.
    if (document.errors.some(({ message }) => message.includes("call stack"))) throw new RangeError();
    if (document.errors.some(({ code }) => code === "MULTIPLE_DOCS")) {
      throw refuse("must hold one deployment, got several documents with --- between them");
    }
    if (document.errors.length > 0) {
      const said = document.errors
        .slice(0, 10)
        .map(({ message, pos: [at] }) => `- ${message} at ${placeOf(lineCounter, at)}`);
      throw refuse(`is not YAML:\n${said.join("\n")}`);
    }
    return document;
  } catch (error) {
    if (error instanceof RangeError) throw refuse(NESTED);
    throw error;
  }
}

function valueOf(document: Document, refuse: Refuse): unknown {
  try {
    // how many values the aliases make was counted before.
    return document.toJS({ maxAliasCount: -1 });
  } catch (error) {
    if (error instanceof RangeError) throw refuse(NESTED);
    // an alias without its anchor, or a merge of something that is no section, is found only now.
    throw refuse(`is not YAML:\n- ${(error as Error).message.split("\n")[0]}`);
  }
}

function placeOf(lineCounter: LineCounter, offset: number): string {
  const { line, col } = lineCounter.linePos(offset);
  return `line ${line}, column ${col}`;
}

/** Refuses lists and sections that are longer than any in Azure, and keys that stand twice in a section. */
function judgeCollections(document: Document, lineCounter: LineCounter, refuse: Refuse): void {
  const bounded = ({ items }: { readonly items: readonly unknown[] }) => {
    if (items.length > MAX_ELEMENTS) {
      throw refuse(`must hold lists and sections of at most ${MAX_ELEMENTS} elements, got one of ${items.length}`);
    }
  };
  visit(document, {
    Seq: (_, list) => bounded(list),
    Map: (_, section) => {
      bounded(section);
      const keys = new Set<unknown>();
      for (const { key } of section.items) {
        if (!isScalar(key) || key.value === "<<") continue;
        if (keys.has(key.value)) {
          throw refuse(`is not YAML:\n- Map keys must be unique at ${placeOf(lineCounter, key.range?.[0] ?? 0)}`);
        }
        keys.add(key.value);
      }
    },
  });
}

/** How many values a document holds once every alias is written out; undefined where one holds itself. */
function countValues(document: Document): number | undefined {
  const anchored = new Map<string, unknown>();
  const meant = new Map<Alias, unknown>();
  // an alias means the last anchor of its name before it.
  visit(document, (_, node) => {
    if (isAlias(node)) meant.set(node, anchored.get(node.source));
    else if (isNode(node) && node.anchor !== undefined) anchored.set(node.anchor, node);
  });
  const counted = new Map<unknown, number>();
  const open = new Set<unknown>();
  const count = (node: unknown): number => {
    if (isPair(node)) return count(node.key) + count(node.value);
    if (isAlias(node)) return count(meant.get(node));
    if (!isCollection(node)) return 1;
    if (open.has(node)) return NaN;
    const known = counted.get(node);
    if (known !== undefined) return known;
    open.add(node);
    const total = node.items.reduce<number>((sum, item) => sum + count(item), 1);
    open.delete(node);
    counted.set(node, total);
    return total;
  };
  const total = count(document.contents);
  return Number.isNaN(total) ? undefined : total;
}
