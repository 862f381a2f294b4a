import { readFileSync, statSync } from "node:fs";
import { Alias, Document, isAlias, isCollection, isNode, isPair, isScalar, LineCounter, Node, visit } from "yaml";
import { Problem, shown } from "../azure/check";
import { DeploymentError } from "./deployment-error";
import { MAX_DEPTH, NESTED, sizeProblem, textProblem } from "./yaml-limits";
import { composed, YAML_MISTAKES } from "./yaml-mistakes";

// with all anchors written out.
const MAX_VALUES = 250_000;
// the longest list that Azure takes anywhere: the prefixes of one security rule,
// https://learn.microsoft.com/azure/azure-resource-manager/management/azure-subscription-service-limits#network-security-group
const MAX_ELEMENTS = 4000;
// as much of what is no YAML as somebody reads.
const MAX_SAID = 10;

// what a tag can say of a value without making something else of it than text, a number, true, false, nothing, a list or a
// section; `!!binary` and `!!timestamp` do, and `!` alone means text.
const PLAIN_TAGS = /^(!|tag:yaml\.org,2002:(bool|float|int|map|merge|null|seq|str))$/;

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
  judgeNodes(document, lines, refuse);
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

type Refuse = (complaint: string) => DeploymentError;

function textOf(path: string, refuse: Refuse): string {
  const file = statSync(path, { throwIfNoEntry: false });
  if (file?.isFile() !== true) {
    throw new DeploymentError(`there is no deployment file ${path}; DEPLOYMENT=path chooses one`);
  }
  const tooLarge = sizeProblem(file.size);
  if (tooLarge !== undefined) throw refuse(tooLarge);
  const text = readFileSync(path, "utf8");
  const tooMuch = textProblem(text);
  if (tooMuch !== undefined) throw refuse(tooMuch);
  return text;
}

function parsed(text: string, lines: LineCounter, refuse: Refuse): Document.Parsed {
  try {
    const { document, mistakes } = composed(text, lines);
    if (mistakes.some(({ code }) => code === "RESOURCE_EXHAUSTION")) throw refuse(NESTED);
    if (mistakes.some(({ code }) => code === "MULTIPLE_DOCS")) {
      throw refuse("must hold one deployment, got several documents with --- between them");
    }
    if (document === undefined || mistakes.length > 0) {
      throw noYaml(
        refuse,
        mistakes.map(({ code, offset }) => `${YAML_MISTAKES[code]}, at ${placeOf(lines, offset)}`),
      );
    }
    return document;
  } catch (error) {
    // the parser calls itself for each level.
    if (error instanceof RangeError) throw refuse(NESTED);
    throw error;
  }
}

function noYaml(refuse: Refuse, said: readonly string[]): DeploymentError {
  return refuse(`is not YAML:\n${said.map((one) => `- ${one}`).join("\n")}`);
}

function valueOf(document: Document, refuse: Refuse): unknown {
  try {
    // how many values the aliases make was counted before.
    return document.toJS({ maxAliasCount: -1 });
  } catch (error) {
    if (error instanceof RangeError) throw refuse(NESTED);
    // what else there is to find was found before.
    throw noYaml(refuse, ["a merge (<<) must bring sections"]);
  }
}

function placeOf(lines: LineCounter, offset: number): string {
  const { line, col } = lines.linePos(offset);
  return `line ${line}, column ${col}`;
}

/**
 * Refuses lists and sections that are longer than any in Azure, keys that stand twice in a section, aliases without an
 * anchor, and tags that make something else of a value than JSON can have.
 */
function judgeNodes(document: Document, lines: LineCounter, refuse: Refuse): void {
  const said: string[] = [];
  const wrong = (complaint: string, node: Node) =>
    said.push(`${complaint}, at ${placeOf(lines, node.range?.[0] ?? 0)}`);
  const anchors = new Set<string>();
  visit(document, {
    Node: (_, node, around) => {
      if (said.length >= MAX_SAID) return visit.BREAK;
      if (isAlias(node)) {
        if (!anchors.has(node.source)) wrong(`the alias ${shown(node.source)} must have an anchor before it`, node);
        return undefined;
      }
      if (node.anchor !== undefined) anchors.add(node.anchor);
      if (node.tag !== undefined && !PLAIN_TAGS.test(node.tag)) wrong(YAML_MISTAKES.TAG_RESOLVE_FAILED, node);
      if (!isCollection(node)) return undefined;
      if (around.filter(isCollection).length >= MAX_DEPTH) throw refuse(NESTED);
      if (node.items.length > MAX_ELEMENTS) {
        throw refuse(
          `must hold lists and sections of at most ${MAX_ELEMENTS} elements, got one of ${node.items.length}`,
        );
      }
      for (const key of keysTwice(node.items)) wrong(YAML_MISTAKES.DUPLICATE_KEY, key);
      return undefined;
    },
  });
  if (said.length > 0) throw noYaml(refuse, said.slice(0, MAX_SAID));
}

function keysTwice(items: readonly unknown[]): Node[] {
  const keys = new Set<unknown>();
  return items.flatMap((item) => {
    if (!isPair(item) || !isScalar(item.key) || item.key.value === "<<") return [];
    if (keys.has(item.key.value)) return [item.key];
    keys.add(item.key.value);
    return [];
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
