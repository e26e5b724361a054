import { describe, expect, it } from "vitest";
import { interpolate } from "../../../src/renderer/globe/hermite.ts";

const MU = 3.986004418e14;

/** A circular orbit in its own plane: position and velocity at t. */
function circle(radius: number, phase: number, t: number): number[] {
  const w = Math.sqrt(MU / radius ** 3);
  const u = phase + w * t;
  return [
    radius * Math.cos(u),
    radius * Math.sin(u),
    0,
    -radius * w * Math.sin(u),
    radius * w * Math.cos(u),
    0,
  ];
}

function knotsOf(orbits: { radius: number; phase: number }[], count: number, knotS: number): Float64Array {
  const rows = [];
  for (let k = 0; k < count; k++)
    for (const { radius, phase } of orbits) rows.push(circle(radius, phase, k * knotS));
  return Float64Array.from(rows.flat());
}

describe("satellites between their knots", () => {
  const orbits = [
    { radius: 6_928_000, phase: 0.3 },
    { radius: 7_578_000, phase: 2.1 },
  ];
  const knots = knotsOf(orbits, 4, 60);
  const out = new Float64Array(6);
  const at = (t: number) => {
    interpolate(out, knots, 2, 4, 60, t);
    return out;
  };

  it("stay within half a metre of the true orbit with knots 60 s apart", () => {
    for (let t = 0; t <= 180; t += 3.7) {
      at(t);
      for (const [s, { radius, phase }] of orbits.entries()) {
        const [x, y, z] = circle(radius, phase, t) as [number, number, number];
        const error = Math.hypot(out[3 * s]! - x, out[3 * s + 1]! - y, out[3 * s + 2]! - z);
        expect(error).toBeLessThan(0.5);
      }
    }
  });

  it("are exactly at the knots", () => {
    expect(at(60)[0]).toBeCloseTo(circle(6_928_000, 0.3, 60)[0]!, 6);
    expect(at(180)[4]).toBeCloseTo(circle(7_578_000, 2.1, 180)[1]!, 6);
  });

  it("stand still before the first and after the last knot", () => {
    const first = [...at(0)];
    expect([...at(-10)]).toEqual(first);
    const last = [...at(180)];
    expect([...at(1000)]).toEqual(last);
  });

  it("stand at their place when there is only one knot", () => {
    interpolate(out, knots, 2, 1, 60, 30);
    expect(out[0]).toBeCloseTo(circle(6_928_000, 0.3, 0)[0]!, 6);
  });

  it("are nowhere when lost, without harm to the others", () => {
    const lost = Float64Array.from(knots);
    lost.fill(Number.NaN, 12, 18);
    interpolate(out, lost, 2, 4, 60, 70);
    expect(out[0]).toBeNaN();
    expect(out[3]).not.toBeNaN();
  });
});
