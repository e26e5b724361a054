import { afterEach, describe, expect, it } from "vitest";
import { openRapl } from "../../../src/main/energy/rapl.ts";
import { fakePowercap } from "./powercap.ts";

const RANGE = 262_143_328_850;
let open: ReturnType<typeof fakePowercap>[] = [];
const folder = (...zones: [zone: string, name: string, energyUj: number][]) => {
  const fake = fakePowercap(
    zones.map(([zone, name, energyUj]) => ({ zone, name, energyUj, rangeUj: RANGE })),
  );
  open.push(fake);
  return fake;
};
afterEach(() => {
  for (const fake of open) fake.end();
  open = [];
});

describe("RAPL counters", () => {
  it("adds the packages and the memory beside them, and counts nothing twice", () => {
    const fake = folder(
      ["intel-rapl:0", "package-0", 1e6],
      ["intel-rapl:0:0", "core", 5e6],
      ["intel-rapl:0:1", "dram", 2e6],
      ["intel-rapl:1", "package-1", 3e6],
      ["intel-rapl:2", "psys", 9e6],
    );
    const rapl = openRapl(fake.root)!;
    expect(rapl.hasDram).toBe(true);
    expect(rapl.read()).toEqual({ packageJ: 0, dramJ: 0 });
    fake.set("intel-rapl:0", 4e6);
    fake.set("intel-rapl:0:0", 70e6);
    fake.set("intel-rapl:0:1", 2.5e6);
    fake.set("intel-rapl:1", 13e6);
    fake.set("intel-rapl:2", 99e6);
    expect(rapl.read()).toEqual({ packageJ: 13, dramJ: 0.5 });
  });

  it("goes on over the wrap-around of a counter", () => {
    const fake = folder(["intel-rapl:0", "package-0", RANGE - 3e6]);
    const rapl = openRapl(fake.root)!;
    fake.set("intel-rapl:0", 2e6);
    expect(rapl.read()!.packageJ).toBeCloseTo(5, 9);
    fake.set("intel-rapl:0", RANGE - 1e6);
    rapl.read();
    fake.set("intel-rapl:0", 0);
    expect(rapl.read()!.packageJ).toBeCloseTo((RANGE + 3e6) / 1e6, 5);
  });

  it("says where the memory has no counter", () => {
    expect(openRapl(folder(["intel-rapl:0", "package-0", 0]).root)!.hasDram).toBe(false);
  });

  it("is none where there is no package, no folder, or nothing readable", () => {
    expect(openRapl(folder(["intel-rapl:0", "psys", 0]).root)).toBeNull();
    expect(openRapl("/nowhere/powercap")).toBeNull();
    const fake = folder(["intel-rapl:0", "package-0", 0]);
    fake.remove("intel-rapl:0");
    expect(openRapl(fake.root)).toBeNull();
  });

  it("answers nothing, rather than less, when a counter goes away", () => {
    const fake = folder(["intel-rapl:0", "package-0", 0], ["intel-rapl:1", "package-1", 0]);
    const rapl = openRapl(fake.root)!;
    fake.remove("intel-rapl:1");
    expect(rapl.read()).toBeNull();
  });
});
