import { describe, expect, it } from "vitest";
import { Integrator, LONGEST_GAP_S, type Sample } from "../../../src/main/energy/integrator.ts";
import { MEMORY_W_PER_GB, tdpPower, type Source } from "../../../src/main/energy/source.ts";
import { Random } from "../../../src/main/math/random.ts";

const sample = (at: number, over: Partial<Sample> = {}): Sample => ({
  at,
  busyS: 0,
  totalS: 0,
  processS: 0,
  memoryGb: 0,
  rapl: null,
  ...over,
});

/** A machine of four processors, of which this process keeps `own` and others keep `others` busy. */
const steady = (at: number, own: number, others: number, over: Partial<Sample> = {}) =>
  sample(at, { busyS: (own + others) * at, totalS: 4 * at, processS: own * at, ...over });

function run(source: Source, samples: Sample[]) {
  const integrator = new Integrator(source, samples[0]);
  return samples.slice(1).map((one) => integrator.add(one));
}
const every = (n: number, make: (at: number) => Sample) =>
  Array.from({ length: n + 1 }, (_, i) => make(i / 10));

describe("adding up power", () => {
  it("takes the whole power of a machine that nobody else uses", () => {
    const readings = run(
      { kind: "tdp", watts: 100 },
      every(30, (at) => steady(at, 2, 0)),
    );
    expect(readings.at(-1)!.processorJ).toBeCloseTo(3 * tdpPower(100, 0.5), 6);
    expect(readings.at(-1)!.seconds).toBeCloseTo(3, 9);
  });

  it("takes this process's share of what is busy", () => {
    const readings = run(
      { kind: "tdp", watts: 100 },
      every(30, (at) => steady(at, 1, 2)),
    );
    expect(readings.at(-1)!.processorJ).toBeCloseTo((3 * tdpPower(100, 0.75)) / 3, 6);
  });

  it("has a tenth of the power of an idle processor, and all of it under full load", () => {
    expect(tdpPower(80, 0)).toBeCloseTo(8, 12);
    expect(tdpPower(80, 1)).toBeCloseTo(80, 12);
  });

  it("takes counters as they are, and the memory's where there are any", () => {
    const counted = (at: number) => steady(at, 1, 0, { rapl: { packageJ: 50 * at, dramJ: 4 * at } });
    const last = run({ kind: "rapl", root: "", dram: true }, every(20, counted)).at(-1)!;
    expect(last.processorJ).toBeCloseTo(100, 6);
    expect(last.memoryJ).toBeCloseTo(8, 6);
  });

  it("takes the same of a constant power whoever else is busy", () => {
    const power = { kind: "constant", watts: 40 } as const;
    const of = (others: number) =>
      run(
        power,
        every(20, (at) => steady(at, 1, others)),
      ).at(-1)!.processorJ;
    expect(of(0)).toBeCloseTo(20, 9);
    expect(of(3)).toBeCloseTo(20, 9);
  });

  it("makes up for a counter that could not be read once", () => {
    const counted = (at: number) =>
      steady(at, 1, 0, { rapl: at === 0.7 ? null : { packageJ: 50 * at, dramJ: 0 } });
    const readings = run({ kind: "rapl", root: "", dram: false }, every(20, counted));
    expect(readings.at(-1)!.processorJ).toBeCloseTo(100, 6);
  });

  it("takes the process's own memory where nothing counts it", () => {
    const readings = run(
      { kind: "constant", watts: 40 },
      every(10, (at) => steady(at, 1, 0, { memoryGb: 2 })),
    );
    expect(readings.at(-1)!.memoryJ).toBeCloseTo(2 * MEMORY_W_PER_GB, 9);
    // one processor of four
    expect(readings.at(-1)!.processorJ).toBeCloseTo(10, 9);
  });

  it("agrees with a naive sum when load and share change", () => {
    const random = new Random(1, "load");
    const samples = [sample(0)];
    for (let i = 1; i <= 200; i++) {
      const last = samples[i - 1];
      const gap = 0.05 + 0.1 * random.next();
      const own = 2 * random.next();
      const others = random.next();
      samples.push({
        ...last,
        at: last.at + gap,
        busyS: last.busyS + (own + others) * gap,
        totalS: last.totalS + 4 * gap,
        processS: last.processS + own * gap,
      });
    }
    let joules = 0;
    for (let i = 1; i < samples.length; i++) {
      // the youngest sample that is at least a second old, or the first
      const old = samples.slice(0, i).findLastIndex(({ at }) => samples[i].at - at >= 1);
      const [from, to] = [samples[Math.max(0, old)], samples[i]];
      const busy = to.busyS - from.busyS;
      const share = (to.processS - from.processS) / busy;
      joules += tdpPower(65, busy / (to.totalS - from.totalS)) * share * (to.at - samples[i - 1].at);
    }
    expect(run({ kind: "tdp", watts: 65 }, samples).at(-1)!.processorJ).toBeCloseTo(joules, 6);
  });

  it("counts nothing of a sleep, nor of a clock that goes back, and goes on afterwards", () => {
    const integrator = new Integrator({ kind: "constant", watts: 10 }, steady(0, 4, 0));
    expect(integrator.add(steady(1, 4, 0)).processorJ).toBeCloseTo(10, 9);
    expect(integrator.add(steady(1 + LONGEST_GAP_S + 3600, 4, 0)).processorJ).toBeCloseTo(10, 9);
    const back = integrator.add(steady(5, 4, 0));
    expect(back.processorJ).toBeCloseTo(10, 9);
    expect(back.seconds).toBeCloseTo(1, 9);
    expect(integrator.add(steady(6, 4, 0)).processorJ).toBeCloseTo(20, 9);
  });

  it("never falls", () => {
    const readings = run(
      { kind: "tdp", watts: 100 },
      every(50, (at) => steady(at, at > 3 ? 0 : 1, 1)),
    );
    for (let i = 1; i < readings.length; i++)
      expect(readings[i].processorJ).toBeGreaterThanOrEqual(readings[i - 1].processorJ);
  });
});
