import { createStore } from "zustand/vanilla";
import { pause, seek } from "./clock.ts";
import { chooseBundled, draft, planInput } from "./draft.ts";
import { isUnderWay, job, startPlan } from "./job.ts";
import { openRun, runs } from "./runs.ts";
import { TOURS } from "./tour-list.ts";
import type { Instant, Look, Tour } from "./tour-list.ts";
import {
  FIRST_LAYERS,
  openHandover,
  selectCell,
  selectSatellite,
  setColourBy,
  setLayers,
  view,
} from "./view.ts";
import type { Layer } from "./view.ts";

interface Tours {
  open: Tour | null;
  step: number;
  /** goes on by itself */
  auto: boolean;
  /** no run of the scenario is kept */
  missing: boolean;
  /** where the step looks from; a new object each time, so that the globe follows */
  look: Look | null;
  error: Error | null;
}

const CLOSED: Tours = { open: null, step: 0, auto: false, missing: false, look: null, error: null };

export const tour = createStore<Tours>(() => CLOSED);

/** Long enough to read a caption. */
export const AUTO_S = 9;

/** The latest finished run of a scenario. */
export function runOf<R extends { scenario: string; status: string; createdMs: number }>(
  list: readonly R[],
  scenario: string,
): R | null {
  const kept = list.filter((r) => r.scenario === scenario && r.status === "finished");
  return kept.toSorted((a, b) => b.createdMs - a.createdMs)[0] ?? null;
}

interface Where {
  startS: number;
  markS: number;
  endS: number;
  peakAtS: number;
  peakCell: number;
}

export function secondOf(at: Instant, { startS, markS, endS, peakAtS }: Where): number {
  if (typeof at === "number") return Math.min(at, endS);
  return { start: startS, mark: markS, peak: peakAtS, end: endS }[at];
}

export async function startTour(id: string): Promise<void> {
  const open = TOURS.find((t) => t.id === id);
  if (!open) throw new Error(`There is no tour "${id}".`);
  tour.setState({ ...CLOSED, open });
  const run = runOf(runs.getState().list ?? [], open.scenario);
  if (!run) return tour.setState({ missing: true });
  await begin(run.run);
}

async function begin(run: string): Promise<void> {
  if (runs.getState().current?.record.run !== run) await openRun(run);
  if (runs.getState().current?.record.run !== run) return;
  tour.setState({ missing: false });
  goToStep(0);
}

/** Plans the scenario of the open tour, which begins once that is done. */
export async function planTour(): Promise<void> {
  const { open } = tour.getState();
  if (!open || isUnderWay(job.getState().job)) return;
  chooseBundled(open.scenario);
  const input = planInput(draft.getState());
  if ("missing" in input) return tour.setState({ error: new Error(input.missing) });
  await startPlan(input);
  const { current } = runs.getState();
  if (tour.getState().open === open && current?.record.scenario === open.scenario)
    await begin(current.record.run);
}

export function goToStep(number: number): void {
  const { open, auto } = tour.getState();
  const { current } = runs.getState();
  const step = open?.steps[number];
  if (!open || !step || !current) return;
  const { record, endS } = current;
  const found = record.summary?.handovers;
  const where = {
    startS: 0,
    markS: record.markS,
    endS,
    peakAtS: found?.peakAtS ?? record.markS,
    peakCell: found?.peakCell ?? 0,
  };
  pause();
  seek(secondOf(step.at, where));
  openHandover(null);
  selectSatellite(null);
  const cell = step.cell === "peak" ? where.peakCell || null : (step.cell ?? null);
  if (cell !== view.getState().cell) selectCell(cell);
  setColourBy(step.colourBy ?? "cell");
  const layers = Object.keys(FIRST_LAYERS) as Layer[];
  setLayers(Object.fromEntries(layers.map((layer) => [layer, step.layers.includes(layer)])));
  const look = typeof step.look === "string" ? step.look : { ...step.look };
  // a look in words is told again though it is the same
  tour.setState({ look: null });
  tour.setState({ step: number, look, auto: auto && number + 1 < open.steps.length });
}

export const nextStep = () => goToStep(tour.getState().step + 1);
export const previousStep = () => goToStep(tour.getState().step - 1);
export const toggleAuto = () => tour.setState(({ auto }) => ({ auto: !auto }));

/** The layers go back to what a run shows at first. */
export function endTour(): void {
  tour.setState(CLOSED);
  setLayers(FIRST_LAYERS);
  if (view.getState().colourBy === "leave") setColourBy("cell");
}
