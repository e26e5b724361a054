/** Edits of a scenario as it stands in its file, with undo and redo. What nobody edits stays as it was. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };
export type Path = readonly (string | number)[];

export interface Edits {
  now: JsonObject;
  past: readonly JsonObject[];
  future: readonly JsonObject[];
  /** where the last edit goes on: the next one there is the same step of undo */
  open: string | null;
  /** as last read from or written to a file; null: never */
  saved: JsonObject | null;
}

const MOST_STEPS = 200;

export const beginEdits = (now: JsonObject, saved: JsonObject | null): Edits => ({
  now,
  past: [],
  future: [],
  open: null,
  saved,
});

export const isDirty = (edits: Edits) => edits.now !== edits.saved;

/** What must stand around a field before it can be set: defaults that were not written down. */
export type Around = readonly (readonly [path: Path, value: Json])[];

/** Puts a value in its place, or takes the field out where it is undefined. Typing on in one field is one step. */
export function editAt(edits: Edits, path: Path, value: Json | undefined, around: Around = []): Edits {
  if (getAt(edits.now, path) === value) return edits;
  const open = pathText(path);
  const ready = around.reduce<Json | undefined>((whole, [at, put]) => setAt(whole, at, put), edits.now);
  const now = setAt(ready, path, value) as JsonObject;
  return { ...push(edits, now, open === edits.open), open };
}

/** Many fields in one step. */
export const editAll = (edits: Edits, now: JsonObject): Edits => push(edits, now, false);

/** The next edit is a step of its own, even in the same field. */
export const sealEdits = (edits: Edits): Edits => (edits.open === null ? edits : { ...edits, open: null });

const push = (edits: Edits, now: JsonObject, sameStep: boolean): Edits => ({
  ...edits,
  now,
  past: sameStep ? edits.past : [...edits.past, edits.now].slice(-MOST_STEPS),
  future: [],
  open: null,
});

export function undoEdit(edits: Edits): Edits {
  const now = edits.past.at(-1);
  if (!now) return edits;
  return { ...edits, now, past: edits.past.slice(0, -1), future: [edits.now, ...edits.future], open: null };
}

export function redoEdit(edits: Edits): Edits {
  const [now, ...future] = edits.future;
  if (!now) return edits;
  return { ...edits, now, past: [...edits.past, edits.now], future, open: null };
}

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export function getAt(value: Json | undefined, path: Path): Json | undefined {
  let at = value;
  for (const key of path) {
    if (Array.isArray(at)) at = at[Number(key)];
    else if (isObject(at) && Object.hasOwn(at, key)) at = at[key];
    else return undefined;
  }
  return at;
}

/** A copy with the value at the path; lists and objects on the way are made where they are missing. */
export function setAt(whole: Json | undefined, path: Path, value: Json | undefined): Json | undefined {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (typeof key === "number") {
    const list = Array.isArray(whole) ? whole : [];
    const inner = setAt(list[key], rest, value);
    return inner === undefined ? list.toSpliced(key, 1) : list.toSpliced(key, 1, inner);
  }
  const record = isObject(whole) ? whole : {};
  const inner = setAt(record[key], rest, value);
  if (inner !== undefined) return { ...record, [key]: inner };
  const { [key]: _, ...others } = record;
  return others;
}

/** As the program names a field in what it says about a scenario: `users.classes[0].share`. */
export const pathText = (path: Path) =>
  path.map((key, i) => (typeof key === "number" ? `[${key}]` : (i > 0 ? "." : "") + key)).join("");

export const readPath = (text: string): (string | number)[] =>
  [...text.matchAll(/\[(\d+)\]|([^.[\]]+)/g)].map(([, index, key]) =>
    index === undefined ? key! : Number(index),
  );
