import { EDGE_X } from "../beam/pattern.ts";
import { groundPoint } from "../beam/steering.ts";
import type { Track } from "../orbit/track.ts";
import { stateAt } from "../orbit/track.ts";
import { EARTH_MEAN_RADIUS } from "../math/constants.ts";
import { Random } from "../math/random.ts";
import { destination, ecefToGeodetic, geodeticToEcef } from "../math/wgs84.ts";
import type { Mission, Placement } from "../../shared/mission.ts";
import { BadInput } from "../../shared/errors.ts";
import { Aims } from "./aims.ts";
import { beamModel, patternArgument, type BeamModel } from "./beams.ts";
import { cumulativePopulation, drawAtPlaces, type LandGrid, type Settlements } from "./settlement.ts";
import type { Users } from "./users.ts";

/** A cell that UEs are drawn into: a circle around its centre that holds its −3 dB contour. */
interface Disc {
  latitude: number;
  longitude: number;
  radius: number;
  satellite: Float64Array;
  aim: Float64Array;
}

const point = new Float64Array(3);

/** Uniform in a spherical cap around a point; writes latitude, longitude. */
function drawInCap(
  out: Float64Array,
  random: Random,
  latitude: number,
  longitude: number,
  radius: number,
): void {
  const least = Math.cos(radius / EARTH_MEAN_RADIUS);
  const angle = Math.acos(1 - random.next() * (1 - least));
  destination(out, 0, latitude, longitude, 2 * Math.PI * random.next(), angle * EARTH_MEAN_RADIUS);
}

function drawInBox(out: Float64Array, random: Random, box: Extract<Placement, { kind: "box" }>): void {
  const width = box.east >= box.west ? box.east - box.west : box.east - box.west + 2 * Math.PI;
  const south = Math.sin(box.south);
  out[0] = Math.asin(south + random.next() * (Math.sin(box.north) - south));
  const longitude = box.west + random.next() * width;
  out[1] = longitude > Math.PI ? longitude - 2 * Math.PI : longitude;
}

/** x of a cell's pattern at a point on the ground. */
function argumentOf(model: BeamModel, disc: Disc, latitude: number, longitude: number): number {
  geodeticToEcef(point, 0, latitude, longitude, 0);
  const [x, y, z] = point;
  const dx = disc.satellite[0] - x;
  const dy = disc.satellite[1] - y;
  const dz = disc.satellite[2] - z;
  return patternArgument(model, disc.aim, 0, x, y, z, dx, dy, dz, Math.hypot(dx, dy, dz));
}

/** Radius [m] around the centre that holds the −3 dB contour of an antenna's beam. */
function contourRadius(model: BeamModel, disc: Disc): number {
  let radius = 1000;
  const outside = (distance: number) => {
    for (let i = 0; i < 32; i++) {
      destination(point, 0, disc.latitude, disc.longitude, (i * Math.PI) / 16, distance);
      if (argumentOf(model, disc, point[0], point[1]) <= EDGE_X) return false;
    }
    return true;
  };
  const height = Math.hypot(disc.satellite[0], disc.satellite[1], disc.satellite[2]);
  const horizon = EARTH_MEAN_RADIUS * Math.acos(EARTH_MEAN_RADIUS / height);
  while (radius < horizon && !outside(radius)) radius *= 1.1;
  return Math.min(radius, horizon);
}

