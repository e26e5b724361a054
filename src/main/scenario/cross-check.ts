import type { Problem } from "../../shared/errors.ts";
import type { Scenario } from "../../shared/scenario.ts";
import { siteCount } from "./terrestrial.ts";

type Parts = Partial<Scenario>;

/** Cells have 24 bits in a frame; 0 is "none" and the last number stays free. */
export const MAX_CELLS = 16_777_214;
/** 8 bytes each: more would be over 32 GB in the database. */
const MAX_UE_STEPS = 4_000_000_000;
const MIN_PERIGEE_KM = 6378.137 + 100;
const HEXAGONS = [1, 7, 19, 37, 61, 91, 127];

/** What no field can tell by itself. Takes the parts that are valid alone, so that these problems show up with the others. */
export function crossCheck(parts: Parts): Problem[] {
  const problems: Problem[] = [];
  const add = (field: string, reason: string, remedy: string) => problems.push({ field, reason, remedy });
  checkTime(parts, add);
  checkUsers(parts, add);
  checkConstellation(parts, add);
  checkGateways(parts, add);
  checkPayload(parts, add);
  checkTerrestrial(parts, add);
  const { payload } = parts;
  if (payload?.layout === "hexagon" && !HEXAGONS.includes(payload.beams))
    add("payload.beams", `${payload.beams} beams make no hexagon`, `Give ${HEXAGONS.join(", ")}.`);
  return problems;
}

type Add = (field: string, reason: string, remedy: string) => void;

function checkTime({ time, users }: Parts, add: Add): void {
  if (!time) return;
  const { durationS, stepS, measurementPeriodMs, markS } = time;
  if (markS !== undefined && markS > durationS)
    add(
      "time.markS",
      `${markS} s is after the end of the run (${durationS} s)`,
      `Give at most ${durationS} s.`,
    );
  const whole = (value: number) => Math.abs(value / stepS - Math.round(value / stepS)) < 1e-9;
  for (const [field, value] of [
    ["time.durationS", durationS],
    ["time.markS", markS ?? 0],
  ] as const)
    if (!whole(value))
      add(
        field,
        `${value} s is no multiple of the frame step of ${stepS} s`,
        "Give a multiple of time.stepS.",
      );
  const periods = (stepS * 1000) / measurementPeriodMs;
  if (periods < 1 - 1e-9 || Math.abs(periods - Math.round(periods)) > 1e-9)
    add(
      "time.measurementPeriodMs",
      `${measurementPeriodMs} ms does not divide the frame step of ${stepS * 1000} ms`,
      "Give the step divided by a whole number.",
    );
  if (stepS > durationS)
    add("time.stepS", `${stepS} s is longer than the run (${durationS} s)`, `Give at most ${durationS} s.`);
  if (!users) return;
  const { placement, count } = users;
  if (placement.kind === "cells" && placement.atS > durationS)
    add(
      "users.placement.atS",
      `${placement.atS} s is after the end of the run (${durationS} s)`,
      `Give at most ${durationS} s.`,
    );
  const steps = Math.floor(durationS / stepS) + 1;
  if (count * steps > MAX_UE_STEPS)
    add(
      "users.count",
      `${count} UEs × ${steps} steps would fill ${Math.round((count * steps * 8) / 1e9)} GB`,
      "Give fewer UEs, a shorter run or a longer step.",
    );
}

function checkUsers({ users }: Parts, add: Add): void {
  if (!users) return;
  if (!(users.classes.reduce((sum, c) => sum + c.share, 0) > 0))
    add("users.classes", "all shares are 0", "Give at least one class a share above 0.");
  const names = users.classes.map((c) => `${c.name}, ${c.motion}`);
  names.forEach((name, i) => {
    if (names.indexOf(name) < i)
      add(
        `users.classes[${i}].name`,
        `"${name}" is there twice`,
        "Name every class with its motion once and add the shares.",
      );
  });
  const { placement } = users;
  if (placement.kind !== "box" && placement.kind !== "places") return;
  if (placement.southDeg >= placement.northDeg)
    add(
      "users.placement.southDeg",
      `the southern edge ${placement.southDeg}° is not south of the northern edge ${placement.northDeg}°`,
      `Give less than ${placement.northDeg}.`,
    );
  if (placement.westDeg === placement.eastDeg)
    add(
      "users.placement.eastDeg",
      `the box has no width: both edges are at ${placement.westDeg}°`,
      "Give another eastern edge; one west of the western edge means a box across the antimeridian.",
    );
}

function checkGateways({ gateways, payload }: Parts, add: Add): void {
  if (payload?.processing === "transparent" && !gateways)
    add(
      "payload.processing",
      "a transparent payload works through gateways, and there are none",
      'Give "gateways", or a regenerative payload.',
    );
  const names = (gateways?.stations ?? []).map(({ name }) => name);
  names.forEach((name, i) => {
    if (names.indexOf(name) < i)
      add(`gateways.stations[${i}].name`, `"${name}" is there twice`, "Give every gateway its own name.");
  });
}

