import { type SatRec, sgp4, twoline2satrec } from "satellite.js";
import { describe, expect, it } from "vitest";
import { nearEarth } from "../../../src/main/orbit/sgp4-near.ts";
import { readElements } from "../../../src/main/scenario/elements.ts";
import { hasReference, referenceNote, referenceText } from "../../builders/reference.ts";

function recordsOf(path: string): SatRec[] {
  const text = referenceText(path)
    .split("\n")
    .filter((line) => /^[12] /.test(line))
    .map((line) => line.slice(0, 69))
    .join("\n");
  return readElements(text)
    .accepted.flatMap(({ source }) =>
      source.kind === "tle" ? [twoline2satrec(source.line1, source.line2)] : [],
    )
    .filter(({ method }) => method === "n");
}

describe.skipIf(!hasReference)(`near-Earth SGP4${referenceNote}`, () => {
  it.each([
    ["sgp4/SGP4-VER.TLE", 1, 7],
    ["orbits/starlink-2025-09-23.tle", 50, 97],
    ["orbits/oneweb-2025-09-23.tle", 20, 97],
  ])(
    "is that of satellite.js within 1 µm and 1 nm/s a day either way, errors and all: %s",
    (path, every, minutes) => {
      const records = recordsOf(path).filter((_, i) => i % every === 0);
      expect(records.length).toBeGreaterThan(8);
      const out = new Float64Array(6);
      let [worst, worstRate, compared] = [0, 0, 0];
      for (const record of records) {
        const propagate = nearEarth(record);
        for (let t = -1440; t <= 1440; t += minutes) {
          const error = propagate(out, 0, t);
          const theirs = sgp4(record, t);
          expect([record.satnum, t, error]).toEqual([record.satnum, t, record.error]);
          if (!theirs) continue;
          const { position: p, velocity: v } = theirs;
          worst = Math.max(worst, Math.hypot(out[0] - 1e3 * p.x, out[1] - 1e3 * p.y, out[2] - 1e3 * p.z));
          worstRate = Math.max(
            worstRate,
            Math.hypot(out[3] - 1e3 * v.x, out[4] - 1e3 * v.y, out[5] - 1e3 * v.z),
          );
          compared++;
        }
      }
      expect(compared).toBeGreaterThan(100);
      expect(worst).toBeLessThan(1e-6);
      expect(worstRate).toBeLessThan(1e-9);
    },
  );

  it("meets every way in which the near-Earth branch can fail", () => {
    const errors = new Set<number>();
    const out = new Float64Array(6);
    for (const record of recordsOf("sgp4/SGP4-VER.TLE")) {
      const propagate = nearEarth(record);
      for (let t = -1440; t <= 4320; t += 7) errors.add(propagate(out, 0, t));
    }
    expect([...errors].sort()).toEqual([0, 1, 4, 6]);
  });
});
