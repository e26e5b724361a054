import { createStore } from "zustand/vanilla";
import { BadInput } from "../../shared/errors.ts";
import type { Problem } from "../../shared/errors.ts";
import type { OperationInput, OperationOutput } from "../../shared/operations.ts";
import type { Scenario } from "../../shared/scenario.ts";
import { call } from "./client.ts";
import {
  beginEdits,
  editAll,
  editAt,
  isDirty,
  isObject,
  redoEdit,
  sealEdits,
  undoEdit,
} from "./draftEdits.ts";
import type { Around, Edits, Json, JsonObject, Path } from "./draftEdits.ts";
import { areForModel, giveModelFile } from "./importModel.ts";
import { recall, remember } from "./memory.ts";
import { openFinding, openPlan } from "./view.ts";

type Bundled = OperationOutput<"scenarios.list">[number];
export type Inspection = OperationOutput<"elements.inspect">;

/** A scenario of the reader's own, as its file says it. */
export interface OwnScenario {
  name: string;
  path: string;
  /** null: it has problems, or they are not known yet */
  scenario: Scenario | null;
  problems: Problem[];
  /** null: its text is not JSON, so it cannot be edited here */
  edits: Edits | null;
}

/** What will be planned next. Kept outside the panel, so that folding it away loses nothing. */
export interface Draft {
  bundled: Bundled[];
  /** name of the bundled scenario chosen; null where a file was given */
  name: string | null;
  file: OwnScenario | null;
  /** what was put aside with edits that are in no file */
  aside: OwnScenario | null;
  /** the form is open */
  editing: boolean;
  /** the last edit has not been checked yet */
  checking: boolean;
  elements: {
    name: string;
    path: string;
    text: string;
    found: Inspection | null;
    problems: Problem[];
  } | null;
  /** null: the scenario's own; NaN: something wrong was typed */
  seed: number | null;
  reading: boolean;
  error: Error | null;
}

export const draft = createStore<Draft>(() => ({
  bundled: [],
  name: null,
  file: null,
  aside: null,
  editing: false,
  checking: false,
  elements: null,
  seed: null,
  reading: false,
  error: null,
}));

export async function loadBundled(): Promise<void> {
  try {
    const bundled = await call("scenarios.list", {});
    draft.setState(({ name, file }) => ({
      bundled,
      name: name ?? (file ? null : (bundled[0]?.name ?? null)),
    }));
    if (!draft.getState().file) await recallDraft();
  } catch (error) {
    draft.setState({ error: error as Error });
  }
}

export function chooseBundled(name: string): void {
  putAside();
  draft.setState({ name, file: null, editing: false, error: null });
}

export const setSeed = (seed: number | null) => draft.setState({ seed });
export const dropElements = () => draft.setState({ elements: null });

export function dropScenario(): void {
  putAside();
  draft.setState(({ bundled }) => ({ file: null, editing: false, name: bundled[0]?.name ?? null }));
}

/** What the reader typed is not lost by looking at something else. */
function putAside(): void {
  stopChecking();
  remember(MEMORY, "");
  const { file } = draft.getState();
  if (file?.edits && isDirty(file.edits)) draft.setState({ aside: file });
}

export function takeBack(): void {
  const { aside } = draft.getState();
  if (!aside) return;
  putAside();
  draft.setState(({ aside: next }) => ({ file: aside, name: null, aside: next === aside ? null : next }));
  checkSoon(0);
}

