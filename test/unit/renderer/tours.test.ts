import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { clock, setRange } from "../../../src/renderer/session/clock.ts";
import { draft } from "../../../src/renderer/session/draft.ts";
import type { LoadedRun } from "../../../src/renderer/session/loadRun.ts";
import { runs } from "../../../src/renderer/session/runs.ts";
import { TOURS } from "../../../src/renderer/session/tour-list.ts";
import {
  endTour,
  goToStep,
  nextStep,
  previousStep,
  runOf,
  secondOf,
  startTour,
  toggleAuto,
  tour,
} from "../../../src/renderer/session/tours.ts";
import { FIRST_LAYERS, view } from "../../../src/renderer/session/view.ts";

const kept = (run: string, scenario: string, status: string, createdMs: number) => ({
  run,
  scenario,
  status,
  createdMs,
});

const storm = TOURS.find(({ id }) => id === "storm")!;

function open(): void {
  const record = {
    ...kept("europe-1", storm.scenario, "finished", 5),
    markS: 60,
    startMs: 0,
    summary: { handovers: { total: 9, peakAtS: 41, peakCell: 12 } },
  };
  const current = {
    record,
    endS: 119,
    events: { ue: [] },
    frames: { retry: () => false },
    footprints: { retry: () => false },
  };
  runs.setState({ list: [record] as never, current: current as unknown as LoadedRun });
  setRange(119, 1, 0, () => true);
}

beforeEach(() => {
  // no program answers here: what a layer asks for stays on its way
  vi.stubGlobal("fetch", () => new Promise(() => {}));
});
afterEach(() => {
  endTour();
  runs.setState({ list: null, current: null });
  vi.unstubAllGlobals();
});

describe("the bundled tours", () => {
  const folder = join(import.meta.dirname, "../../../resources/scenarios");
  const scenarios = readdirSync(folder).map(
    (name) =>
      JSON.parse(readFileSync(join(folder, name), "utf8")) as {
        name: string;
        constellation: { kind: string };
      },
  );

  it.each(TOURS)("$id leads through a scenario that can be planned without a file", ({ scenario, steps }) => {
    const found = scenarios.find(({ name }) => name === scenario);
    expect(found).toBeDefined();
    expect(found!.constellation.kind).not.toBe("elements");
    expect(steps.length).toBeGreaterThan(2);
  });
});

describe("a tour", () => {
  it("takes the latest finished run of its scenario", () => {
    const list = [
      kept("old", "a", "finished", 1),
      kept("new", "a", "finished", 3),
      kept("broken", "a", "interrupted", 9),
      kept("other", "b", "finished", 9),
    ];
    expect(runOf(list, "a")?.run).toBe("new");
    expect(runOf(list, "c")).toBeNull();
  });

  it("says that a run is missing where none is kept, and plans nothing by itself", async () => {
    runs.setState({ list: [] });
    await startTour("storm");
    expect(tour.getState()).toMatchObject({ open: storm, missing: true });
    expect(draft.getState().name).toBeNull();
  });

  it("sets clock, cell, colours and layers of each step, and nothing of the step before stays", async () => {
    open();
    await startTour("storm");
    expect(tour.getState()).toMatchObject({ step: 0, missing: false, look: "earth" });
    expect(view.getState().layers).toMatchObject({
      satellites: true,
      cells: false,
      daylight: true,
      heat: false,
    });
    goToStep(3);
    expect(clock.getState()).toMatchObject({ timeS: 41, playing: false });
    expect(view.getState()).toMatchObject({ cell: 12, colourBy: "cell" });
    expect(view.getState().layers).toMatchObject({ daylight: false, heat: true });
    previousStep();
    expect(clock.getState().timeS).toBe(60);
    expect(view.getState().cell).toBeNull();
    expect(view.getState().layers).toMatchObject({ feeders: true, heat: false });
  });

  it("stays within its steps, and its play ends with the last one", async () => {
    open();
    await startTour("storm");
    previousStep();
    expect(tour.getState().step).toBe(0);
    toggleAuto();
    for (let i = 0; i < 9; i++) nextStep();
    expect(tour.getState()).toMatchObject({ step: storm.steps.length - 1, auto: false });
  });

  it("looks anew at a step that looks from the same place as the one before", async () => {
    open();
    await startTour("storm");
    nextStep();
    const looks: unknown[] = [];
    const stop = tour.subscribe(({ look }, before) => look !== before.look && look && looks.push(look));
    nextStep();
    stop();
    expect(looks).toEqual(["users"]);
  });

  it("leaves no layer behind", async () => {
    open();
    await startTour("storm");
    endTour();
    expect(view.getState().layers).toEqual(FIRST_LAYERS);
    expect(tour.getState().open).toBeNull();
  });

  it("finds its instants in the run, none after its end", () => {
    const where = { startS: 0, markS: 60, endS: 119, peakAtS: 41, peakCell: 1 };
    expect((["start", "mark", "peak", "end", 500] as const).map((at) => secondOf(at, where))).toEqual([
      0, 60, 41, 119, 119,
    ]);
  });
});
