import { useMemo } from "react";
import { useStore } from "zustand";
import { draft } from "../../session/draft.ts";
import type { Draft } from "../../session/draft.ts";
import { pathText } from "../../session/draftEdits.ts";
import type { JsonObject, Path } from "../../session/draftEdits.ts";
import type { Problem } from "../../../shared/errors.ts";
import { placeOf } from "./schema.ts";

export interface Placed {
  problem: Problem;
  /** the field or group where it is shown; null: the form has none for it */
  path: Path | null;
  text: string | null;
}

const NONE: readonly Placed[] = [];
let last: { problems: Problem[]; now: JsonObject | undefined; placed: readonly Placed[] } | null = null;

/** Every problem of the scenario with its place; computed once for all fields. */
export function placedProblems({ file }: Pick<Draft, "file">): readonly Placed[] {
  if (!file?.problems.length) return NONE;
  const { problems, edits } = file;
  if (last?.problems !== problems || last.now !== edits?.now)
    last = { problems, now: edits?.now, placed: place(problems, edits?.now) };
  return last.placed;
}

export const place = (problems: readonly Problem[], whole: JsonObject | undefined): Placed[] =>
  problems.map((problem) => {
    const path = placeOf(problem.field, whole);
    return { problem, path, text: path && pathText(path) };
  });

export function useProblemsAt(path: Path): readonly Problem[] {
  const placed = useStore(draft, placedProblems);
  const text = pathText(path);
  return useMemo(
    () => placed.filter((one) => one.text === text).map(({ problem }) => problem),
    [placed, text],
  );
}

/** How many problems a group holds, at itself and below. */
export function useProblemsUnder(path: Path): number {
  const text = pathText(path);
  return useStore(draft, (s) => placedProblems(s).filter((one) => isUnder(one.text, text)).length);
}

const isUnder = (text: string | null, group: string) =>
  text !== null && (text === group || text.startsWith(`${group}.`) || text.startsWith(`${group}[`));
