/** What is wrong with a value by its schema, in plain words. */
import type { z } from "zod";

type Issue = z.core.$ZodIssue;

/** What stands in a tree under a path; undefined where it ends before. */
export const valueAt = (data: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (at, key) =>
      typeof at === "object" && at !== null ? (at as Record<PropertyKey, unknown>)[key] : undefined,
    data,
  );

/** A value as JSON, shortened. */
export function shown(value: unknown): string {
  const text = typeof value === "number" ? String(value) : (JSON.stringify(value) ?? String(value));
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

const KINDS: Record<string, string> = {
  integer: "a whole number",
  int: "a whole number",
  number: "a number",
  string: "a text",
  array: "a list",
  object: "an object { … }",
  record: "an object { … }",
  boolean: "true or false",
};
/** A type of JSON Schema or of zod. */
export const kindWords = (type: string) => KINDS[type] ?? type;

/** @param unit of the value, empty where it has none; `type` that the schema asks for, where it says more than the issue */
export function issueReason(issue: Issue, value: unknown, unit = "", type?: string): string {
  if (value === undefined) return "missing";
  const named = unit && ` ${unit}`;
  const text = shown(value);
  const size = typeof value === "string" ? "characters" : "entries";
  switch (issue.code) {
    case "too_small":
      if (typeof value === "number") return `${text}${named} is below ${issue.minimum}${named}`;
      return `${text} has fewer than ${issue.minimum} ${size}`;
    case "too_big":
      if (typeof value === "number") return `${text}${named} is above ${issue.maximum}${named}`;
      return `${text} has more than ${issue.maximum} ${size}`;
    case "invalid_type":
      return `${text} is not ${kindWords(type ?? issue.expected)}`;
    case "invalid_format":
      return `${text} does not have the right form`;
    case "unrecognized_keys":
      return `has the unknown ${issue.keys.length === 1 ? "field" : "fields"} ${issue.keys.join(", ")}`;
    default:
      return `${text} is not one of the values allowed`;
  }
}
