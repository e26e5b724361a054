import { z } from "zod";
import { scenarioSchema } from "../../shared/scenario.ts";

/** What this program reads of a JSON Schema. */
export interface SchemaNode {
  type?: string;
  description?: string;
  unit?: string;
  default?: unknown;
  const?: unknown;
  enum?: unknown[];
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
  maxLength?: number;
  properties?: Record<string, SchemaNode>;
  /** of a record: its keys, and what stands under each */
  propertyNames?: { enum?: string[] };
  additionalProperties?: boolean | SchemaNode;
  items?: SchemaNode;
  oneOf?: SchemaNode[];
  anyOf?: SchemaNode[];
}

/** The scenario file as JSON Schema (draft 2020-12), as it is written: fields with a default may be left out. */
export const scenarioJsonSchema = z.toJSONSchema(scenarioSchema, { io: "input" }) as SchemaNode;
