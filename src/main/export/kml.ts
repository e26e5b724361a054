import type { Geometry, Position } from "./dateline.ts";
import type { Feature } from "./features.ts";
import { isoTimes } from "./table.ts";

const ENTITIES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

/** XML 1.0 has no way to write other control characters, so they are left out. */
const escaped = (text: string) =>
  text.replaceAll(/[^\P{Cc}\t\n\r]|[\ufffe\uffff]/gu, "").replaceAll(/[&<>"']/g, (c) => ENTITIES[c]);

/** KML 2.2 (OGC 07-147r2): one placemark for each feature, its properties as extended data. */
export function* kml(title: string, features: Iterable<Feature>): Generator<string> {
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2">\n<Document><name>${escaped(title)}</name>\n`;
  const iso = isoTimes();
  for (const feature of features) yield placemark(feature, iso);
  yield "</Document>\n</kml>\n";
}

function placemark({ name, properties, geometry, timeMs }: Feature, iso: (ms: number) => string): string {
  const data = Object.entries(properties)
    .filter(([, value]) => value !== null)
    .map(([key, value]) => `<Data name="${escaped(key)}"><value>${escaped(String(value))}</value></Data>`)
    .join("");
  const shape = geometry ? shapes[geometry.type](geometry as never) : "";
  return `<Placemark><name>${escaped(name)}</name>${time(timeMs, iso)}<ExtendedData>${data}</ExtendedData>${shape}</Placemark>\n`;
}

function time(timeMs: Feature["timeMs"], iso: (ms: number) => string): string {
  if (timeMs === undefined) return "";
  if (typeof timeMs === "number") return `<TimeStamp><when>${iso(timeMs)}</when></TimeStamp>`;
  return `<TimeSpan><begin>${iso(timeMs[0])}</begin><end>${iso(timeMs[1])}</end></TimeSpan>`;
}

type Shape<T extends Geometry["type"]> = Extract<Geometry, { type: T }>;

const list = (positions: Position[]) => positions.map((p) => p.join(",")).join(" ");
const mode = (position: Position) => (position.length > 2 ? "<altitudeMode>absolute</altitudeMode>" : "");
const many = (parts: string[]) => `<MultiGeometry>${parts.join("")}</MultiGeometry>`;
const line = (path: Position[]) =>
  `<LineString>${mode(path[0])}<coordinates>${list(path)}</coordinates></LineString>`;
const polygon = ([ring]: Position[][]) =>
  `<Polygon><tessellate>1</tessellate><outerBoundaryIs><LinearRing><coordinates>${list(ring)}</coordinates></LinearRing></outerBoundaryIs></Polygon>`;

const shapes: { [T in Geometry["type"]]: (geometry: Shape<T>) => string } = {
  Point: ({ coordinates }) =>
    `<Point>${mode(coordinates)}<coordinates>${coordinates.join(",")}</coordinates></Point>`,
  LineString: ({ coordinates }) => line(coordinates),
  MultiLineString: ({ coordinates }) => many(coordinates.map(line)),
  Polygon: ({ coordinates }) => polygon(coordinates),
  MultiPolygon: ({ coordinates }) => many(coordinates.map(polygon)),
};