/** The cells of all satellites as they stand at a time. */
export function discsAt(mission: Mission, track: Track, time: number): Disc[] {
  const model = beamModel(mission);
  const discs: Disc[] = [];
  const aims = new Aims(mission, model, track);
  const aim = new Float64Array(3 * model.beams);
  for (let s = 0; s < track.count; s++) {
    const satellite = new Float64Array(6);
    if (!stateAt(satellite, 0, track, s, time)) continue;
    aims.write(aim, 0, s, satellite, 0, time);
    for (let beam = 0; beam < model.beams; beam++) {
      const own = aim.slice(3 * beam, 3 * beam + 3);
      const centre = own.slice();
      if (own.every((value) => value === 0)) continue;
      if (
        model.kind === "antenna" &&
        !groundPoint(centre, 0, satellite[0], satellite[1], satellite[2], own[0], own[1], own[2])
      )
        continue;
      ecefToGeodetic(point, 0, centre[0], centre[1], centre[2]);
      const disc = { latitude: point[0], longitude: point[1], radius: model.cellRadius, satellite, aim: own };
      if (model.kind === "antenna") disc.radius = contourRadius(model, disc);
      discs.push(disc);
    }
  }
  return discs;
}

function drawInCells(out: Float64Array, random: Random, model: BeamModel, discs: Disc[]): void {
  const disc = discs[random.below(discs.length)];
  for (let tries = 0; tries < 1000; tries++) {
    drawInCap(out, random, disc.latitude, disc.longitude, disc.radius);
    if (argumentOf(model, disc, out[0], out[1]) <= EDGE_X) return;
  }
  out[0] = disc.latitude;
  out[1] = disc.longitude;
}

function pickClass(random: Random, mission: Mission): number {
  const total = mission.userClasses.reduce((sum, c) => sum + c.share, 0);
  let left = random.next() * total;
  for (let i = 0; i < mission.userClasses.length - 1; i++) {
    left -= mission.userClasses[i].share;
    if (left < 0) return i;
  }
  return mission.userClasses.length - 1;
}

/** What a population by places is drawn from. */
export interface Inhabited {
  places: Settlements;
  land: LandGrid;
}

type Draw = (out: Float64Array, random: Random) => void;

function placementOf(mission: Mission, track: Track, inhabited: Inhabited | null): Draw {
  const { placement } = mission;
  switch (placement.kind) {
    case "circle":
      return (out, random) =>
        drawInCap(out, random, placement.latitude, placement.longitude, placement.radiusM);
    case "box":
      return (out, random) => drawInBox(out, random, placement);
    case "cells": {
      const model = beamModel(mission);
      const discs = discsAt(mission, track, placement.at);
      if (discs.length === 0)
        throw nowhere("users.placement.atS", "no satellite has a cell on the ground at that time");
      return (out, random) => drawInCells(out, random, model, discs);
    }
    case "places": {
      if (!inhabited) throw new Error("a population by places needs the places");
      const { places, land } = inhabited;
      if (places.population.length === 0)
        throw nowhere("users.placement.minPopulation", "the box holds no place of that population");
      const cumulative = cumulativePopulation(places);
      return (out, random) => drawAtPlaces(out, random, cumulative, places, placement.spreadM, land);
    }
  }
}

const nowhere = (field: string, reason: string) =>
  new BadInput([{ field, reason, remedy: "Choose another value, or place the UEs in a circle or a box" }]);

/**
 * Places the UEs of a mission, each from its own draws: uniform in a circle, a box, or the cells as they stand at the
 * stated instant (every cell equally likely, uniform inside it; overlaps get UEs from both), or around inhabited places.
 * @param inhabited null but for the placement that asks for them
 */
export function placeUsers(mission: Mission, track: Track, inhabited: Inhabited | null): Users {
  const { userCount, seed, userClasses } = mission;
  const random = new Random(seed, "population");
  const draw = placementOf(mission, track, inhabited);
  const users: Users = {
    count: userCount,
    latitude: new Float64Array(userCount),
    longitude: new Float64Array(userCount),
    heading: new Float64Array(userCount),
    userClass: new Uint8Array(userCount),
  };
  const place = new Float64Array(3);
  for (let ue = 0; ue < userCount; ue++) {
    random.at(ue);
    const userClass = pickClass(random, mission);
    draw(place, random);
    users.userClass[ue] = userClass;
    users.latitude[ue] = place[0];
    users.longitude[ue] = place[1];
    users.heading[ue] = userClasses[userClass].heading ?? 2 * Math.PI * random.next();
  }
  return users;
}
