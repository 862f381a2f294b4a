import { readFileSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import { Language, Node, Parser } from "web-tree-sitter";

const GRAMMAR = require.resolve("tree-sitter-powershell/tree-sitter-powershell.wasm");

// the grammar is read a few times; Node would spend 15 seconds on making that faster, and not end before.
setFlagsFromString("--liftoff-only");

/** Reads PowerShell with the grammar that editors use. */
export async function powershellParser(): Promise<(script: string) => Node> {
  await Parser.init();
  const parser = new Parser();
  parser.setLanguage(await Language.load(readFileSync(GRAMMAR)));
  return (script) => {
    const tree = parser.parse(script);
    if (tree === null) throw new Error("the parser has no language");
    return tree.rootNode;
  };
}

/** Every place that is not PowerShell, with its line. */
export function syntaxErrors(node: Node): string[] {
  const own = node.isError || node.isMissing ? [`line ${node.startPosition.row + 1}: ${node.text.slice(0, 80)}`] : [];
  return [...own, ...node.children.flatMap(syntaxErrors)];
}

/** The commands of a script, each as its name and its arguments as written. */
export function commands(node: Node): string[][] {
  return node.descendantsOfType("command").map((command) => [
    command.childForFieldName("command_name")?.text ?? "",
    ...command.children
      .filter(({ type }) => type === "command_elements")
      .flatMap(({ namedChildren }) => namedChildren)
      .filter(({ type }) => type !== "command_argument_sep")
      .map(({ text }) => text),
  ]);
}
