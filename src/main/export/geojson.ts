import type { Feature } from "./features.ts";
import { jsonArray } from "./text.ts";

/** RFC 7946: WGS-84, longitude before latitude, a feature a line. */
export function geojson(features: Iterable<Feature>): Iterable<string> {
  return jsonArray('{"type":"FeatureCollection","features":[', objects(features), "\n]}\n");
}

function* objects(features: Iterable<Feature>) {
  for (const { geometry, properties } of features) yield { type: "Feature", geometry, properties };
}
