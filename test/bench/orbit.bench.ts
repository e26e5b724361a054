/**
 * Look angles of a whole catalogue at 192 instants: straight from SGP4 and interpolated between its knots, beside
 * python-sgp4 with NumPy. Prints millions of satellite instants a second on one core, and differences; never fails.
 * Run through `npm run bench`. Without the catalogue of the reference folder, a Walker shell takes its place.
 */
import { sgp4, twoline2satrec } from "satellite.js";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { DEG } from "../../src/main/math/constants.ts";
import { sweepLook, trackLook, type Looks } from "../../src/main/orbit/sweep.ts";
import { buildTrack } from "../../src/main/orbit/track.ts";
import type { SatelliteSource } from "../../src/shared/mission.ts";

const CATALOGUE = resolve(import.meta.dirname, "../../../shared/reference/orbits/starlink-2025-09-23.tle");
const START_MS = Date.UTC(2025, 8, 23, 12);
const INSTANTS = 192;
const OBSERVER = { latitude: 48.14 * DEG, longitude: 11.58 * DEG, heightM: 520 };
/** Not at the knots, where there is nothing to interpolate. */
const times = Float64Array.from({ length: INSTANTS }, (_, k) => 5 + 10 * k);

function catalogue(text: string): SatelliteSource[] {
  const lines = text.split(/\r?\n/);
  const first = lines.map((line, i) => (line.startsWith("1 ") ? i : -1)).filter((i) => i >= 0);
  return first.map((i) => {
    const id = lines[i].slice(2, 7);
    return { kind: "tle", id, name: id, line1: lines[i].trim(), line2: lines[i + 1].trim() };
  });
}

/** 72 planes of 115 at 550 km. */
const walker = (): SatelliteSource[] =>
  Array.from({ length: 72 * 115 }, (_, i) => ({
    kind: "kepler",
    id: `${i}`,
    name: `${i}`,
    semiMajorAxisM: 6_928_137,
    eccentricity: 0,
    inclination: 53 * DEG,
    raan: Math.floor(i / 115) * 5 * DEG,
    argumentOfPerigee: 0,
    meanAnomaly: ((i % 115) * 360 * DEG) / 115,
  }));

const looks = (length: number): Looks => ({
  azimuth: new Float64Array(length),
  elevation: new Float64Array(length),
  range: new Float64Array(length),
});

/** Least seconds of some runs. */
function least(runs: number, work: () => void): number {
  let best = Infinity;
  for (let i = 0; i < runs; i++) {
    const began = performance.now();
    work();
    best = Math.min(best, (performance.now() - began) / 1000);
  }
  return best;
}

interface Peer {
  accelerated: boolean;
  satellites: number;
  propagateS: number;
  lookS: number;
  sumRange: number;
}

function peer(satellites: number): Peer | string {
  const ask = {
    file: CATALOGUE,
    startMs: START_MS,
    times: [...times],
    satellites,
    latitude: OBSERVER.latitude,
    longitude: OBSERVER.longitude,
    heightM: OBSERVER.heightM,
  };
  const run = spawnSync("/usr/bin/python3", [join(import.meta.dirname, "peers/orbit_peer.py")], {
    input: JSON.stringify(ask),
    encoding: "utf8",
  });
  if (run.status !== 0) return (run.error?.message ?? run.stderr.trim().split("\n").at(-1)) || "no answer";
  return JSON.parse(run.stdout) as Peer;
}

const known = existsSync(CATALOGUE);
const sources = known ? catalogue(readFileSync(CATALOGUE, "utf8")) : walker();
const count = sources.length;
const items = count * INSTANTS;
const rate = (seconds: number) => `${(items / seconds / 1e6).toFixed(1)} M/s`;

const straight = looks(items);
let lost: Uint8Array = new Uint8Array(0);
const straightS = least(2, () => (lost = sweepLook(sources, START_MS, times, OBSERVER, straight)));
const setUpS = least(3, () => sweepLook(sources, START_MS, times.subarray(0, 1), OBSERVER, straight));
sweepLook(sources, START_MS, times, OBSERVER, straight);
const trackBegan = performance.now();
const track = buildTrack(sources, START_MS, times[INSTANTS - 1]);
const trackS = (performance.now() - trackBegan) / 1000;
const smooth = looks(items);
const smoothS = least(7, () => trackLook(track, times, OBSERVER, smooth));

console.log(
  `${count} satellites ${known ? "of the catalogue" : "of a Walker shell (no catalogue here)"} × ${INSTANTS} instants, look angles, one core, best of some runs`,
);
console.log(
  `  straight from the elements: ${straightS.toFixed(2)} s, ${rate(straightS)}; ${setUpS.toFixed(2)} s of it initialise the elements, ` +
    `${rate(straightS - setUpS)} without`,
);
if (known) {
  const records = sources.flatMap((source) =>
    source.kind === "tle" ? [twoline2satrec(source.line1, source.line2)] : [],
  );
  const libraryS = least(2, () => {
    for (const record of records) for (const t of times) sgp4(record, t / 60);
  });
  console.log(`  satellite.js in a plain loop, positions alone: ${libraryS.toFixed(2)} s, ${rate(libraryS)}`);
}
console.log(
  `  interpolated: ${smoothS.toFixed(3)} s, ${rate(smoothS)} (${(straightS / smoothS).toFixed(0)}×); its knots ${track.knotS} s apart took ${trackS.toFixed(2)} s`,
);

let worstRange = 0;
let worstElevation = 0;
for (let i = 0; i < items; i++) {
  if (lost[i] === 1 || track.lost[i % count] !== null) continue;
  worstRange = Math.max(worstRange, Math.abs(smooth.range[i] - straight.range[i]));
  worstElevation = Math.max(worstElevation, Math.abs(smooth.elevation[i] - straight.elevation[i]));
}
console.log(
  `  largest error of the interpolation: range ${worstRange.toFixed(3)} m, elevation ${worstElevation.toExponential(1)} rad; ` +
    `${lost.reduce((sum, flag) => sum + flag, 0)} of ${items} lost`,
);

const there = known ? peer(count) : "it needs the catalogue";
if (typeof there === "string")
  console.log(`  no peer: ${there} (Debian packages python3-sgp4 python3-numpy)`);
else {
  const theirItems = there.satellites * INSTANTS;
  const theirs = (there.propagateS + there.lookS) / theirItems;
  let sum = 0;
  for (let k = 0; k < INSTANTS; k++)
    for (let s = 0; s < there.satellites; s++)
      if (lost[k * count + s] === 0) sum += straight.range[k * count + s];
  console.log(
    `  python-sgp4 (${there.accelerated ? "C++" : "plain Python"}, ${there.satellites} satellites): ${(1 / theirs / 1e6).toFixed(3)} M/s; ` +
      `straight ${((theirs * items) / straightS).toFixed(1)}×, interpolated ${((theirs * items) / smoothS).toFixed(0)}×; ` +
      `NumPy's look angles alone ${(theirItems / there.lookS / 1e6).toFixed(1)} M/s; ` +
      `mean range differs by ${Math.abs((sum - there.sumRange) / theirItems).toExponential(1)} m`,
  );
}
