import { BadInput, type Problem } from "../../shared/errors.ts";
import { DEG } from "../math/constants.ts";
import { ecefToGeodetic } from "../math/wgs84.ts";
import { gmst, temeToEcef } from "../orbit/frames.ts";
import { sgp4Orbit } from "../orbit/sgp4.ts";
import { catalogueNumber, type ElementFile } from "../scenario/elements.ts";

export interface PropagateAsk {
  /** catalogue numbers; all objects when absent */
  ids?: readonly string[];
  /** minutes since each object's own epoch */
  minutes?: readonly number[];
  /** instants, ISO 8601 with a zone */
  at?: readonly string[];
  frame: "teme" | "ecef" | "geodetic";
}

type Vector = [number, number, number];

/** `minutes` counts from the object's epoch in every mode. */
export type PropagateRow = { id: string; minutes: number } & (
  | { positionKm: Vector; velocityKmS: Vector }
  | { latitudeDeg: number; longitudeDeg: number; altitudeKm: number }
  | { error: string }
);

/** A century either way; SGP4 means nothing long before that. */
const MAX_MINUTES = 52_596_000;

/** Where the objects of an element file are, by SGP4, at the instants asked for. */
export function propagateElements(file: ElementFile, ask: PropagateAsk): PropagateRow[] {
  const { records, instants } = checkAsk(file, ask);
  const state = new Float64Array(6);
  return records.flatMap(({ source }) => {
    const orbit = sgp4Orbit(source);
    const minutes = ask.minutes ?? instants.map((ms) => (ms - orbit.epochMs) / 60_000);
    return minutes.map((m): PropagateRow => {
      const error = orbit.at(state, 0, m);
      if (error !== null) return { id: source.id, minutes: m, error };
      return { id: source.id, minutes: m, ...inFrame(state, orbit.epochMs + m * 60_000, ask.frame) };
    });
  });
}

function inFrame(state: Float64Array, unixMs: number, frame: PropagateAsk["frame"]) {
  if (frame !== "teme") temeToEcef(state, 0, state, 0, gmst(unixMs));
  if (frame === "geodetic") {
    ecefToGeodetic(state, 0, state[0], state[1], state[2]);
    return { latitudeDeg: state[0] / DEG, longitudeDeg: state[1] / DEG, altitudeKm: state[2] / 1000 };
  }
  const [x, y, z, vx, vy, vz] = state;
  return {
    positionKm: [x / 1000, y / 1000, z / 1000] as Vector,
    velocityKmS: [vx / 1000, vy / 1000, vz / 1000] as Vector,
  };
}

function checkAsk(file: ElementFile, ask: PropagateAsk) {
  const problems: Problem[] = [];
  const add = (field: string, reason: string, remedy: string) => problems.push({ field, reason, remedy });
  const known = new Map(file.accepted.map((record) => [record.source.id, record]));
  if (known.size === 0) add("elements", "the element file has no usable record", "Give a TLE or OMM file.");
  const ids = ask.ids?.map((id) => catalogueNumber(id) ?? id) ?? [...known.keys()];
  for (const id of ids)
    if (!known.has(id))
      add("id", `no record of object ${id} is in the file`, "Give a catalogue number from the file.");
  if ((ask.minutes === undefined) === (ask.at === undefined))
    add(
      "minutes",
      "the instants must be given in one way",
      "Give either minutes since the epoch or ISO instants.",
    );
  for (const m of ask.minutes ?? [])
    if (!(Math.abs(m) <= MAX_MINUTES))
      add(
        "minutes",
        `${m} is not within a century of the epoch`,
        `Give −${MAX_MINUTES} to ${MAX_MINUTES} minutes.`,
      );
  const instants = (ask.at ?? []).map((text) => {
    const ms = /^\d{4}-\d\d-\d\dT/.test(text)
      ? Date.parse(/(Z|[+-]\d\d:\d\d)$/i.test(text) ? text : `${text}Z`)
      : NaN;
    if (Number.isNaN(ms))
      add("at", `"${text}" is no ISO 8601 instant`, "Give, for example, 2025-09-23T12:00:00Z.");
    return ms;
  });
  if (problems.length > 0) throw new BadInput(problems);
  const records = ids.flatMap((id) => known.get(id) ?? []);
  return { records, instants };
}
