import { afterEach, describe, expect, it } from "vitest";
import { CARBON_CREDIT, carbonOf } from "../../../src/main/energy/carbon.ts";
import { meterReader, startMeter, type Meter } from "../../../src/main/energy/meter.ts";
import { designPower } from "../../../src/main/energy/processors.ts";
import { SharedRecord, clockS, energyAt, recordBuffer } from "../../../src/main/energy/record.ts";
import { chooseSource } from "../../../src/main/energy/source.ts";
import { fakePowercap } from "./powercap.ts";

const NOWHERE = "/nowhere/powercap";
const names = (model: string, n: number) => Array.from({ length: n }, () => ({ model }));

describe("the source of a figure", () => {
  it("is the user's watts, else the counters, else the model's design power, else half of a constant", () => {
    const fake = fakePowercap([{ zone: "intel-rapl:0", name: "package-0", energyUj: 0, rangeUj: 1e9 }]);
    const known = names("Intel(R) Xeon(R) Gold 6248 CPU @ 2.50GHz", 40);
    expect(chooseSource(30, fake.root, known).source).toEqual({ kind: "constant", watts: 30 });
    expect(chooseSource(undefined, fake.root, known).source).toEqual({
      kind: "rapl",
      root: fake.root,
      dram: false,
    });
    fake.end();
    const tdp = chooseSource(undefined, NOWHERE, known);
    expect(tdp.source).toEqual({ kind: "tdp", watts: 150 });
    expect(tdp.method).toContain("Xeon Gold 6248, TDP 150 W × (0.1 + 0.9 · load³)");
    const unknown = chooseSource(undefined, NOWHERE, names("Some Processor", 4));
    expect(unknown.source).toEqual({ kind: "constant", watts: 42.5 });
    expect(unknown.method).toContain("Some Processor is in no table");
  });

  it("goes with the threads seen, in a virtual machine and with two sockets", () => {
    expect(designPower("AMD EPYC 7763 64-Core Processor", 8)!.watts).toBeCloseTo((280 * 8) / 128, 9);
    expect(designPower("AMD EPYC 7763 64-Core Processor", 256)!.watts).toBeCloseTo(560, 9);
  });

  it("tells models apart whose names begin alike", () => {
    expect(designPower("Intel(R) Xeon(R) Gold 6248R CPU @ 3.00GHz", 48)).toBeNull();
    expect(designPower("Intel(R) Core(TM) i7-7700K CPU @ 4.20GHz", 8)!.watts).toBe(91);
    expect(designPower("Intel(R) Core(TM) i7-7700 CPU @ 3.60GHz", 8)!.watts).toBe(65);
    expect(designPower("12th Gen Intel(R) Core(TM) i7-1260P", 16)!.watts).toBe(28);
  });
});

describe("the intensity of electricity", () => {
  it("is the world's, a country's, or as given, with its credit", () => {
    expect(carbonOf({}).method).toContain("world average");
    expect(carbonOf({}).method).toContain(CARBON_CREDIT);
    // hydropower and nuclear power against coal
    expect(carbonOf({ country: "fra" }).gramsPerJoule).toBeLessThan(
      carbonOf({ country: "POL" }).gramsPerJoule / 5,
    );
    expect(carbonOf({ country: "FRA", gramsPerKwh: 360 }).gramsPerJoule).toBeCloseTo(1e-4, 12);
  });

  it("refuses a country without figures", () => {
    expect(() => carbonOf({ country: "Atlantis" })).toThrow(/no intensity is known for "Atlantis"/);
    expect(() => carbonOf({ gramsPerKwh: -1 })).toThrow(/gramsPerKwh/);
    expect(() => carbonOf({ country: "constructor" })).toThrow(/no intensity/);
  });
});

