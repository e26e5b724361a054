import { describe, expect, it } from "vitest";
import { readElements } from "../../../src/main/scenario/elements.ts";
import { propagateElements } from "../../../src/main/studies/propagate.ts";
import { BadInput } from "../../../src/shared/errors.ts";

const file = readElements(`VANGUARD 1
1 00005U 58002B   00179.78495062  .00000023  00000-0  28098-4 0  4753
2 00005  34.2682 348.7242 1859667 331.7664  19.3264 10.82419157413667
SL-6 R/B(2)
1 22312U 93002D   06094.46235912  .99999999  81888-5  49949-3 0  3953
2 22312  62.1486  77.4698 0308723 267.9229  88.7392 15.95744531 98783`);

describe("propagate", () => {
  it("gives TEME at minutes since the epoch (AIAA 2006-6753, object 5)", () => {
    const [row] = propagateElements(file, { ids: ["5"], minutes: [360], frame: "teme" });
    expect(row).toMatchObject({ id: "5", minutes: 360 });
    if (!("positionKm" in row)) throw new Error("no position");
    const position = [-7154.03120202, -3783.17682504, -3536.19412294];
    row.positionKm.forEach((x, k) => expect(x).toBeCloseTo(position[k], 6));
  });

  it("takes the number with leading zeros, and all objects where none is named", () => {
    expect(propagateElements(file, { ids: ["00005"], minutes: [0], frame: "teme" })[0].id).toBe("5");
    const rows = propagateElements(file, { minutes: [0, 1], frame: "teme" });
    expect(rows.map((row) => [row.id, row.minutes])).toEqual([
      ["5", 0],
      ["5", 1],
      ["22312", 0],
      ["22312", 1],
    ]);
  });

  it("takes instants, with a zone or in UTC, and gives the minutes since the epoch", () => {
    const at = [
      "2000-06-28T00:50:19.733568Z",
      "2000-06-28T00:50:19.733568",
      "2000-06-28T02:50:19.733568+02:00",
    ];
    const rows = propagateElements(file, { ids: ["5"], at, frame: "teme" });
    for (const row of rows) expect(row.minutes).toBeCloseTo(360, 3);
  });

  it("has one place in three frames", () => {
    const ask = { ids: ["5"], minutes: [100] };
    const [teme] = propagateElements(file, { ...ask, frame: "teme" });
    const [ecef] = propagateElements(file, { ...ask, frame: "ecef" });
    const [ground] = propagateElements(file, { ...ask, frame: "geodetic" });
    if (!("positionKm" in teme) || !("positionKm" in ecef) || !("latitudeDeg" in ground))
      throw new Error("no position");
    const radius = Math.hypot(...teme.positionKm);
    expect(Math.hypot(...ecef.positionKm)).toBeCloseTo(radius, 6);
    expect(ecef.positionKm[2]).toBeCloseTo(teme.positionKm[2], 9);
    expect(Math.atan2(ecef.positionKm[1], ecef.positionKm[0])).toBeCloseTo(
      (ground.longitudeDeg * Math.PI) / 180,
      9,
    );
    expect(Math.abs(ground.altitudeKm - (radius - 6371))).toBeLessThan(15);
  });

  it("reports an object that SGP4 gives up on with its reason, and goes on", () => {
    const rows = propagateElements(file, { ids: ["22312", "5"], minutes: [494.2], frame: "geodetic" });
    expect(rows[0]).toEqual({
      id: "22312",
      minutes: 494.2,
      error: "mean eccentricity is not between 0 and 1",
    });
    expect(rows[1]).toHaveProperty("latitudeDeg");
  });

  it("tells everything that is wrong with the question", () => {
    const ask = { ids: ["5", "7"], minutes: [1e12], at: ["noon"], frame: "teme" } as const;
    try {
      propagateElements(file, ask);
      expect.unreachable();
    } catch (error) {
      expect((error as BadInput).problems.map((p) => p.field)).toEqual(["id", "minutes", "minutes", "at"]);
    }
    expect(() => propagateElements(readElements(""), { minutes: [0], frame: "teme" })).toThrow(BadInput);
  });
});
