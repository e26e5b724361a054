import type { z } from "zod";
import type { Problem } from "../../shared/errors.ts";
import { issueReason, kindWords, shown } from "../../shared/issues.ts";
import { scenarioJsonSchema, type SchemaNode } from "./schema-node.ts";

type Issue = z.core.$ZodIssue;

/** One problem in a planner's words: the field, the value found, and what would be right. */
export function explain(issue: Issue, data: unknown): Problem[] {
  const { node, value } = walk(issue.path, data);
  const field = pathText(issue.path);
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => ({
      field: pathText([...issue.path, key]),
      reason: "unknown field",
      remedy: unknownRemedy(key, keysOf(node)),
    }));
  const remedy = node ? `${expectation(node)}.` : "Compare with resources/scenario.schema.json.";
  return [{ field, reason: issueReason(issue, value, unitOf(node), node?.type), remedy }];
}

const unitOf = (node: SchemaNode | undefined) => (node?.unit && node.unit !== "1" ? node.unit : "");

/** Of an object its fields, of a record the keys that it may have. */
const keysOf = (node: SchemaNode | undefined) =>
  node?.propertyNames?.enum ?? Object.keys(node?.properties ?? {});

/** What a field takes: kind, range, unit, meaning and default. */
export function expectation(node: SchemaNode): string {
  const choices = choicesOf(node);
  const about = node.description?.replace(/ \[[^\]]*\]$/, "");
  const meaning = about ? `: ${about}` : "";
  if (node.oneOf) return `Give an object whose kind is ${eitherOf(kindsOf(node).map(shown))}${meaning}`;
  const fallback = node.default === undefined ? "" : ` (${shown(node.default)} when left out)`;
  if (choices.length > 0) return `Give ${eitherOf(choices.map(shown))}${fallback}${meaning}`;
  return `Give ${kindWords(node.type ?? "a value")}${rangeOf(node)}${fallback}${meaning}`;
}

const kindsOf = (union: SchemaNode) => (union.oneOf ?? []).map((option) => option.properties?.kind.const);

function rangeOf(node: SchemaNode): string {
  const { minimum, maximum, minItems, maxItems, maxLength } = node;
  const unit = unitOf(node);
  const named = unit && ` ${unit}`;
  if (minimum !== undefined) return ` from ${minimum} to ${maximum}${named}`;
  if (minItems !== undefined && maxItems !== undefined) return ` of ${minItems} to ${maxItems} entries`;
  if (minItems !== undefined) return ` of at least ${minItems} entries`;
  return maxLength === undefined ? "" : ` of at most ${maxLength} characters`;
}

function choicesOf(node: SchemaNode): unknown[] {
  if (node.enum) return node.enum;
  if (node.const !== undefined) return [node.const];
  return (node.anyOf ?? node.oneOf ?? []).flatMap(choicesOf);
}

/** Follows the path through schema and data together; the data tells which member of a union is meant. */
function walk(path: PropertyKey[], data: unknown): { node: SchemaNode | undefined; value: unknown } {
  let node: SchemaNode | undefined = member(scenarioJsonSchema, data);
  let value = data;
  path.forEach((key, depth) => {
    value =
      typeof value === "object" && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined;
    const next = child(node, key);
    const whole = depth === path.length - 1 && value === undefined;
    node = next && !whole ? member(next, value) : next;
  });
  return { node, value };
}

/** What stands under a key; of a union whose kind is not known, all the values the key may have. */
function child(node: SchemaNode | undefined, key: PropertyKey): SchemaNode | undefined {
  if (node?.oneOf) return { enum: node.oneOf.map((option) => option.properties?.[String(key)]?.const) };
  if (typeof key === "number") return node?.items;
  const more = node?.additionalProperties;
  return node?.properties?.[String(key)] ?? (typeof more === "object" ? more : undefined);
}

/** The option of a union whose fixed fields are those of the value; the node itself where none fits. */
function member(node: SchemaNode, value: unknown): SchemaNode {
  const record = (value ?? {}) as Record<string, unknown>;
  const fits = (option: SchemaNode) =>
    Object.entries(option.properties ?? {}).some(
      ([key, p]) => p.const !== undefined && p.const === record[key],
    );
  return node.oneOf?.find(fits) ?? node;
}

const pathText = (path: PropertyKey[]) =>
  path.length === 0
    ? "(the file)"
    : path
        .map((key, i) => (typeof key === "number" ? `[${key}]` : (i > 0 ? "." : "") + String(key)))
        .join("");

function unknownRemedy(key: string, known: string[]): string {
  const distances = known.map((name) => editDistance(key.toLowerCase(), name.toLowerCase()));
  const least = Math.min(...distances);
  const near =
    least <= Math.max(2, key.length / 2) ? `Did you mean "${known[distances.indexOf(least)]}"? ` : "";
  return `${near}Known here: ${known.join(", ")}.`;
}

/** Levenshtein distance. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next[j] = Math.min(next[j - 1] + 1, row[j] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
    row = next;
  }
  return row[b.length];
}

/** "1, 2 or 3" */
const eitherOf = (words: string[]) => words.join(", ").replace(/, ([^,]*)$/, " or $1");