describe("the record of a meter", () => {
  const record = {
    at: 100,
    seconds: 10,
    processorJ: 50,
    memoryJ: 5,
    processorW: 20,
    memoryW: 2,
    gramsPerJoule: 0.001,
    ownS: 0,
    lifeS: 0,
  };

  it("goes on from the last sample by its power, until the meter is stopped", () => {
    expect(energyAt(record, 100.5, false, "m")).toEqual({
      joules: 66,
      processorJ: 60,
      memoryJ: 6,
      seconds: 10.5,
      co2G: 0.066,
      method: "m",
    });
    expect(energyAt(record, 100.5, true, "m").joules).toBe(55);
  });

  it("can still be read when its meter was stopped in the middle of writing", () => {
    const buffer = recordBuffer();
    const shared = new SharedRecord(buffer);
    shared.write(record);
    new Int32Array(buffer)[0]++;
    shared.stop();
    expect(shared.read()).toEqual(record);
  });

  it("does not fall when a sample says less than was told", () => {
    const buffer = recordBuffer();
    const shared = new SharedRecord(buffer);
    const read = meterReader(buffer, "m");
    shared.write({ ...record, at: clockS() - 1, processorW: 1000 });
    const told = read();
    expect(told.joules).toBeGreaterThan(1000);
    shared.write({ ...record, at: clockS(), processorJ: 60, processorW: 0, memoryW: 0 });
    expect(read().joules).toBe(told.joules);
    shared.write({ ...record, at: clockS(), processorJ: 5000, processorW: 0, memoryW: 0 });
    expect(read().joules).toBe(5005);
  });
});

describe("a meter that runs", () => {
  let meter: Meter | null = null;
  afterEach(() => meter?.stop());
  const work = (seconds: number) => {
    const end = performance.now() + 1000 * seconds;
    let x = 0;
    while (performance.now() < end) x = Math.sqrt(x + 1);
    return x;
  };
  const running = async (one: Meter) => {
    // the thread takes its time to start
    // oxlint-disable-next-line no-await-in-loop
    while (one.read().seconds === 0) await new Promise((done) => setTimeout(done, 20));
  };

  it("grows while this thread is busy, by no more than the watts given, at a few hundredths of a processor", async () => {
    meter = startMeter({ watts: 50, gramsPerKwh: 360, powercap: NOWHERE });
    await running(meter);
    const from = meter.read();
    work(1.5);
    const to = meter.read();
    const seconds = to.seconds - from.seconds;
    expect(seconds).toBeGreaterThan(1.4);
    expect(to.processorJ - from.processorJ).toBeGreaterThan(0);
    expect(to.processorJ - from.processorJ).toBeLessThanOrEqual(50 * (seconds + 0.2));
    expect(to.joules).toBeCloseTo(to.processorJ + to.memoryJ, 9);
    expect(to.co2G).toBeCloseTo(to.joules * 1e-4, 9);
    expect(to.method).toMatch(/50 W under full load, as given.*resident memory.*360 g\/kWh, as given/);
    expect(meter.overhead()).toBeGreaterThan(0);
    // 0.3 … 0.7 % of a processor on a quiet machine; other work evicts its caches
    expect(meter.overhead()).toBeLessThan(0.03);
  });

  it("is read through its buffer as through itself, and keeps still once stopped", async () => {
    meter = startMeter({ watts: 50, powercap: NOWHERE });
    const read = meterReader(meter.buffer, meter.method);
    await running(meter);
    work(0.3);
    expect(Math.abs(read().joules - meter.read().joules)).toBeLessThan(2);
    await meter.stop();
    const last = read();
    await new Promise((done) => setTimeout(done, 150));
    expect(read()).toEqual(last);
  });

  it("reads counters where the machine has them, and takes no more than they count", async () => {
    const zone = { zone: "intel-rapl:0", name: "package-0", energyUj: 0, rangeUj: 3e6 };
    const fake = fakePowercap([zone]);
    meter = startMeter({ powercap: fake.root, periodMs: 20 });
    await running(meter);
    let counted = 0;
    for (let i = 0; i < 20; i++) {
      work(0.05);
      counted += 0.5;
      // wraps three times on the way
      fake.set("intel-rapl:0", (counted * 1e6) % 3e6);
    }
    await new Promise((done) => setTimeout(done, 300));
    await meter.stop();
    const { processorJ, method } = meter.read();
    fake.end();
    expect(method).toContain("RAPL counters of all packages");
    expect(processorJ).toBeGreaterThan(0.5);
    expect(processorJ).toBeLessThanOrEqual(counted);
  });

  it("refuses watts and periods that make no sense", () => {
    expect(() => startMeter({ watts: 0, periodMs: 1 })).toThrow(/watts[^]*periodMs/);
  });
});
