import { distanceLabels, timeLabels } from "../learn/label.ts";
import { wcssCurve } from "../learn/kmeans.ts";
import { elbow } from "../learn/elbow.ts";
import { DEG } from "../math/constants.ts";
import { haversine } from "../math/wgs84.ts";
import type { Track } from "../orbit/track.ts";
import { Footprints } from "../simulation/cells.ts";
import type { Columns } from "../../shared/columns.ts";
import { FEATURE_COLUMNS } from "../../shared/dataset.ts";
import type { Mission } from "../../shared/mission.ts";

export const MAX_CLUSTERS = 10;

/** Clusters, labels and features of the UEs that are served at the mark. */
export interface Readiness {
  /** [row] UE */
  ues: Uint32Array<ArrayBuffer>;
  /** [row × feature], FEATURE_COLUMNS in order */
  features: Float32Array<ArrayBuffer>;
  /** [row] 1 handover-ready */
  label: Uint8Array<ArrayBuffer>;
  /** [row] */
  cluster: Uint8Array<ArrayBuffer>;
  /** [row] great-circle distance to the cluster's centroid, km */
  distanceKm: Float64Array<ArrayBuffer>;
  k: number;
  wcss: number[];
  centroids: { latitudeDeg: number; longitudeDeg: number; ues: number }[];
}

/** k-means on raw (cell type, latitude °, longitude °) for k = 1 … 10, and its elbow (Dahouda et al. §3.2). */
function clusters(data: Columns, ues: Uint32Array, seed: number) {
  const points = new Float64Array(ues.length * 3);
  for (let row = 0; row < ues.length; row++) {
    points[3 * row] = data.cellType[ues[row]];
    points[3 * row + 1] = data.latitudeDeg[ues[row]];
    points[3 * row + 2] = data.longitudeDeg[ues[row]];
  }
  const curve = wcssCurve(points, ues.length, 3, Math.min(MAX_CLUSTERS, ues.length), { seed });
  return { wcss: curve.wcss, best: curve.best(elbow(curve.wcss)) };
}

/** Radius of each UE's serving cell at the mark [row], m: of the circle with the area of its footprint. */
function cellRadii(mission: Mission, track: Track, serving: Uint32Array, ues: Uint32Array): Float64Array {
  const footprints = new Footprints(mission, track);
  const known = new Map<number, number>();
  return Float64Array.from(ues, (ue) => {
    const cell = serving[ue];
    let radius = known.get(cell);
    if (radius === undefined) {
      const ellipse = footprints.at(cell, mission.mark);
      radius = ellipse ? Math.sqrt(ellipse.semiMajorM * ellipse.semiMinorM) : Number.NaN;
      known.set(cell, radius);
    }
    return radius;
  });
}

/**
 * @param data the data set of `datasetAt` [ue]; @param serving [ue] cell at the mark; @param leaveS [ue] `timeToLeave`
 * @returns null when fewer than ten UEs are served: nothing can be learned then
 */
export function readiness(
  mission: Mission,
  track: Track,
  data: Columns,
  serving: Uint32Array,
  leaveS: Float32Array,
): Readiness | null {
  // cells on the ground have no data set
  const isServed = (ue: number) => serving[ue] !== 0 && !Number.isNaN(data.rangeKm[ue]);
  const ues = Uint32Array.from(serving.keys().filter(isServed));
  if (ues.length < 10) return null;
  const { wcss, best } = clusters(data, ues, mission.seed);
  const distanceKm = new Float64Array(ues.length);
  const counts = new Uint32Array(best.k);
  for (let row = 0; row < ues.length; row++) {
    const c = best.labels[row];
    counts[c]++;
    const latitude = data.latitudeDeg[ues[row]] * DEG;
    const longitude = data.longitudeDeg[ues[row]] * DEG;
    distanceKm[row] =
      haversine(best.centroids[3 * c + 1] * DEG, best.centroids[3 * c + 2] * DEG, latitude, longitude) / 1000;
  }
  const label = new Uint8Array(ues.length);
  if (mission.label.kind === "distance") {
    const radii = cellRadii(mission, track, serving, ues);
    distanceLabels(
      label,
      distanceKm.map((km, row) => (km * 1000) / radii[row]),
      mission.label.fraction,
    );
  } else
    timeLabels(
      label,
      Float64Array.from(ues, (ue) => leaveS[ue]),
      mission.label.seconds,
    );
  return {
    ues,
    features: featureMatrix(data, ues, best.labels, distanceKm),
    label,
    cluster: best.labels.slice() as Uint8Array<ArrayBuffer>,
    distanceKm,
    k: best.k,
    wcss,
    centroids: Array.from(counts, (n, c) => ({
      latitudeDeg: best.centroids[3 * c + 1],
      longitudeDeg: best.centroids[3 * c + 2],
      ues: n,
    })),
  };
}

function featureMatrix(
  data: Columns,
  ues: Uint32Array,
  cluster: Uint8Array,
  distanceKm: Float64Array,
): Float32Array<ArrayBuffer> {
  const width = FEATURE_COLUMNS.length;
  const x = new Float32Array(ues.length * width);
  FEATURE_COLUMNS.forEach(({ key }, column) => {
    for (let row = 0; row < ues.length; row++) {
      let value: number;
      if (key === "cluster") value = cluster[row];
      else if (key === "distanceKm") value = distanceKm[row];
      else value = data[key][ues[row]];
      x[row * width + column] = value;
    }
  });
  return x;
}

/** Some columns of a row-major matrix as a matrix of their own. */
export function pickColumns(x: Float32Array, width: number, columns: number[]): Float32Array {
  const rows = x.length / width;
  const out = new Float32Array(rows * columns.length);
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < columns.length; i++) out[row * columns.length + i] = x[row * width + columns[i]];
  }
  return out;
}

/** Some rows of a row-major matrix as a matrix of their own. */
export function pickRows(x: Float32Array, width: number, rows: Uint32Array): Float32Array {
  const out = new Float32Array(rows.length * width);
  for (let i = 0; i < rows.length; i++)
    out.set(x.subarray(rows[i] * width, (rows[i] + 1) * width), i * width);
  return out;
}
