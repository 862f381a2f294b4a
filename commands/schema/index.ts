import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { deploymentSchema } from "../../lib/deployment/deployment";
import { DEPLOYMENTS } from "../synthesized";
import { describe } from "./described";
import { jsonSchemaOf } from "./json-schema";
import { referencePage, valueKeys } from "./reference-page";
import { settingTexts } from "./setting-texts";

// `npm run schema`: writes what follows from the schema of deployment files: the JSON Schema, from which editors complete,
// explain and check keys, and the reference page.

/** The keys of a deployment file that can hold something other than a section. */
export function settingKeys(): string[] {
  const schema = jsonSchemaOf(deploymentSchema);
  describe(schema, settingTexts());
  return valueKeys(schema);
}

/** The files that follow from the schema, as they should be: text by path. */
export function schemaFiles(): Map<string, string> {
  const schema = jsonSchemaOf(deploymentSchema);
  describe(schema, settingTexts());
  return new Map([
    [join(DEPLOYMENTS, "deployment.schema.json"), `${JSON.stringify({ title: "Deployment", ...schema }, null, 2)}\n`],
    [join(DEPLOYMENTS, "..", "docs", "deployment-file.md"), referencePage(schema)],
  ]);
}

if (require.main === module) {
  for (const [path, text] of schemaFiles()) {
    mkdirSync(dirname(path), { recursive: true });
    const before = readFileSync(path, { encoding: "utf8", flag: "a+" });
    writeFileSync(path, text);
    console.log(before === text ? `${path} is up to date` : `wrote ${path}`);
  }
}
