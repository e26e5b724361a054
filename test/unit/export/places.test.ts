import { XMLParser, XMLValidator } from "fast-xml-parser";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  lineGeometry,
  ringGeometry,
  type Geometry,
  type Position,
} from "../../../src/main/export/dateline.ts";
import { kml } from "../../../src/main/export/kml.ts";
import { AWKWARD, events, Kept, UES, users } from "./kept-run.ts";

let kept: Kept;
beforeAll(() => {
  kept = new Kept();
});
afterAll(() => kept.close());

interface Parsed {
  features: { geometry: Geometry | null; properties: Record<string, unknown> }[];
}
const geojson = (table: "ues" | "cells" | "events" | "satellites") =>
  JSON.parse(kept.text(table, "geojson")) as Parsed;

function positions(geometry: Geometry | null): Position[] {
  if (!geometry) return [];
  return (
    geometry.type === "Point"
      ? [geometry.coordinates]
      : geometry.coordinates.flat(
          geometry.type === "MultiPolygon" ? 2 : geometry.type === "LineString" ? 0 : 1,
        )
  ) as Position[];
}

const area = (ring: Position[]) =>
  ring.slice(1).reduce((sum, [x, y], i) => sum + (ring[i][0] * y - x * ring[i][1]) / 2, 0);
const rings = (geometry: Geometry) =>
  geometry.type === "MultiPolygon"
    ? geometry.coordinates.flat()
    : geometry.type === "Polygon"
      ? geometry.coordinates
      : [];

describe("GeoJSON", () => {
  it.each(["ues", "cells", "events", "satellites"] as const)(
    "of the %s stays within ±180° and ±90°, longitude first",
    (table) => {
      const { features } = geojson(table);
      expect(features.length).toBeGreaterThan(1);
      for (const [x, y] of features.flatMap(({ geometry }) => positions(geometry))) {
        expect(Math.abs(x)).toBeLessThanOrEqual(180);
        expect(Math.abs(y)).toBeLessThanOrEqual(90);
      }
    },
  );

  it("puts UEs and events where the UEs are", () => {
    expect(geojson("ues").features.map(({ geometry }) => positions(geometry)[0])).toEqual(
      Array.from({ length: UES }, (_, ue) => [
        users.longitudeDeg[ue],
        Number(users.latitudeDeg[ue].toFixed(7)),
      ]),
    );
    const third = geojson("events").features[3];
    expect(positions(third.geometry)).toEqual([[-179.75, 0.1]]);
    expect(third.properties).toMatchObject({
      ue: events.ue[3],
      sourceCell: 3,
      targetSatellite: "B 2",
      utc: "2026-01-01T00:01:01.656Z",
    });
  });

  it("cuts the way of a satellite at the antimeridian", () => {
    const [plain, crossing] = geojson("satellites").features;
    expect(plain.geometry!.type).toBe("LineString");
    expect(positions(plain.geometry)).toHaveLength(3);
    expect(crossing.geometry!.type).toBe("MultiLineString");
    expect(positions(crossing.geometry).map(([x]) => Math.sign(x))).toEqual([1, 1, -1, -1]);
    expect(crossing.properties).toEqual({
      satellite: "B 2",
      name: AWKWARD,
      beginUtc: "2026-01-01T00:00:00.000Z",
      endUtc: "2026-01-01T00:00:30.000Z",
    });
  });

  it("cuts cells at the antimeridian, closes those around a pole, and has no shape for those beyond the limb", () => {
    const byCell = geojson("cells").features.map(({ geometry }) => geometry);
    expect(byCell.map((geometry) => geometry?.type ?? null)).toEqual([
      "Polygon",
      "Polygon",
      "MultiPolygon",
      "Polygon",
      null,
      "MultiPolygon",
    ]);
    expect(positions(byCell[5]).map(([, y]) => y)).toContain(90);
    for (const geometry of byCell)
      for (const ring of geometry ? rings(geometry) : []) {
        expect(ring[0]).toEqual(ring.at(-1));
        expect(area(ring)).toBeGreaterThan(0);
      }
  });
});

describe("the antimeridian", () => {
  it("takes nothing from a cell and adds nothing", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -180, max: 180, noNaN: true }),
        fc.double({ min: -60, max: 60, noNaN: true }),
        fc.double({ min: 0.1, max: 20, noNaN: true }),
        fc.boolean(),
        (x, y, r, reversed) => {
          const wrap = (longitude: number) => ((longitude + 540) % 360) - 180;
          const ring = Array.from({ length: 12 }, (_, i) => [
            wrap(x + r * Math.cos((i * Math.PI) / 6)),
            y + r * Math.sin((i * Math.PI) / 6),
          ]);
          const parts = rings(ringGeometry(reversed ? ring.toReversed() : ring));
          expect(parts.reduce((sum, part) => sum + area(part), 0)).toBeCloseTo(3 * r * r, 4);
          for (const [longitude] of parts.flat()) expect(Math.abs(longitude)).toBeLessThanOrEqual(180);
        },
      ),
    );
  });

  it("is met at the height that lies between", () => {
    expect(
      lineGeometry([
        [170, 10, 100],
        [-160, 40, 400],
      ]),
    ).toEqual({
      type: "MultiLineString",
      coordinates: [
        [
          [170, 10, 100],
          [180, 20, 200],
        ],
        [
          [-180, 20, 200],
          [-160, 40, 400],
        ],
      ],
    });
  });
});

describe("KML", () => {
  const parser = new XMLParser({
    ignoreAttributes: false,
    isArray: (name) => name === "Data" || name === "Placemark",
    parseTagValue: false,
  });

  it.each(["ues", "cells", "events", "satellites"] as const)(
    "of the %s is well-formed and has a placemark for each",
    (table) => {
      const text = kept.text(table, "kml");
      expect(XMLValidator.validate(text)).toBe(true);
      const root = parser.parse(text).kml;
      expect(root["@_xmlns"]).toBe("http://www.opengis.net/kml/2.2");
      expect(root.Document.Placemark).toHaveLength(geojson(table).features.length);
    },
  );

  it("escapes names and tells when", () => {
    const [, lost] = parser.parse(kept.text("satellites", "kml")).kml.Document.Placemark;
    expect(lost.name).toBe(AWKWARD);
    expect(lost.TimeSpan).toEqual({ begin: "2026-01-01T00:00:00.000Z", end: "2026-01-01T00:00:30.000Z" });
    expect(lost.MultiGeometry.LineString).toHaveLength(2);
    const [event] = parser.parse(kept.text("events", "kml")).kml.Document.Placemark;
    expect(event.TimeStamp.when).toBe("2026-01-01T00:00:00.200Z");
    expect(event.Point.coordinates).toBe("179.75,-12.5");
    expect(event.ExtendedData.Data.map((d: Record<string, string>) => d["@_name"])).toContain(
      "rsrpTargetDbm",
    );
  });

  it("leaves out what XML cannot hold", () => {
    const bell = { name: "a\u0007b\uffff\t<", properties: { "k\u0000": "\u001b[0m" }, geometry: null };
    const text = [...kml("t", [bell])].join("");
    expect(XMLValidator.validate(text)).toBe(true);
    expect(text).toContain("<name>ab\t&lt;</name>");
    expect(text).toContain('<Data name="k"><value>[0m</value></Data>');
  });
});
