import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { deploymentSchema } from "../lib/deployment/deployment";
import { DEPLOYMENTS } from "./synthesized";

// `npm run schema`: writes the JSON Schema of deployment files, from which editors complete and explain keys.

/** The file that editors read. */
export const SCHEMA_FILE = join(DEPLOYMENTS, "deployment.schema.json");

/** The JSON Schema of deployment files, as text. */
export function schemaText(): string {
  const schema = { title: "Deployment", ...z.toJSONSchema(deploymentSchema, { io: "input" }) };
  return `${JSON.stringify(schema, null, 2)}\n`;
}

if (require.main === module) {
  const before = readFileSync(SCHEMA_FILE, { encoding: "utf8", flag: "a+" });
  const after = schemaText();
  writeFileSync(SCHEMA_FILE, after);
  console.log(before === after ? "the schema is up to date" : `wrote ${SCHEMA_FILE}`);
}
