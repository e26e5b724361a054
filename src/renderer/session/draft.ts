import { createStore } from "zustand/vanilla";
import { BadInput } from "../../shared/errors.ts";
import type { Problem } from "../../shared/errors.ts";
import type { OperationInput, OperationOutput } from "../../shared/operations.ts";
import type { Scenario } from "../../shared/scenario.ts";
import { call } from "./client.ts";
import { openPlan } from "./view.ts";

type Bundled = OperationOutput<"scenarios.list">[number];
export type Inspection = OperationOutput<"elements.inspect">;

/** What will be planned next. Kept outside the panel, so that folding it away loses nothing. */
export interface Draft {
  bundled: Bundled[];
  /** name of the bundled scenario chosen; null where a file was given */
  name: string | null;
  file: { name: string; path: string; scenario: Scenario | null; problems: Problem[] } | null;
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
  } catch (error) {
    draft.setState({ error: error as Error });
  }
}

export const chooseBundled = (name: string) => draft.setState({ name, file: null, error: null });
export const setSeed = (seed: number | null) => draft.setState({ seed });
export const dropElements = () => draft.setState({ elements: null });

export function dropScenario(): void {
  draft.setState(({ bundled }) => ({ file: null, name: bundled[0]?.name ?? null }));
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
    openPlan();
    for (const file of event.dataTransfer.files) void readFile(file);
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
  draft.setState({ file: { ...place, scenario, problems }, name: null });
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
  const { name, file, elements, seed } = now;
  if (file && !file.scenario)
    return { missing: "The scenario file has problems: mend them and choose it again." };
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
