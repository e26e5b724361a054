/**
 * Writes a run of any size into a database, as a plan would: true satellites, UEs and frames made up. Takes its path and
 * that of a `BigRun` as JSON. The tests of speed need the size of a run, not hours of planning.
 */
import { readFileSync } from "node:fs";
import { Random } from "../../src/main/math/random.ts";
import { buildTrack } from "../../src/main/orbit/track.ts";
import { requireScenario } from "../../src/main/scenario/check.ts";
import { compileMission } from "../../src/main/scenario/compile.ts";
import { RunWriter } from "../../src/main/store/writer.ts";
import { emptyBlock, packCell, stepsPerBlock } from "../../src/shared/frame.ts";
import type { EventColumns, FrameBlock } from "../../src/shared/frame.ts";

export interface BigRun {
  run: string;
  scenario: object;
  ues: number;
  steps: number;
  /** how many cells serve */
  cells: number;
  eventsPerStep: number;
}

const [path, recipe] = process.argv.slice(2);
write(path!, JSON.parse(readFileSync(recipe!, "utf8")) as BigRun);

function write(db: string, { run, scenario, ues, steps, cells, eventsPerStep }: BigRun): void {
  const scenarioText = JSON.stringify(scenario);
  const mission = compileMission(requireScenario(scenarioText), null, 1);
  const { firstS, knotS, knots, state } = buildTrack(mission.satellites, mission.startMs, steps - 1);
  const names = mission.satellites.map(({ name }) => name);
  const random = new Random(1, "big run");
  const spread = (middle: number, halfWidth: number) =>
    Float64Array.from({ length: ues }, () => middle + (2 * random.next() - 1) * halfWidth);
  const writer = new RunWriter(db);
  writer.begin({
    run,
    scenario: "big",
    title: "A run of any size",
    scenarioText,
    elementsName: null,
    elementsText: null,
    seed: 1,
    version: "0.1.0",
    startMs: mission.startMs,
    durationS: steps - 1,
    stepS: 1,
    markS: 0,
    ues,
    satellites: names.length,
    beams: mission.payload.beams,
    stepsTotal: steps,
    satelliteIds: names,
    satelliteNames: names,
    lost: names.map(() => null),
    track: { firstS, knotS, knots, state },
    users: {
      latitudeDeg: spread(20, 8),
      longitudeDeg: spread(10, 8),
      userClass: new Uint8Array(ues),
      headingDeg: new Float32Array(ues).fill(45),
      speedMS: new Float32Array(ues).fill(30),
    },
    feederSwitches: null,
  });
  const most = stepsPerBlock(ues);
  for (let first = 0; first < steps; first += most) {
    const block = emptyBlock(first, Math.min(most, steps - first), ues);
    fill(block, cells);
    writer.append(run, {
      block,
      events: eventsIn(block, eventsPerStep, cells, random),
      servedCells: Uint32Array.from({ length: first === 0 ? cells : 0 }, (_, i) => i + 1),
      state: new Uint8Array(0),
    });
  }
  writer.finish(run, "interrupted", null);
  writer.close();
}

function fill({ firstStep, cellState, rsrp, sinr }: FrameBlock, cells: number): void {
  for (let i = 0; i < cellState.length; i++) {
    cellState[i] = packCell(1 + ((7 * i + firstStep) % cells), 1);
    rsrp[i] = -9000 - (i % 2000);
    sinr[i] = (17 * i) % 3000;
  }
}

function eventsIn(
  { firstStep, steps, ues }: FrameBlock,
  perStep: number,
  cells: number,
  random: Random,
): EventColumns {
  const length = steps * perStep;
  const draw = (n: number) => Uint32Array.from({ length }, () => random.below(n));
  return {
    timeMs: Uint32Array.from({ length }, (_, i) => 1000 * firstStep + Math.floor((1000 * i) / perStep)),
    ue: draw(ues),
    source: draw(cells).map((cell) => cell + 1),
    target: draw(cells).map((cell) => cell + 1),
    rsrpSource: new Float32Array(length).fill(-100),
    rsrpTarget: new Float32Array(length).fill(-98),
    trigger: new Uint8Array(length),
    pingPong: new Uint8Array(length),
  };
}