/** Element files carry mean elements or the two lines; everything else in JSON is taken for a scenario. */
export function looksLikeScenario(name: string, text: string): boolean {
  if (/"constellation"\s*:\s*\{/.test(text)) return true;
  return (
    /\.json$/i.test(name) && text.trimStart().startsWith("{") && !/MEAN_MOTION|"(TLE_)?LINE1"/i.test(text)
  );
}

/** Reads a dropped or chosen file, whichever of the two it is. */
export async function readFile(file: File): Promise<void> {
  draft.setState({ reading: true, error: null });
  try {
    const text = await file.text();
    // where the file lies is known in the desktop only
    const place = { name: file.name, path: window.beamwalk?.pathOfFile(file) || file.name };
    if (looksLikeScenario(file.name, text)) await readScenario(place, text);
    else await readElements(place, text);
  } catch (error) {
    draft.setState({ error: error as Error });
  } finally {
    draft.setState({ reading: false });
  }
}

/** Reads a file wherever on the page it is dropped; the browser would leave the page for it. */
export function listenToDrops(): () => void {
  const stop = new AbortController();
  const take = (event: DragEvent) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    if (event.type !== "drop") return;
    const files = [...event.dataTransfer.files];
    if (areForModel(files)) {
      openFinding("learn");
      for (const file of files) void giveModelFile(file);
      return;
    }
    openPlan();
    for (const file of files) void readFile(file);
  };
  addEventListener("dragover", take, { signal: stop.signal });
  addEventListener("drop", take, { signal: stop.signal });
  return () => stop.abort();
}

interface Place {
  name: string;
  path: string;
}

async function readScenario(place: Place, text: string): Promise<void> {
  const { scenario, problems } = await call("scenarios.check", { text });
  const written = readJson(text);
  putAside();
  draft.setState(({ editing }) => ({
    file: { ...place, scenario, problems, edits: written && beginEdits(written, written) },
    name: null,
    editing: editing && written !== null,
  }));
  keepDraft();
}

export function readJson(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ""));
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

/** Opens the form; a sample is taken as it is and becomes one's own with the first edit. */
export async function openForm(): Promise<void> {
  const { file, name } = draft.getState();
  if (file || name === null) return draft.setState({ editing: file?.edits != null });
  try {
    const scenario = await call("scenarios.get", { name });
    const now = draft.getState();
    if (now.file || now.name !== name) return;
    const written = scenario as unknown as JsonObject;
    const own = { name: `${name}.json`, path: name, scenario, problems: [] };
    draft.setState({ file: { ...own, edits: beginEdits(written, written) }, name: null, editing: true });
  } catch (error) {
    draft.setState({ error: error as Error });
  }
}

export const closeForm = () => draft.setState({ editing: false });

export const edit = (path: Path, value: Json | undefined, around?: Around) =>
  change((edits) => editAt(edits, path, value, around));
export const editWhole = (make: (scenario: JsonObject) => JsonObject) =>
  change((edits) => editAll(edits, make(edits.now)));
export const undo = () => change(undoEdit);
export const redo = () => change(redoEdit);
/** The reader left the field. */
export const seal = () => change(sealEdits);

export const markSaved = () => {
  change((edits) => ({ ...sealEdits(edits), saved: edits.now }));
  keepDraft();
};

/** A copy under its own name; the original is put aside where it has edits that are in no file. */
export function duplicate(): void {
  const { file } = draft.getState();
  if (!file?.edits) return;
  const { now } = file.edits;
  const name = copyName(typeof now.name === "string" ? now.name : "scenario");
  putAside();
  draft.setState({
    file: { ...file, name: `${name}.json`, path: name, edits: beginEdits({ ...now, name }, null) },
  });
  checkSoon(0);
}

const LONGEST_NAME = 64;

/** `small`, `small-copy`, `small-copy-2` … */
export function copyName(name: string): string {
  const [, stem = name, , number] = /^(.*?)(-copy(?:-(\d+))?)?$/.exec(name) ?? [];
  const copies = name.endsWith("-copy") ? 1 : Number(number ?? 0);
  const end = copies === 0 ? "-copy" : `-copy-${copies + 1}`;
  return stem.slice(0, LONGEST_NAME - end.length) + end;
}

function change(make: (edits: Edits) => Edits): void {
  const { file } = draft.getState();
  if (!file?.edits) return;
  const edits = make(file.edits);
  if (edits === file.edits) return;
  draft.setState({ file: { ...file, edits } });
  if (edits.now !== file.edits.now) checkSoon(CHECK_AFTER_MS);
}

