import { Random } from "../../../src/main/math/random.ts";
import type { BlockWrite, LearningWrite, RunStart } from "../../../src/main/store/writer.ts";
import { packCell, TRIGGERS, type EventColumns } from "../../../src/shared/frame.ts";
import { metricsOf } from "../../builders/summary.ts";
import { scenarioOf } from "../../builders/scenario.ts";

export const UES = 40;
export const SATELLITES = 2;
export const BEAMS = 3;

/** A run of 20 steps with 40 UEs, 2 satellites of 3 beams each. */
export function startOf(overrides: Partial<RunStart> = {}): RunStart {
  const random = new Random(1, "start");
  const knots = 3;
  return {
    run: "small-aaa111",
    scenario: "small",
    title: "A small run",
    scenarioText: JSON.stringify(scenarioOf()),
    elementsName: null,
    elementsText: null,
    seed: 7,
    version: "0.1.0",
    startMs: Date.UTC(2026, 0, 1),
    durationS: 19,
    stepS: 1,
    markS: 10,
    ues: UES,
    satellites: SATELLITES,
    beams: BEAMS,
    stepsTotal: 20,
    satelliteIds: ["S1", "S2"],
    satelliteNames: ["First", 'Second, "so-called"'],
    lost: [null, "decayed"],
    track: {
      firstS: 0,
      knotS: 30,
      knots,
      state: Float64Array.from({ length: knots * SATELLITES * 6 }, () => random.normal() * 7e6),
    },
    users: {
      latitudeDeg: Float64Array.from({ length: UES }, () => random.next() * 10),
      longitudeDeg: Float64Array.from({ length: UES }, () => random.next() * 10),
      userClass: Uint8Array.from({ length: UES }, () => random.below(2)),
    },
    feederSwitches: null,
    ...overrides,
  };
}

/** Events in the order (time, UE); some without a level of the source. */
export function eventsOf(count: number, fromMs: number, toMs: number, seed: number): EventColumns {
  const random = new Random(seed, "events");
  const cells = SATELLITES * BEAMS;
  const draw = (n: number) => Uint32Array.from({ length: count }, () => random.below(n));
  return {
    timeMs: draw(toMs - fromMs)
      .map((ms) => ms + fromMs)
      .sort(),
    ue: draw(UES),
    source: draw(cells).map((cell) => cell + 1),
    target: draw(cells).map((cell) => cell + 1),
    rsrpSource: Float32Array.from({ length: count }, (_, i) => (i % 5 === 4 ? Number.NaN : random.normal())),
    rsrpTarget: Float32Array.from({ length: count }, () => -100 + random.normal()),
    trigger: Uint8Array.from(draw(2)),
    pingPong: Uint8Array.from(draw(2)),
  };
}

/** How many of the events are handovers. */
export const handoversIn = ({ trigger }: Pick<EventColumns, "trigger">) =>
  trigger.filter((one) => TRIGGERS[one] !== "reselection").length;

/** One block of frames whose content depends on the step alone, however the steps are cut into blocks. */
export function blockOf(firstStep: number, steps: number, ues = UES): BlockWrite {
  const size = steps * ues;
  const at = (i: number) => firstStep * ues + i;
  return {
    block: {
      firstStep,
      steps,
      ues,
      cellState: Uint32Array.from({ length: size }, (_, i) => packCell(at(i) % 7, at(i) % 3)),
      rsrp: Int16Array.from({ length: size }, (_, i) => -((at(i) * 31) % 32_000)),
      sinr: Int16Array.from({ length: size }, (_, i) => ((at(i) * 17) % 6000) - 3000),
    },
    events: eventsOf(12, firstStep * 1000, (firstStep + steps) * 1000, firstStep),
    servedCells: Uint32Array.of(1, 2 + (firstStep % 4)),
    state: Uint8Array.of(firstStep, steps, 255),
  };
}

export function learningOf(): LearningWrite {
  const served = UES - 1;
  return {
    ueColumns: {
      rangeKm: Float64Array.from({ length: UES }, (_, i) => (i < served ? 600 + i : Number.NaN)),
      latitudeDeg: new Float64Array(UES).fill(Number.NaN),
      cluster: Uint8Array.from({ length: UES }, (_, i) => (i < served ? i % 3 : 255)),
      label: Uint8Array.from({ length: UES }, (_, i) => (i < served ? i % 2 : 255)),
      ready: Uint8Array.from({ length: UES }, (_, i) => (i < served ? (i + 1) % 2 : 255)),
      leaveS: Float32Array.from({ length: UES }, (_, i) => (i % 4 === 0 ? Number.NaN : i / 3)),
      "probability.ann": new Float32Array(UES).fill(0.25),
      "probability.forest": new Float32Array(UES).fill(0.75),
    },
    centroids: [{ latitudeDeg: 1.5, longitudeDeg: -2.5, ues: served }],
    wcss: [9, 4, 1],
    k: 1,
    models: [
      {
        name: "forest",
        ablation: "none",
        onnx: Uint8Array.of(8, 9, 10),
        card: { trees: 30 },
        metrics: metricsOf("forest"),
      },
      {
        name: "forest",
        ablation: "no-location",
        onnx: Uint8Array.of(1),
        card: null,
        metrics: metricsOf("forest", 0.8),
      },
    ],
    predicted: {
      ue: Uint32Array.of(3, 5),
      cell: Uint32Array.of(1, 2),
      atS: Float32Array.of(11.5, 12.25),
      ready: Uint8Array.of(1, 0),
      probability: Float32Array.of(0.9, 0.125),
    },
  };
}