function checkTerrestrial({ terrestrial, radio }: Parts, add: Add): void {
  if (!terrestrial) return;
  const { frequencyGHz, bandwidthMHz, surroundings, layout } = terrestrial;
  if (surroundings === "rural" && frequencyGHz > 7)
    add(
      "terrestrial.frequencyGHz",
      `rural macro path loss is for up to 7 GHz, not ${frequencyGHz}`,
      "Give a lower carrier, or urban surroundings.",
    );
  const apartMHz = radio ? Math.abs(frequencyGHz - radio.frequencyGHz) * 1000 : Infinity;
  const needed = radio ? (bandwidthMHz + radio.bandwidthMHz) / 2 : 0;
  if (apartMHz < needed - 1e-9)
    add(
      "terrestrial.frequencyGHz",
      `the band of the sites overlaps with the satellites' around ${radio!.frequencyGHz} GHz`,
      `Give a carrier at least ${needed} MHz away: the layers are taken not to disturb one another.`,
    );
  if (layout.kind !== "list") return;
  const places = layout.sites.map(({ latitudeDeg, longitudeDeg }) => `${latitudeDeg}, ${longitudeDeg}`);
  places.forEach((place, i) => {
    if (places.indexOf(place) < i)
      add(
        `terrestrial.layout.sites[${i}]`,
        `there is another site at ${place}`,
        "Give every site its own place.",
      );
  });
}

function checkPayload({ payload }: Parts, add: Add): void {
  if (!payload) return;
  const given = payload.positions?.length ?? 0;
  if (payload.layout === "list" ? given !== payload.beams : given > 0)
    add(
      "payload.positions",
      payload.layout === "list"
        ? `${given} positions for ${payload.beams} beams`
        : `the layout "${payload.layout}" takes no positions`,
      payload.layout === "list"
        ? "Give one position for each beam."
        : 'Leave them out or give the layout "list".',
    );
  if (payload.kind !== "antenna" || payload.pattern.kind !== "table") return;
  const { offAxisDeg, relativeGainDb } = payload.pattern;
  if (offAxisDeg.length !== relativeGainDb.length)
    add(
      "payload.pattern.relativeGainDb",
      `${relativeGainDb.length} gains for ${offAxisDeg.length} angles`,
      "Give one gain for each angle.",
    );
  if (offAxisDeg[0] !== 0 || offAxisDeg.some((angle, i) => i > 0 && angle <= offAxisDeg[i - 1]))
    add("payload.pattern.offAxisDeg", "the angles do not rise from 0", "Sort them, from 0 on.");
  if (relativeGainDb[0] !== 0 || !relativeGainDb.some((gain) => gain <= -3))
    add(
      "payload.pattern.relativeGainDb",
      "the gain does not fall from 0 dB at the boresight to −3 dB",
      "Give gains relative to the peak, and enough of them.",
    );
}

function checkConstellation({ constellation, payload, terrestrial }: Parts, add: Add): void {
  if (!constellation || constellation.kind === "elements") return;
  const isWalker = constellation.kind === "walker";
  const count = isWalker
    ? constellation.planes * constellation.satellitesPerPlane
    : constellation.satellites.length;
  const sites = terrestrial ? siteCount(terrestrial) : 0;
  if (payload && count * payload.beams + sites > MAX_CELLS)
    add(
      "payload.beams",
      `${count} satellites × ${payload.beams} beams are ${count * payload.beams} cells, more than ${MAX_CELLS}`,
      "Give fewer satellites or beams.",
    );
  if (isWalker) {
    if (constellation.phasing >= constellation.planes)
      add(
        "constellation.phasing",
        `Walker phasing ${constellation.phasing} is not below the number of planes (${constellation.planes})`,
        `Give a whole number from 0 to ${constellation.planes - 1}.`,
      );
    return;
  }
  const seen = new Set<string>();
  constellation.satellites.forEach(({ id }, i) => {
    if (seen.has(id))
      add(`constellation.satellites[${i}].id`, `"${id}" is there twice`, "Give every satellite its own id.");
    seen.add(id);
  });
  if (constellation.kind !== "keplerian") return;
  constellation.satellites.forEach(({ semiMajorAxisKm, eccentricity }, i) => {
    const perigeeKm = semiMajorAxisKm * (1 - eccentricity);
    if (perigeeKm < MIN_PERIGEE_KM)
      add(
        `constellation.satellites[${i}].eccentricity`,
        `the perigee lies ${perigeeKm.toFixed(0)} km from the Earth's centre, which no satellite survives`,
        `Give at most ${Math.max(0, 1 - MIN_PERIGEE_KM / semiMajorAxisKm).toFixed(4)} with this semi-major axis.`,
      );
  });
}
