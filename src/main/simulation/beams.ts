import { beamColours, beamOffsets } from "../beam/layout.ts";
import { EDGE_X, FIRST_NULL_X, apertureWaveNumber, beamwidth } from "../beam/pattern.ts";
import { boresight, cellCentre, chordOf, satelliteAxes } from "../beam/steering.ts";
import { DEG, EARTH_MEAN_RADIUS } from "../math/constants.ts";
import { BadInput } from "../../shared/errors.ts";
import type { Mission } from "../../shared/mission.ts";

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
  /** [beam] reuse-3 colour; the cell type of the data set */
  colours: Uint8Array;
  /** x per unit of sin θ, or per metre of chord on the ground */
  scale: number;
  plane: "orbit" | "track";
  /** radius of a circular cell [m]; 0 for an antenna */
  cellRadius: number;
  /** half of the −3 dB beamwidth [rad]; 0 for circular cells */
  halfBeamwidth: number;
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
  const { payload, radio } = mission;
  const plane = payload.layout === "row" ? ("track" as const) : ("orbit" as const);
  const unit = beamOffsets(payload.layout, payload.beams);
  const colours = beamColours(payload.layout, payload.beams);
  if (payload.kind === "antenna") {
    const width = beamwidth(radio.frequencyHz, payload.apertureRadiusM);
    const spacing = payload.spacingFactor * Math.sin(width / 2);
    for (let beam = 0; beam < payload.beams; beam++)
      if (!(Math.hypot(unit[2 * beam], unit[2 * beam + 1]) * spacing < 1)) throw beyondHorizon();
    return {
      kind: "antenna",
      beams: payload.beams,
      offsets: unit.map((value) => value * spacing),
      colours,
      scale: apertureWaveNumber(radio.frequencyHz, payload.apertureRadiusM),
      plane,
      cellRadius: 0,
      halfBeamwidth: width / 2,
    };
  }
  return {
    kind: "circular-cells",
    beams: payload.beams,
    offsets: unit.map((value) => value * payload.cellSpacingM),
    colours,
    scale: EDGE_X / chordOf(payload.cellRadiusM),
    plane,
    cellRadius: payload.cellRadiusM,
    halfBeamwidth: 0,
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
    const offNadir = Math.asin(Math.min(1, reach)) + Math.asin(Math.min(1, lobe));
    const horizon = Math.acos(EARTH_MEAN_RADIUS / satelliteRadius);
    const sine = (satelliteRadius / EARTH_MEAN_RADIUS) * Math.sin(offNadir);
    angle = offNadir >= Math.PI / 2 || sine >= 1 ? horizon : Math.min(horizon, Math.asin(sine) - offNadir);
  } else angle = (reach + (model.cellRadius * FIRST_NULL_X) / EDGE_X) / EARTH_MEAN_RADIUS;
  angle += (FOOTPRINT_SPEED * seconds) / EARTH_MEAN_RADIUS + 0.3 * DEG;
  return Math.cos(Math.min(Math.PI, angle));
}
