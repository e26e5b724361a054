import { compileMission } from "../scenario/compile.ts";
import { requireScenario } from "../scenario/check.ts";
import { readElements } from "../scenario/elements.ts";
import type { Track } from "../orbit/track.ts";
import type { Columns } from "../../shared/columns.ts";
import type { Mission } from "../../shared/mission.ts";

/** What the studies of a kept run read; the store's reader offers it. */
export interface RunSource {
  run(id: string): { run: string; stepS: number; stepsTotal: number; stepsDone: number };
  scenarioText(run: string): {
    scenarioText: string;
    elementsName: string | null;
    elementsText: string | null;
    seed: number;
  };
  satellites(run: string): { columns: Columns; meta: Record<string, unknown> };
}

/** Mission and track of a run, compiled again from what was kept. */
export function reopen(source: RunSource, id: string): { mission: Mission; track: Track } {
  const { scenarioText, elementsName, elementsText, seed } = source.scenarioText(id);
  const elements = elementsText === null ? null : readElements(elementsText, elementsName ?? undefined);
  const mission = compileMission(requireScenario(scenarioText), elements, seed);
  const { columns, meta } = source.satellites(id);
  const count = mission.satellites.length;
  const track: Track = {
    firstS: Number(meta.firstS),
    knotS: Number(meta.knotS),
    knots: Number(meta.knots),
    count,
    state: columns.knots as Float64Array<ArrayBuffer>,
    lost: Array.from({ length: count }, () => null),
  };
  return { mission, track };
}
