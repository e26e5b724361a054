import { beamColours, beamOffsets, listColours, polarisationColours } from "../beam/layout.ts";
import {
  EDGE_X,
  FIRST_NULL_X,
  apertureWaveNumber,
  beamwidth,
  gainTable,
  type GainTable,
} from "../beam/pattern.ts";
import { halfWidthOf, patternScale, patternTable } from "../beam/patterns.ts";
import { boresight, cellCentre, chordOf, satelliteAxes } from "../beam/steering.ts";
import { DEG, EARTH_MEAN_RADIUS } from "../math/constants.ts";
import { BadInput } from "../../shared/errors.ts";
import type { Mission, Payload } from "../../shared/mission.ts";

/**
 * The beams of every satellite of a mission, in the form the time loop needs.
 *
 * Antenna: a beam is a unit vector (its boresight) and x = k·a·sin θ. Circular cells: a beam is a point on the ground
 * (its centre) and x grows with the distance from it so that the pattern is at −3.000 dB at the cell's edge: an
 * idealised beam whose footprint is a circle at any elevation.
 */
export interface BeamModel {
  kind: "antenna" | "circular-cells";
  beams: number;
  /** [beam × 2] UV for an antenna, metres on the ground for circular cells: along, left */
  offsets: Float64Array;
  /** [beam] three-colouring; the cell type of the data set */
  colours: Uint8Array;
  /** [beam] frequency channel, and number of channels that the band is cut into */
  channel: Uint8Array;
  channels: number;
  /** [beam] 0 or 1; all 0 but under reuse 2 */
  polarisation: Uint8Array;
  /** relative gain over x */
  gain: GainTable;
  /** x per unit of sin θ, or per metre of chord on the ground */
  scale: number;
  plane: "orbit" | "track";
  /** radius of a circular cell [m]; 0 for an antenna */
  cellRadius: number;
  /** half of the −3 dB beamwidth [rad]; 0 for circular cells */
  halfBeamwidth: number;
  /** angle [rad] off its nominal direction up to which a beam holds its place on the ground; 0: beams move with the satellite */
  steering: number;
}

const beyondHorizon = () =>
  new BadInput([
    {
      field: "payload.beams",
      reason: "the outer beams would point more than 90° away from the nadir",
      remedy: "Give fewer beams, a larger aperture or a smaller spacing",
    },
  ]);

/** @throws BadInput where an antenna's layout does not fit on the UV plane */
export function beamModel(mission: Mission): BeamModel {
  const { payload } = mission;
  const model = {
    beams: payload.beams,
    plane: payload.layout === "row" ? ("track" as const) : ("orbit" as const),
    steering: payload.steeringLimit ?? 0,
    ...coloursOf(mission),
  };
  return payload.kind === "antenna"
    ? { ...model, kind: "antenna", ...antennaOf(payload, mission.radio.frequencyHz) }
    : {
        ...model,
        kind: "circular-cells",
        offsets: offsetsOf(payload, payload.cellSpacingM),
        scale: EDGE_X / chordOf(payload.cellRadiusM),
        gain: gainTable(),
        cellRadius: payload.cellRadiusM,
        halfBeamwidth: 0,
      };
}

/** [beam × 2] of a layout with a spacing between neighbours, or as listed. */
function offsetsOf({ layout, beams, positions }: Payload, spacing: number): Float64Array {
  if (layout === "list") return Float64Array.from(positions);
  return beamOffsets(layout, beams).map((value) => value * spacing);
}

function antennaOf(payload: Extract<Payload, { kind: "antenna" }>, frequencyHz: number) {
  const { pattern, apertureRadiusM } = payload;
  const waveNumber = apertureWaveNumber(frequencyHz, apertureRadiusM);
  const half = halfWidthOf(pattern, beamwidth(frequencyHz, apertureRadiusM) / 2);
  const scale = pattern.kind === "bessel" ? waveNumber : patternScale(half);
  const offsets = offsetsOf(payload, payload.spacingFactor * Math.sin(half));
  for (let beam = 0; beam < payload.beams; beam++)
    if (!(Math.hypot(offsets[2 * beam], offsets[2 * beam + 1]) < 1)) throw beyondHorizon();
  return {
    offsets,
    scale,
    gain: pattern.kind === "bessel" ? gainTable() : patternTable(pattern, scale, half),
    cellRadius: 0,
    halfBeamwidth: half,
  };
}

