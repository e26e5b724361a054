import type { ExportTable } from "../../shared/operations.ts";
import type { Footprint } from "../../shared/footprint.ts";
import { cellNames, type Source } from "./source.ts";
import { isoTimes } from "./table.ts";
import { jsonArray } from "./text.ts";

export type MovingTable = Extract<ExportTable, "satellites" | "cells" | "events">;

/** How long a change of cell is shown [ms]. */
const SHOWN_MS = 1000;

type Packet = Record<string, unknown>;
const packets: Record<MovingTable, (source: Source) => Iterable<Packet>> = { satellites, cells, events };

/** CZML, the format of CesiumJS: a document packet with the clock, then one packet for each thing. */
export function czml(table: MovingTable, source: Source): Iterable<string> {
  return jsonArray("[", all(table, source), "\n]\n");
}

function* all(table: MovingTable, source: Source): Generator<Packet> {
  const { record } = source;
  const interval = span(record.startMs, record.startMs + record.durationS * 1000);
  const clock = { interval, currentTime: interval.slice(0, interval.indexOf("/")), multiplier: 10 };
  yield { id: "document", name: record.title === "" ? record.scenario : record.title, version: "1.0", clock };
  yield* packets[table](source);
}

const iso = (ms: number) => new Date(Math.round(ms)).toISOString();
const span = (fromMs: number, toMs: number) => `${iso(fromMs)}/${iso(toMs)}`;
const rounded = (value: number, places: number) => Number(value.toFixed(places));

/** Positions and velocities at the knots, between which a cubic runs, as in the run itself. */
function* satellites({ reader, record }: Source): Generator<Packet> {
  const { columns, meta } = reader.satellites(record.run);
  const knots = columns.knots as Float64Array;
  const { ids, names, firstS, knotS } = meta;
  for (let s = 0; s < ids.length; s++) {
    const cartesianVelocity: number[] = [];
    let knot = 0;
    for (; knot < meta.knots; knot++) {
      const at = (knot * ids.length + s) * 6;
      if (Number.isNaN(knots[at])) break;
      cartesianVelocity.push(firstS + knot * knotS);
      for (let k = 0; k < 6; k++) cartesianVelocity.push(rounded(knots[at + k], k < 3 ? 2 : 4));
    }
    if (knot === 0) continue;
    const untilS = Math.min(record.durationS, firstS + (knot - 1) * knotS);
    yield {
      id: `satellite-${ids[s]}`,
      name: names[s],
      availability: span(record.startMs, record.startMs + untilS * 1000),
      position: {
        epoch: iso(record.startMs),
        referenceFrame: "FIXED",
        interpolationAlgorithm: "HERMITE",
        interpolationDegree: 3,
        cartesianVelocity,
      },
      point: { pixelSize: 6, color: { rgba: [255, 255, 255, 255] } },
    };
  }
}

/** Each cell as an ellipse that moves with its satellite, sampled at the knots of the track and at the end. */
function* cells(source: Source): Generator<Packet> {
  const { reader, record, footprint } = source;
  const { cell } = reader.cells(record.run);
  const names = cellNames(source);
  const times = sampleTimes(record.durationS, reader.satellites(record.run).meta.knotS);
  for (const number of cell) {
    const samples = times.flatMap((timeS) => {
      const place = footprint(number, timeS);
      return place ? [{ timeS, place }] : [];
    });
    if (samples.length === 0) continue;
    yield {
      id: `cell-${number}`,
      name: `Cell ${number}: ${names.title(number)}`,
      availability: availability(
        samples.map(({ timeS }) => timeS),
        times,
        record.startMs,
      ),
      ...ellipse(iso(record.startMs), samples),
    };
  }
}

function sampleTimes(durationS: number, knotS: number): number[] {
  const times = Array.from({ length: Math.ceil(durationS / knotS) }, (_, i) => i * knotS);
  return [...times, durationS];
}

/** The stretches of samples that follow one another. */
function availability(present: number[], times: number[], startMs: number): string[] {
  const stretches: [number, number][] = [];
  for (const timeS of present) {
    const last = stretches.at(-1);
    if (last && times.indexOf(timeS) === times.indexOf(last[1]) + 1) last[1] = timeS;
    else stretches.push([timeS, timeS]);
  }
  return stretches.map(([from, to]) => span(startMs + from * 1000, startMs + to * 1000));
}

function ellipse(epoch: string, samples: { timeS: number; place: Footprint }[]): Packet {
  const rotations = turning(samples.map(({ place }) => place.azimuthDeg));
  const sampled = (value: (place: Footprint, i: number) => number) =>
    samples.flatMap(({ timeS, place }, i) => [timeS, rounded(value(place, i), 6)]);
  return {
    position: {
      epoch,
      interpolationAlgorithm: "LAGRANGE",
      interpolationDegree: 3,
      cartographicDegrees: samples.flatMap(({ timeS, place }) => [
        timeS,
        rounded(place.longitudeDeg, 7),
        rounded(place.latitudeDeg, 7),
        0,
      ]),
    },
    ellipse: {
      semiMajorAxis: { epoch, number: sampled((place) => place.semiMajorKm * 1000) },
      // a rounding must not make the minor axis the longer one: Cesium refuses that
      semiMinorAxis: {
        epoch,
        number: sampled((place) => Math.min(place.semiMinorKm, place.semiMajorKm) * 1000),
      },
      rotation: { epoch, number: sampled((_, i) => rotations[i]) },
      height: 0,
      fill: false,
      outline: true,
      outlineColor: { rgba: [76, 194, 255, 255] },
    },
  };
}

/**
 * Azimuths of the major axis [°] as Cesium's rotations [rad], which are against the clock from east; without jumps,
 * since an axis is the same after half a turn.
 */
function turning(azimuthsDeg: number[]): number[] {
  let before = 0;
  return azimuthsDeg.map((azimuthDeg) => {
    const rotation = ((90 - azimuthDeg) * Math.PI) / 180;
    return (before = rotation + Math.round((before - rotation) / Math.PI) * Math.PI);
  });
}

/** Changes of cell as points at their UE, shown for a second. */
function* events({ reader, record }: Source): Generator<Packet> {
  const { ue, source, target, timeMs } = reader.events(record.run);
  const { latitudeDeg, longitudeDeg } = reader.ues(record.run);
  const utc = isoTimes();
  for (let i = 0; i < ue.length; i++) {
    const atMs = Math.round(record.startMs + timeMs[i]);
    yield {
      id: `event-${i}`,
      name: `UE ${ue[i]}: cell ${source[i]} → ${target[i]}`,
      availability: `${utc(atMs)}/${iso(atMs + SHOWN_MS)}`,
      position: { cartographicDegrees: [rounded(longitudeDeg[ue[i]], 7), rounded(latitudeDeg[ue[i]], 7), 0] },
      point: { pixelSize: 5, color: { rgba: [255, 180, 60, 255] } },
    };
  }
}
