import type { LibraryCard } from "../../shared/study.ts";

const ROWS = 5;

/** Least and greatest value of each column in dahouda-2023 at its mark, rounded; by feature key. */
const RANGES: Readonly<Record<string, readonly [number, number]>> = {
  cellType: [0, 2],
  latitudeDeg: [-1.5, 2.4],
  longitudeDeg: [-118.8, -113.5],
  timeS: [0, 31.6],
  azimuthDeg: [0, 360],
  elevationDeg: [41.5, 89.9],
  rangeKm: [300, 440.6],
  freeSpaceLossDb: [148, 151.3],
  propLossDb: [148, 151.4],
  rcvdIsoPowerDbw: [-105.6, -99.3],
  carrierPowerDbw: [-105.6, -99.3],
  fluxDensityDbwPerM2: [-78.2, -71.8],
  gOverTDbPerK: [-31.6, -31.6],
  cOverN0DbMHz: [31.3, 37.7],
  cOverNDb: [16.6, 22.9],
  ebOverN0Db: [21.3, 27.7],
  propagationDelayS: [0.001, 0.00147],
  propagationDistanceKm: [300, 440.6],
  spectralFluxDensityDbwPerM2Hz: [-152.9, -146.6],
  cluster: [0, 2],
  distanceKm: [0.3, 126.7],
};
const LEVELS = [-120, -60] as const;

/** A few rows [row × step × feature] from one end of every feature's range to the other, for a first try of a model. */
export function typicalRows({ features, steps }: LibraryCard): { x: Float32Array; rows: number } {
  const width = features.length;
  const x = new Float32Array(ROWS * steps * width);
  for (let row = 0; row < ROWS; row++) {
    for (let step = 0; step < steps; step++) {
      features.forEach(({ name }, f) => {
        const [low, high] = Object.hasOwn(RANGES, name) ? RANGES[name] : LEVELS;
        x[(row * steps + step) * width + f] = low + ((high - low) * row) / (ROWS - 1);
      });
    }
  }
  return { x, rows: ROWS };
}
