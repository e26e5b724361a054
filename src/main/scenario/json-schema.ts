import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { resourcesFolder } from "../paths.ts";
import { scenarioJsonSchema } from "./schema-node.ts";

/** `node src/main/scenario/json-schema.ts` writes the schema file for editors. */
export const schemaPath = join(resourcesFolder, "scenario.schema.json");

export const schemaText = () =>
  `${JSON.stringify({ title: "Beamwalk scenario", ...scenarioJsonSchema }, null, 2)}\n`;

if (import.meta.main) writeFileSync(schemaPath, schemaText());
