import schema from "../../../../resources/scenario.schema.json";
import { getAt, isObject, readPath, setAt } from "../../session/draftEdits.ts";
import type { Json, JsonObject, Path } from "../../session/draftEdits.ts";

/** What the form reads of the scenario's JSON Schema. */
export interface FieldSchema {
  type?: string;
  description?: string;
  unit?: string;
  default?: Json;
  const?: Json;
  enum?: Json[];
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
  maxLength?: number;
  properties?: Record<string, FieldSchema>;
  required?: string[];
  additionalProperties?: boolean | FieldSchema;
  propertyNames?: FieldSchema;
  items?: FieldSchema;
  oneOf?: FieldSchema[];
  anyOf?: FieldSchema[];
}

export const scenarioFields = schema as unknown as FieldSchema;

/** How a field is shown. `fixed` is not: it can have one value only, or is chosen by the kind. */
export type FieldKind = "number" | "text" | "choice" | "switch" | "words" | "list" | "group" | "fixed";

export function kindOf(field: FieldSchema): FieldKind {
  if (field.const !== undefined) return "fixed";
  if (field.enum || field.anyOf) return "choice";
  if (field.oneOf || field.type === "object") return "group";
  if (field.type === "array") return field.items?.type === "object" ? "list" : "words";
  if (field.type === "boolean") return "switch";
  return field.type === "string" ? "text" : "number";
}

export const choicesOf = (field: FieldSchema): Json[] =>
  field.enum ?? (field.anyOf ?? []).flatMap((one) => (one.const === undefined ? [] : [one.const]));

export const kindsOf = (field: FieldSchema): string[] =>
  (field.oneOf ?? []).map((option) => String(option.properties?.kind?.const));

/** Of several kinds the one that the value has; else the default's. */
export function optionOf(field: FieldSchema, value: Json | undefined): FieldSchema | undefined {
  if (!field.oneOf) return field;
  const chosen = isObject(value) ? value.kind : isObject(field.default) ? field.default.kind : undefined;
  return field.oneOf.find((option) => option.properties?.kind?.const === chosen);
}

/** Fields of a group in the order of the schema, without those that are not shown. */
export function partsOf(field: FieldSchema, value: Json | undefined): [string, FieldSchema][] {
  const option = optionOf(field, value);
  const named = option?.propertyNames?.enum;
  if (named && isObject(option.additionalProperties))
    return named.map((name) => [String(name), option.additionalProperties as FieldSchema]);
  return Object.entries(option?.properties ?? {}).filter(
    ([key, part]) => kindOf(part) !== "fixed" && key !== "$schema",
  );
}

export const isRequired = (field: FieldSchema, value: Json | undefined, key: string) =>
  optionOf(field, value)?.required?.includes(key) ?? false;

/** The field under a path of a scenario; undefined where the form knows none. */
export function fieldAt(path: Path, whole: Json | undefined): FieldSchema | undefined {
  let field: FieldSchema | undefined = scenarioFields;
  let value = whole;
  for (const key of path) {
    if (typeof key === "number") field = field?.items;
    else field = partsOf(field ?? {}, value).find(([name]) => name === key)?.[1];
    if (!field) return undefined;
    value = isObject(value) ? value[key] : Array.isArray(value) ? value[Number(key)] : undefined;
  }
  return field;
}

/** Where a problem is shown: at its own field, else at the nearest group or list around it; null: nowhere. */
export function placeOf(problemField: string, whole: Json | undefined): (string | number)[] | null {
  const path = readPath(problemField);
  for (let length = path.length; length > 0; length--) {
    const place = path.slice(0, length);
    const field = fieldAt(place, whole);
    if (field && !isInsideWords(place, whole)) return place;
  }
  return null;
}

const isInsideWords = (path: Path, whole: Json | undefined) =>
  typeof path.at(-1) === "number" && fieldAt(path, whole)?.type !== "object";

/** Defaults around a field that are not written down: a kind or a list that must be there before its parts. */
export function aroundOf(path: Path, whole: Json | undefined): [Path, Json][] {
  return path.flatMap((_, length): [Path, Json][] => {
    const at = path.slice(0, length);
    const fallback = fieldAt(at, whole)?.default;
    const matters = isObject(fallback) ? "kind" in fallback : Array.isArray(fallback);
    return fallback !== undefined && matters && getAt(whole, at) === undefined ? [[at, fallback]] : [];
  });
}

/** What a path holds, where lists and kinds that are left out stand as their default. */
export function valueAt(path: Path, whole: Json | undefined): Json | undefined {
  const written = getAt(whole, path);
  if (written !== undefined) return written;
  return getAt(
    aroundOf(path, whole).reduce((ready, [at, value]) => setAt(ready, at, value), whole),
    path,
  );
}

/** The least that a new group or entry holds: kinds and lists, for the reader to fill. */
export function startOf(field: FieldSchema): Json {
  const option = field.oneOf?.[0] ?? field;
  const start: JsonObject = {};
  for (const key of option.required ?? []) {
    const part = option.properties?.[key];
    if (part?.const !== undefined) start[key] = part.const;
    else if (part && (kindOf(part) === "group" || kindOf(part) === "list"))
      start[key] = kindOf(part) === "list" ? [startOf(part.items!)] : startOf(part);
  }
  return start;
}

/** The same group as another kind: what both kinds have stays. */
export function asKind(field: FieldSchema, value: Json | undefined, kind: string): Json {
  const option = field.oneOf!.find((one) => one.properties?.kind?.const === kind)!;
  const kept = Object.entries(isObject(value) ? value : {}).filter(
    ([key]) => key !== "kind" && key in (option.properties ?? {}),
  );
  return { ...(startOf(option) as JsonObject), ...Object.fromEntries(kept) };
}

export const unitOf = ({ unit, description }: FieldSchema): string => {
  const said = unit ?? / \[([^\]]*)\]$/.exec(description ?? "")?.[1] ?? "";
  return said === "1" ? "" : said === "deg" ? "°" : said;
};

export const helpOf = ({ description }: FieldSchema): string =>
  (description ?? "").replace(/ \[[^\]]*\]$/, "").replace(/^./, (first) => first.toUpperCase());

/** Range and default in one line. */
export function rangeOf(field: FieldSchema): string {
  const { minimum, maximum, default: fallback } = field;
  const kind = kindOf(field);
  const range = minimum === undefined ? "" : `${figure(minimum)} … ${figure(maximum!)}`;
  const left = fallback === undefined || kind === "words" ? "" : `default ${shown(fallback)}`;
  return [range, kind === "choice" || kind === "switch" ? "" : left].filter(Boolean).join(", ");
}

export const figure = (value: number) =>
  value.toLocaleString("en", { maximumFractionDigits: 7 }).replace(/^-/, "−");

export function shown(value: Json | undefined): string {
  if (value === undefined) return "–";
  if (value === "") return "nothing";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number") return figure(value);
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.length === 1 ? "1 entry" : `${figure(value.length)} entries`;
  return isObject(value) && typeof value.kind === "string" ? value.kind : JSON.stringify(value);
}