/** Channels by frequency reuse: one; three that differ between neighbours; two, each in two polarisations. */
function coloursOf({ payload, radio }: Mission) {
  const { layout, beams } = payload;
  const three = layout === "list" ? listColours(offsetsOf(payload, 1), 3) : beamColours(layout, beams);
  if (radio.frequencyReuse !== 2) {
    const channel = radio.frequencyReuse === 3 ? three : new Uint8Array(beams);
    return { colours: three, channel, channels: radio.frequencyReuse, polarisation: new Uint8Array(beams) };
  }
  const four = layout === "list" ? listColours(offsetsOf(payload, 1), 4) : polarisationColours(layout, beams);
  return {
    colours: three,
    channel: four.map((colour) => colour & 1),
    channels: 2,
    polarisation: four.map((colour) => colour >> 1),
  };
}

const axes = new Float64Array(9);

/** Writes what stands for each beam of one satellite ([beam × 3], see `BeamModel`) from its ECEF state. */
export function aimBeams(
  out: Float64Array,
  at: number,
  model: BeamModel,
  state: Float64Array,
  from: number,
): void {
  satelliteAxes(axes, 0, state, from, model.plane);
  for (let beam = 0; beam < model.beams; beam++) {
    const along = model.offsets[2 * beam];
    const left = model.offsets[2 * beam + 1];
    if (model.kind === "antenna") boresight(out, at + 3 * beam, axes, 0, along, left);
    else cellCentre(out, at + 3 * beam, state, from, axes, 0, along, left);
  }
}

/**
 * The pattern's argument x of one beam towards a UE. `dx, dy, dz` is the vector from the UE to the satellite and
 * `range` its length; `ux, uy, uz` the UE.
 */
export function patternArgument(
  model: BeamModel,
  aim: Float64Array,
  at: number,
  ux: number,
  uy: number,
  uz: number,
  dx: number,
  dy: number,
  dz: number,
  range: number,
): number {
  if (model.kind === "antenna") {
    const cosine = -(dx * aim[at] + dy * aim[at + 1] + dz * aim[at + 2]) / range;
    if (cosine <= 0) return Infinity;
    return model.scale * Math.sqrt(Math.max(0, 1 - cosine * cosine));
  }
  const ex = ux - aim[at];
  const ey = uy - aim[at + 1];
  const ez = uz - aim[at + 2];
  return model.scale * Math.sqrt(ex * ex + ey * ey + ez * ez);
}

/** Greatest speed of a footprint over the ground that a margin must allow for [m/s]. */
const FOOTPRINT_SPEED = 9000;

/** How much x of a beam may change while the footprint moves for `seconds`, at a satellite's distance [m] from the centre. */
export function argumentMargin(model: BeamModel, satelliteRadius: number, seconds: number): number {
  const moved = FOOTPRINT_SPEED * seconds;
  return model.kind === "antenna"
    ? (model.scale * moved) / (satelliteRadius - EARTH_MEAN_RADIUS - 30_000)
    : model.scale * moved;
}

/**
 * Cosine of the greatest angle at the Earth's centre between a satellite and a UE that can lie in the main lobe of
 * one of its beams within `seconds`; generous by 0.3° for the flattening.
 */
export function interestCosine(model: BeamModel, satelliteRadius: number, seconds: number): number {
  let reach = 0;
  for (let beam = 0; beam < model.beams; beam++) {
    reach = Math.max(reach, Math.hypot(model.offsets[2 * beam], model.offsets[2 * beam + 1]));
  }
  let angle: number;
  if (model.kind === "antenna") {
    const lobe = FIRST_NULL_X / model.scale;
    angle = groundAngle(
      Math.asin(Math.min(1, reach)) + Math.asin(Math.min(1, lobe)) + model.steering,
      satelliteRadius,
    );
  } else {
    angle = (reach + (model.cellRadius * FIRST_NULL_X) / EDGE_X) / EARTH_MEAN_RADIUS;
    if (model.steering > 0) {
      const across = EARTH_MEAN_RADIUS * Math.sin(angle);
      const offNadir = Math.atan2(across, satelliteRadius - EARTH_MEAN_RADIUS * Math.cos(angle));
      angle = groundAngle(offNadir + model.steering, satelliteRadius);
    }
  }
  angle += (FOOTPRINT_SPEED * seconds) / EARTH_MEAN_RADIUS + 0.3 * DEG;
  return Math.cos(Math.min(Math.PI, angle));
}

/** Angle at the Earth's centre [rad] to where a ray off the nadir [rad] meets the ground; to the horizon where it passes it. */
function groundAngle(offNadir: number, satelliteRadius: number): number {
  const horizon = Math.acos(EARTH_MEAN_RADIUS / satelliteRadius);
  const sine = (satelliteRadius / EARTH_MEAN_RADIUS) * Math.sin(offNadir);
  return offNadir >= Math.PI / 2 || sine >= 1 ? horizon : Math.min(horizon, Math.asin(sine) - offNadir);
}
