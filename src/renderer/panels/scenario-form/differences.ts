import { isObject, pathText } from "../../session/draftEdits.ts";
import type { Json, JsonObject, Path } from "../../session/draftEdits.ts";
import { optionOf, partsOf, scenarioFields, unitOf } from "./schema.ts";
import type { FieldSchema } from "./schema.ts";

export interface Difference {
  field: string;
  unit: string;
  /** undefined: not there */
  one: Json | undefined;
  other: Json | undefined;
}

/** One side of a comparison: what is written, and the field that it is written for. */
interface Side {
  field: FieldSchema | undefined;
  value: Json | undefined;
}

/** Fields in which two scenarios differ. What is left out counts as its default. */
export function differences(one: Json, other: Json): Difference[] {
  const found: Difference[] = [];
  const field = scenarioFields;
  compare({ field, value: one }, { field, value: other }, [], found);
  return found;
}

function compare(a: Side, b: Side, path: Path, into: Difference[]): void {
  const one = a.value ?? a.field?.default;
  const other = b.value ?? b.field?.default;
  if (isObject(one) && isObject(other)) {
    for (const key of new Set([...keysOf(a.field, one), ...keysOf(b.field, other)]))
      if (key !== "$schema")
        compare(partOf(a.field, one, key), partOf(b.field, other, key), [...path, key], into);
  } else if (Array.isArray(one) && Array.isArray(other)) {
    for (let i = 0; i < Math.max(one.length, other.length); i++)
      compare(
        { field: a.field?.items, value: one[i] },
        { field: b.field?.items, value: other[i] },
        [...path, i],
        into,
      );
  } else if (JSON.stringify(one) !== JSON.stringify(other)) {
    const field = a.field ?? b.field;
    into.push({ field: pathText(path), unit: field ? unitOf(field) : "", one, other });
  }
}

/** The kind first, then the fields in the schema's order, then those that it does not know. */
const keysOf = (field: FieldSchema | undefined, value: JsonObject) => [
  ...("kind" in value ? ["kind"] : []),
  ...(field ? partsOf(field, value).map(([key]) => key) : []),
  ...Object.keys(value),
];

const partOf = (field: FieldSchema | undefined, value: JsonObject, key: string): Side => ({
  field:
    field &&
    (partsOf(field, value).find(([name]) => name === key)?.[1] ?? optionOf(field, value)?.properties?.[key]),
  value: value[key],
});
