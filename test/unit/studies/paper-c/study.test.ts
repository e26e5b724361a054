import { describe, expect, it } from "vitest";
import { claimSchema, figureSchema, studyTableSchema } from "../../../../src/shared/study.ts";
import type { Lab } from "../../../../src/main/studies/lab.ts";
import { paperC } from "../../../../src/main/studies/paper-c/index.ts";
import { paperCTrials, type TrainAsk } from "../../../../src/main/studies/paper-c/trials.ts";
import { tune } from "../../../../src/main/studies/paper-c/tune.ts";
import { testBench, testLab } from "../../../builders/lab.ts";

/** A meter of 10 W that counts time by the calls of it, so that figures are the same in every run. */
function metered() {
  let calls = 0;
  return testBench({
    energy: () => {
      const seconds = ++calls;
      const joules = 10 * seconds;
      return { joules, processorJ: joules, memoryJ: 0, seconds, co2G: joules * 1e-4, method: "10 W" };
    },
  });
}

/** A lab in which every world and network is tiny, and what is asked twice is run once. */
function tiny(bench = metered()): Lab {
  const lab = testLab({ seed: 3 }, bench);
  const kept = new Map<string, unknown>();
  return {
    ...lab,
    run: async (kind, asks, options) => {
      const answers = [];
      for (const ask of asks as readonly TrainAsk[]) {
        const { world, hyper } = ask;
        const small = {
          ...ask,
          world: { ...world, ues: 6, seconds: 8 },
          ...(hyper && { hyper: { ...hyper, hidden: Math.min(hyper.hidden, 4) } }),
        };
        const key = JSON.stringify([kind, small, hyper]);
        // oxlint-disable-next-line no-await-in-loop
        if (!kept.has(key)) kept.set(key, (await lab.run(kind, [small] as never, options))[0]);
        answers.push(kept.get(key));
      }
      return answers as never;
    },
  };
}

const ASK: TrainAsk = {
  world: { kind: "terrestrial", seed: 1, ues: 10, seconds: 10, periodS: 0.2 },
  window: { steps: 5, ahead: 2 },
  stride: 3,
  share: 0.7,
  hyper: { hidden: 6, batch: 20, rate: 0.01, epochs: 6, optimiser: "adam" },
  seed: 1,
};

describe("a training of paper C", () => {
  it("gives the same accuracy whenever it is asked the same", async () => {
    const [a, b] = [await paperCTrials.trainC(ASK, testBench()), await paperCTrials.trainC(ASK, testBench())];
    expect(a).toEqual(b);
    expect(a.rows + a.unseen).toBe(10 * 15);
  });

  it("reads off on its way what a shorter training ends with", async () => {
    const long = await paperCTrials.trainC({ ...ASK, marks: [2, 4] }, testBench());
    expect(long.marks.map(({ epoch }) => epoch)).toEqual([2, 4, 6]);
    for (const { epoch, accuracy, loss } of long.marks) {
      const short = { ...ASK, hyper: { ...ASK.hyper, epochs: epoch } };
      // oxlint-disable-next-line no-await-in-loop
      const [last] = (await paperCTrials.trainC(short, testBench())).marks;
      expect({ accuracy, loss }).toEqual({ accuracy: last.accuracy, loss: last.loss });
    }
  });

  it("tells energy of training and evaluation apart, and of an epoch from the training's start", async () => {
    const { marks, training, evaluation } = await paperCTrials.trainC({ ...ASK, marks: [2, 4] }, metered());
    // the meter is read before, at the three epochs, after, and after the evaluation
    expect(marks.map(({ joules }) => joules)).toEqual([10, 20, 30]);
    expect(training!.joules).toBe(40);
    expect(evaluation!.joules).toBe(10);
    expect(training!.co2G).toBeCloseTo(0.004, 12);
  });

  it("learns where cells can be foretold", async () => {
    const ask = {
      ...ASK,
      world: { ...ASK.world, ues: 30, seconds: 30 },
      hyper: { ...ASK.hyper, hidden: 16, epochs: 20 },
    };
    const { marks } = await paperCTrials.trainC(ask, testBench());
    // one of seven at random
    expect(marks[0].accuracy).toBeGreaterThan(0.6);
  });

  it("tells every epoch as plain data, which another thread can be sent", async () => {
    const bench = testBench();
    await paperCTrials.trainC(ASK, bench);
    expect(structuredClone(bench.epochs).map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(bench.epochs[0].label).toBe("LSTM, hidden 6, batch 20, rate 0.01");
  });

  it("stops when asked", async () => {
    await expect(paperCTrials.trainC(ASK, testBench({ shouldStop: () => true }))).rejects.toThrow(
      "cancelled",
    );
  });
});

describe("paper C", () => {
  const whole = paperC(tiny());

  it("has Figures 2 to 8, the tables and a claim for each of the paper's findings", async () => {
    const { figures, tables, claims, notes } = await whole;
    for (const figure of figures) {
      figureSchema.parse(figure);
      for (const { x, y } of figure.series) {
        expect(y).toHaveLength(x.length);
        for (const value of y) expect(Number.isFinite(value), `${figure.id}`).toBe(true);
      }
    }
    expect(figures.map(({ of }) => of).filter((of) => of !== null)).toEqual(
      [2, 3, 4, 5, 6, 7, 8].map((number) => `Figure ${number}`),
    );
    expect(tables.map(({ id }) => id)).toEqual(["phases", "chosen", "gain"]);
    for (const table of tables) {
      studyTableSchema.parse(table);
      for (const row of table.rows) expect(row).toHaveLength(table.columns.length);
    }
    expect(claims.length).toBeGreaterThanOrEqual(14);
    for (const claim of claims)
      expect(JSON.stringify(claimSchema.parse(claim))).not.toMatch(/NaN|undefined|Infinity/);
    expect(notes.join()).not.toMatch(/NaN|undefined/);
  });

  it("draws CO₂ beside energy, in the meter's proportion", async () => {
    const { figures } = await whole;
    for (const { id, series } of figures.filter(({ right }) => right)) {
      const joules = series.find(({ name }) => name.startsWith("energy"))!;
      const mg = series.find(({ name }) => name.startsWith("CO₂"))!;
      joules.y.forEach((value, i) => expect(mg.y[i], id).toBeCloseTo(0.1 * value!, 9));
    }
  });

  it("says where nothing measures energy, and then searches and claims nothing", async () => {
    const { figures, claims, notes } = await paperC(tiny(testBench()));
    expect(claims).toEqual([]);
    expect(notes.at(-1)).toMatch(/not measured/);
    expect(figures.map(({ id }) => id)).not.toContain("pareto");
  });
});

describe("the search by itself", () => {
  it("chooses the best score of all that was tried", async () => {
    const { tables, figures } = await tune(tiny(), { world: "satellite", alpha: 0.7, beta: 0.3 });
    const [chosen, tried] = tables;
    const scores = tried.rows.map((row) => row.at(-1) as number);
    expect(chosen.rows[0].slice(1)).toEqual(tried.rows[0].slice(1));
    expect(scores[0]).toBe(Math.max(...scores));
    const front = figures[0].series[1].y as number[];
    expect(front.at(-1)).toBe(Math.max(...(figures[0].series[0].y as number[])));
  });

  it("weighs accuracy alone where energy counts nothing", async () => {
    const { tables } = await tune(tiny(), { world: "terrestrial", alpha: 1, beta: 0 });
    const [{ rows }] = tables;
    expect(rows[0][5]).toBe(rows[1][5]);
  });
});
