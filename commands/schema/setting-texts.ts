import { join } from "node:path";
import ts from "typescript";

const ROOT = join(__dirname, "..", "..");

/** The keys and list elements that lead to a setting, such as `["consumers", "[]", "name"]`. */
export type SettingPath = readonly string[];

/**
 * What each setting of a deployment file means: the comment before its key in the schema, read from the sources by
 * TypeScript. Where a key has several meanings, they follow each other.
 */
export function settingTexts(): (path: SettingPath) => string {
  const program = ts.createProgram([join(ROOT, "lib/deployment/deployment.ts")], { ...options(), types: [] });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(join(ROOT, "lib/deployment/deployment.ts"));
  const module = source && checker.getSymbolAtLocation(source);
  const file = module && checker.getExportsOfModule(module).find(({ name }) => name === "DeploymentFile");
  if (file === undefined) throw new Error("lib/deployment/deployment.ts exports no type DeploymentFile");

  const texts = new Map<string, Set<string>>();
  const visit = (type: ts.Type, path: SettingPath): void => {
    const known = checker.getNonNullableType(type);
    if (known.isUnion()) return known.types.forEach((kind) => visit(kind, path));
    const element = checker.isArrayType(known) && checker.getIndexTypeOfType(known, ts.IndexKind.Number);
    if (element) return visit(element, [...path, "[]"]);
    if (!(known.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection))) return;
    const properties = checker.getPropertiesOfType(known);
    // a section that has been read says its kind; nobody writes that.
    if (properties.some(({ name }) => name === "kind")) return;
    for (const property of properties) {
      const inner = [...path, property.name];
      const text = ts.displayPartsToString(property.getDocumentationComment(checker)).replaceAll("\n", " ");
      texts.set(inner.join("."), (texts.get(inner.join(".")) ?? new Set()).add(text));
      visit(checker.getTypeOfSymbol(property), inner);
    }
  };
  visit(checker.getDeclaredTypeOfSymbol(file), []);
  return (path) => [...(texts.get(path.join(".")) ?? [])].filter((text) => text !== "").join(" ");
}

function options(): ts.CompilerOptions {
  const { config } = ts.readConfigFile(join(ROOT, "tsconfig.json"), (path) => ts.sys.readFile(path)) as {
    config: unknown;
  };
  return ts.parseJsonConfigFileContent(config, ts.sys, ROOT).options;
}
