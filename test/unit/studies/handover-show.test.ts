import { beforeAll, describe, expect, it } from "vitest";
import { DEG } from "../../../src/main/math/constants.ts";
import { loadBundled } from "../../../src/main/scenario/bundled.ts";
import { requireScenario } from "../../../src/main/scenario/check.ts";
import { compileMission } from "../../../src/main/scenario/compile.ts";
import { firstSite } from "../../../src/main/simulation/ground.ts";
import { openHandover, showHandover, type ShownRun } from "../../../src/main/studies/handover-show.ts";
import { ON_GROUND } from "../../../src/main/studies/cell-place.ts";
import { wholeRun } from "../../../src/main/studies/whole-run.ts";
import { BadInput } from "../../../src/shared/errors.ts";
import { handoverShownSchema } from "../../../src/shared/handover.ts";
import { emptyBlock, TRIGGERS } from "../../../src/shared/frame.ts";
import type { EventColumns } from "../../../src/shared/frame.ts";

/** A town with sites on the ground below a shell, as a kept run without signalling. */
let run: ShownRun;
let events: EventColumns;
let ground: number;

beforeAll(() => {
  const { scenario } = loadBundled("ground-and-sky");
  const small = {
    ...scenario,
    time: { ...scenario.time, durationS: 40, markS: 20 },
    users: { ...scenario.users, count: 60 },
  };
  const scenarioText = JSON.stringify(small);
  const mission = compileMission(requireScenario(scenarioText), null);
  const whole = wholeRun(mission, null);
  const { track, users } = whole;
  events = whole.events;
  ground = firstSite(mission);
  const degrees = (column: Float64Array) => Float64Array.from(column, (value) => value / DEG);
  const block = emptyBlock(0, 1, users.count);
  run = {
    run: (id) => ({ run: id, stepS: mission.step, stepsTotal: 41, stepsDone: 41 }),
    scenarioText: () => ({ scenarioText, elementsName: null, elementsText: null, seed: mission.seed }),
    satellites: () => ({
      columns: { knots: track.state as Float64Array<ArrayBuffer> },
      meta: { firstS: track.firstS, knotS: track.knotS, knots: track.knots },
    }),
    ues: () => ({
      latitudeDeg: degrees(users.latitude),
      longitudeDeg: degrees(users.longitude),
      headingDeg: Float32Array.from(degrees(users.heading)),
      userClass: users.userClass as Uint8Array<ArrayBuffer>,
    }),
    events: () => events,
    frames: () => block,
    procedures: () => ({ outcome: new Uint8Array(0) }),
  };
});

const eventWhere = (is: (event: number) => boolean) => [...events.ue.keys()].find(is)!;
const isA3 = (event: number) => TRIGGERS[events.trigger[event]] === "A3";

describe("a handover opened", () => {
  it("tells what was heard, and no outcome where the run keeps no signalling", () => {
    const event = eventWhere(isA3);
    const shown = openHandover(run, "town", event);
    expect(handoverShownSchema.parse(JSON.parse(JSON.stringify(shown)))).toEqual(shown);
    expect(shown).toMatchObject({ outcome: null, startMs: null, messages: null, lines: null });
    const [source, target] = shown.candidates;
    expect([source.cell, target.cell]).toEqual([events.source[event], events.target[event]]);
    expect([source.role, target.role]).toEqual(["source", "target"]);
    expect(shown.staying.sinr[0].sinrDb).toBe(source.sinrDb);
  });

  it("has with its messages the same facts, and the outcome of the engine", () => {
    const event = eventWhere(isA3);
    const { outcome, startMs, endMs, downMs, upMs, lines, ...facts } = showHandover(run, "town", event);
    expect(openHandover(run, "town", event)).toMatchObject(facts);
    expect(outcome).not.toBeNull();
    expect(lines!.length).toBeGreaterThan(0);
    expect(endMs!).toBeGreaterThanOrEqual(startMs!);
    expect(Math.min(downMs!, upMs!)).toBeGreaterThanOrEqual(0);
  });

  it("names sites on the ground as such, with their offset in the condition", () => {
    const down = eventWhere((i) => isA3(i) && events.source[i] < ground && events.target[i] >= ground);
    const shown = openHandover(run, "town", down);
    expect(shown.candidates[1]).toMatchObject({ satellite: ON_GROUND, beam: events.target[down] - ground });
    expect(shown.candidates[0].satellite).not.toBe(ON_GROUND);
    expect(shown.condition).toMatch(
      /target −[\d.]+ dBm \+ cell offset 6 dB − hysteresis 2 dB > source −[\d.]+ dBm \+ offset/,
    );
    expect(shown.candidates[1].rangeKm).toBeLessThan(20);
  });

  it("refuses an event that the run does not have, and a reselection", () => {
    expect(() => openHandover(run, "town", events.ue.length)).toThrow(BadInput);
    const real = events.trigger;
    events.trigger = events.trigger.map(() => TRIGGERS.indexOf("reselection"));
    expect(() => openHandover(run, "town", 0)).toThrow(/reselection/);
    events.trigger = real;
  });
});
