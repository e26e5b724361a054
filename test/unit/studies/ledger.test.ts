import { describe, expect, it } from "vitest";
import { loadBundled } from "../../../src/main/scenario/bundled.ts";
import { ledgerOf } from "../../../src/main/studies/ledger.ts";
import { TRIGGERS } from "../../../src/shared/frame.ts";
import { interfaceTotals, kindTotals, type Ledger } from "../../../src/shared/ledger.ts";
import type { Scenario, ScenarioInput } from "../../../src/shared/scenario.ts";
import { keptRun } from "../../builders/kept-run.ts";
import { scenarioOf } from "../../builders/scenario.ts";

const sum = (column: Iterable<number>) => [...column].reduce((a, b) => a + b, 0);

/** The ledger, and what it said on the way of how much was done. */
function make(work: Generator<number, Ledger>): { ledger: Ledger; fractions: number[] } {
  const fractions: number[] = [];
  let step = work.next();
  for (; !step.done; step = work.next()) fractions.push(step.value);
  return { ledger: step.value, fractions };
}

/** A town with sites on the ground below a shell: measured handovers, many of them lost. */
function town(): Scenario {
  const { scenario } = loadBundled("ground-and-sky");
  const time = { ...scenario.time, durationS: 40, markS: 20 };
  return { ...scenario, time, users: { ...scenario.users, count: 80 } };
}

/** Satellites that change their gateway on the way, so that one cell has two gNBs; conditional handovers by distance. */
const relayed: Partial<ScenarioInput> = {
  time: { durationS: 40, markS: 20 },
  coverage: { minRsrpDbm: -190 },
  constellation: {
    kind: "circular",
    satellites: Array.from({ length: 5 }, (_, i) => ({
      id: `s${i}`,
      altitudeKm: 600,
      inclinationDeg: 53,
      raanDeg: 10,
      argumentOfLatitudeDeg: 40 - 3 * i,
    })),
  },
  payload: { kind: "antenna", beams: 19, apertureDiameterM: 1, processing: "transparent" },
  gateways: {
    stations: Array.from({ length: 6 }, (_, i) => ({
      name: `g${i}`,
      latitudeDeg: 24.5 + 1.6 * i,
      longitudeDeg: -70.6 + 1.6 * i,
      heightM: 0,
    })),
    minElevationDeg: 62,
  },
  users: { count: 120, placement: { kind: "cells", atS: 20 } },
  handover: { strategy: "d1" },
};

describe.each([
  ["handovers between ground and sky", town, ["A3", "reselection"]],
  ["conditional handovers and feeder-link switches", () => scenarioOf(relayed), ["feeder", "D2"]],
])("the ledger of a run with %s", (_, scenario, triggers) => {
  const { source, events, storm, procedures } = keptRun(scenario());
  const { ledger, fractions } = make(ledgerOf(source, "kept"));

  it("has as many messages and bytes as the procedures that the run keeps", () => {
    expect(ledger.timeMs.length).toBe(sum(procedures.messages));
    expect(ledger.timeMs.length).toBeGreaterThan(500);
    expect(sum(ledger.bytes)).toBe(sum(procedures.bytes));
  });

  it("sums to the storm, cell by cell and second by second", () => {
    const sums = new Map<string, [number, number]>();
    ledger.cell.forEach((cell, i) => {
      const key = `${cell} ${Math.floor(ledger.timeMs[i] / 1000)}`;
      const [messages, bytes] = sums.get(key) ?? [0, 0];
      sums.set(key, [messages + 1, bytes + ledger.bytes[i]]);
    });
    const kept = Array.from(storm.cell, (cell, i) => ({
      key: `${cell} ${storm.second[i]}`,
      both: [storm.messages[i], storm.bytes[i]],
    })).filter(({ both }) => both[0] > 0);
    expect(Object.fromEntries(sums)).toEqual(Object.fromEntries(kept.map(({ key, both }) => [key, both])));
  });

  it("stands in the order of sending and says how far it is", () => {
    expect(ledger.timeMs.every((ms, i) => i === 0 || ms >= ledger.timeMs[i - 1])).toBe(true);
    expect(fractions.length).toBeGreaterThan(1);
    expect(fractions.every((share, i) => share > 0 && share <= 1 && share >= (fractions[i - 1] ?? 0))).toBe(
      true,
    );
  });

  it("adds up by kind and by interface", () => {
    const kinds = kindTotals(ledger);
    const ways = interfaceTotals(kinds);
    expect(ways.map((total) => total.interface)).toEqual(["Uu", "Xn", "NG"]);
    for (const totals of [kinds, ways]) {
      expect(sum(totals.map(({ messages }) => messages))).toBe(ledger.timeMs.length);
      expect(sum(totals.map(({ bytes }) => bytes))).toBe(sum(ledger.bytes));
    }
    const preambles = kinds.find(({ name }) => name === "random-access preamble");
    expect(preambles).toMatchObject({ interface: "Uu", from: "ue", to: "cell", bytes: 0 });
    expect(preambles!.messages).toBe(sum(storm.tries));
  });

  it("refuses to contradict what the run keeps", () => {
    const other = {
      ...source,
      procedures: () => ({ ...procedures, bytes: procedures.bytes.map((n) => n + 1) }),
    };
    expect(() => make(ledgerOf(other, "kept"))).toThrow(/another version.*Plan the scenario again/s);
  });

  it("is of a run that has all of them", () => {
    const kinds = [...events.trigger].map((trigger) => TRIGGERS[trigger] as string);
    expect(kinds).toEqual(expect.arrayContaining(triggers));
  });
});