const CHECK_AFTER_MS = 200;
let checkTimer: ReturnType<typeof setTimeout> | undefined;

/** Until the answer is here, nothing can be planned: what it says belongs to what was typed before. */
function checkSoon(afterMs: number): void {
  draft.setState({ checking: true });
  clearTimeout(checkTimer);
  checkTimer = setTimeout(() => void check(), afterMs);
}

function stopChecking(): void {
  clearTimeout(checkTimer);
  draft.setState({ checking: false });
}

async function check(): Promise<void> {
  keepDraft();
  const asked = draft.getState().file?.edits?.now;
  if (!asked) return;
  const isLate = () => draft.getState().file?.edits?.now !== asked;
  try {
    const found = await call("scenarios.check", { text: JSON.stringify(asked) });
    if (isLate()) return;
    draft.setState(({ file }) => ({ file: file && { ...file, ...found }, checking: false, error: null }));
  } catch (error) {
    if (isLate()) return;
    draft.setState(({ file }) => ({
      file: file && { ...file, scenario: null },
      checking: false,
      error: error as Error,
    }));
  }
}

const MEMORY = "draft";

/** So that a reload finds it again. */
function keepDraft(): void {
  const { file } = draft.getState();
  if (!file?.edits) return remember(MEMORY, "");
  const { name, path, edits } = file;
  remember(MEMORY, JSON.stringify({ name, path, now: edits.now, saved: !isDirty(edits) }));
}

async function recallDraft(): Promise<void> {
  const kept = readJson(recall(MEMORY) ?? "");
  if (!kept || !isObject(kept.now)) return;
  const { now, saved } = kept;
  const { scenario, problems } = await call("scenarios.check", { text: JSON.stringify(now) });
  if (draft.getState().file) return;
  draft.setState({
    file: {
      name: String(kept.name),
      path: String(kept.path),
      scenario,
      problems,
      edits: beginEdits(now, saved === true ? now : null),
    },
    name: null,
  });
}

async function readElements(place: Place, text: string): Promise<void> {
  try {
    draft.setState({ elements: { ...place, text, found: null, problems: [] } });
    const found = await call("elements.inspect", { name: place.name, text });
    draft.setState({ elements: { ...place, text, found, problems: [] } });
    if (found.accepted > 0) chooseSampleForElements();
  } catch (error) {
    if (!(error instanceof BadInput)) {
      draft.setState({ elements: null });
      throw error;
    }
    draft.setState({ elements: { ...place, text, found: null, problems: error.problems } });
  }
}

/** Someone who gives orbits wants them used: a sample that brings its own makes way for one that takes them. */
function chooseSampleForElements(): void {
  const now = draft.getState();
  const fitting = now.bundled.find((b) => b.needsElements);
  if (!now.file && !wantsElements(now) && fitting) draft.setState({ name: fitting.name });
}

export const wantsElements = ({ name, file, bundled }: Draft) =>
  file
    ? file.scenario?.constellation.kind === "elements"
    : (bundled.find((b) => b.name === name)?.needsElements ?? false);

/** What to ask for, or why it cannot be asked yet. */
export function planInput(now: Draft): OperationInput<"plan"> | { missing: string } {
  const { name, file, checking, elements, seed } = now;
  if (file && checking) return { missing: "The scenario is being checked …" };
  if (file && !file.scenario) return { missing: "The scenario has problems: mend them first." };
  if (!file && name === null) return { missing: "Choose a scenario first." };
  if (Number.isNaN(seed)) return { missing: "Mend the seed first." };
  if (wantsElements(now) && !elements?.found?.accepted)
    return { missing: "This scenario needs an element file: drop a TLE or OMM file." };
  return {
    ...(file ? { scenario: file.scenario } : { name: name! }),
    ...(wantsElements(now) && elements ? { elements: { name: elements.name, text: elements.text } } : {}),
    ...(seed === null ? {} : { seed }),
  };
}
