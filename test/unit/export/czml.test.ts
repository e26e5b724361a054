import {
  Cartesian3,
  Cartographic,
  CzmlDataSource,
  EllipseOutlineGeometry,
  JulianDate,
  Math as CesiumMath,
  Matrix4,
  Transforms,
  type Entity,
} from "cesium";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { events, footprints, Kept, START_MS, stateOf, users } from "./kept-run.ts";

let kept: Kept;
beforeAll(() => {
  // Cesium asks whether a value is a picture, which Node does not know
  vi.stubGlobal("Image", vi.fn());
  kept = new Kept();
});
afterAll(() => kept.close());

const at = (timeS: number) => JulianDate.fromDate(new Date(START_MS + timeS * 1000));
const load = async (table: "satellites" | "cells" | "events") =>
  CzmlDataSource.load(JSON.parse(kept.text(table, "czml")));
const place = (entity: Entity, timeS: number) => entity.position!.getValue(at(timeS));

/** Azimuth [rad] of the point of Cesium's outline that is farthest from the centre. */
function majorAxis(cell: Entity, timeS: number): number {
  const value = (key: "semiMajorAxis" | "semiMinorAxis" | "rotation") =>
    cell.ellipse![key]!.getValue(at(timeS)) as number;
  const centre = place(cell, timeS)!;
  const axes = {
    semiMajorAxis: value("semiMajorAxis"),
    semiMinorAxis: value("semiMinorAxis"),
    rotation: value("rotation"),
  };
  const outline = new EllipseOutlineGeometry({ center: centre, ...axes, granularity: 0.001 });
  const points = Cartesian3.unpackArray(
    EllipseOutlineGeometry.createGeometry(outline)!.attributes.position!.values as unknown as number[],
  );
  const local = Matrix4.inverse(Transforms.eastNorthUpToFixedFrame(centre), new Matrix4());
  const flat = points.map((point) => Matrix4.multiplyByPoint(local, point, new Cartesian3()));
  const far = flat.reduce((best, p) => (Math.hypot(p.x, p.y) > Math.hypot(best.x, best.y) ? p : best));
  return Math.atan2(far.x, far.y);
}

describe("CZML, as CesiumJS reads it,", () => {
  it("has the run's time as its clock", async () => {
    const { clock, name } = await load("satellites");
    expect(name).toBe("small");
    expect(JulianDate.toIso8601(clock.startTime, 3)).toBe("2026-01-01T00:00:00.000Z");
    expect(JulianDate.secondsDifference(clock.stopTime, clock.startTime)).toBe(75);
  });

  it("moves satellites as they move, between the knots too, until they are lost", async () => {
    const { entities } = await load("satellites");
    const satellite = entities.getById("satellite-44713")!;
    for (const timeS of [0, 7, 15, 44.4, 75]) {
      const [x, y, z] = stateOf(0, timeS);
      expect(Cartesian3.distance(place(satellite, timeS)!, new Cartesian3(x, y, z))).toBeLessThan(1);
    }
    const lost = entities.getById("satellite-B 2")!;
    expect([29, 31].map((timeS) => lost.isAvailable(at(timeS)))).toEqual([true, false]);
  });

  it("moves and turns cells with their satellites while they are on the ground", async () => {
    const { entities } = await load("cells");
    const cell = entities.getById("cell-1")!;
    for (const timeS of [0, 30, 45, 75]) {
      const truth = footprints(1, timeS)!;
      const { longitude, latitude } = Cartographic.fromCartesian(place(cell, timeS)!);
      expect(CesiumMath.toDegrees(longitude)).toBeCloseTo(truth.longitudeDeg, 4);
      expect(CesiumMath.toDegrees(latitude)).toBeCloseTo(truth.latitudeDeg, 4);
      expect(cell.ellipse!.semiMajorAxis!.getValue(at(timeS))).toBeCloseTo(truth.semiMajorKm * 1000, 6);
      // half a turn apart is the same axis
      expect(Math.sin(majorAxis(cell, timeS) - (truth.azimuthDeg * Math.PI) / 180)).toBeCloseTo(0, 2);
    }
    const leaving = entities.getById("cell-4")!;
    expect([59, 61].map((timeS) => leaving.isAvailable(at(timeS)))).toEqual([true, false]);
  });

  it("shows each change of cell for a second where the UE is", async () => {
    const { entities } = await load("events");
    expect(entities.values).toHaveLength(events.ue.length);
    const event = entities.getById("event-3")!;
    const { longitude } = Cartographic.fromCartesian(place(event, 62)!);
    expect(CesiumMath.toDegrees(longitude)).toBeCloseTo(users.longitudeDeg[2], 6);
    expect([61.6, 61.7, 62.6, 62.7].map((timeS) => event.isAvailable(at(timeS)))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });
});
