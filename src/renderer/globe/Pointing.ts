import { Cartesian2, Cartesian3, Cartographic, PerspectiveFrustum } from "cesium";
import type { Ray, Scene } from "cesium";
import { cellOf, cellSatellite, NO_SIGNAL, stateOf } from "../../shared/frame.ts";
import { clock } from "../session/clock.ts";
import { gatewayName } from "../session/gateways.ts";
import { EARTH_MEAN_RADIUS_M, rowAt } from "./footprints.ts";
import { handoversAt } from "./heat.ts";
import { choicesOf, nearestUe, NONE_NEAR, satelliteOnRay } from "./pick.ts";
import type { Choices, Near } from "./pick.ts";
import type { RunLayer } from "./RunLayer.ts";
import { cellWords, choiceWords, coverageWords, satelliteWords, ueWords } from "./words.ts";

/** How near the pointer must be to a UE, a flare or a satellite, and how far others must be for one to stand alone; pixels. */
const NEAR_PIXELS = 6;
const CLEAR_PIXELS = 16;

interface Globe {
  readonly layer: RunLayer | null;
  readonly metresPerPixel: number;
}

/** What stands under a place on the screen, a line each, what a click chooses there, and that in words. */
export interface Pointed extends Choices {
  words: string | null;
  does: string | null;
}

/** A place under the pointer, and what is seen through it. */
interface Spot {
  ray: Ray | undefined;
  /** null beside the Earth */
  ground: Cartesian3 | null;
  satellite: number;
  ue: number;
  /** of the footprint, −1 none */
  row: number;
}

/** Finds what is under the pointer. */
export class Pointing {
  readonly #scene: Scene;
  readonly #globe: Globe;
  /** the UE found last, looked for again when the pointer or the distance changes */
  #last: { key: string; ue: Near } = { key: "", ue: NONE_NEAR };

  constructor(scene: Scene, globe: Globe) {
    this.#scene = scene;
    this.#globe = globe;
  }

  at(x: number, y: number): Pointed {
    const { layer, metresPerPixel } = this.#globe;
    if (!layer) return { words: null, does: null, click: null, double: null };
    const { camera } = this.#scene;
    const place = new Cartesian2(x, y);
    const ground = camera.pickEllipsoid(place) ?? null;
    const ray = camera.getPickRay(place);
    const ue = ground ? this.#ueAt(layer, ground, `${x} ${y}`) : NONE_NEAR;
    const reach = [NEAR_PIXELS * metresPerPixel, CLEAR_PIXELS * metresPerPixel] as const;
    const flare = ground && layer.flares.show ? layer.flares.nearest(ground, ...reach) : NONE_NEAR;
    const spot = { ray, ground, satellite: this.#satelliteOn(layer, ray, ground), ue: ue.index, row: -1 };
    if (ground) spot.row = rowUnder(layer, ground);
    const cell = spot.row < 0 ? null : layer.beams.footprints.cell[spot.row]!;
    const choices = choicesOf({ satellite: spot.satellite, flare, ue, cell });
    const does = choiceWords(choices, {
      satellite: (number) => layer.satelliteName(number),
      handover: (number) => layer.run.events.ue[number]!,
    });
    return { ...choices, words: this.#words(layer, spot), does };
  }

  #words(layer: RunLayer, spot: Spot): string | null {
    const lines = [
      satelliteLine(layer, spot.satellite),
      ueLine(layer, spot.ue),
      cellLine(layer, spot.row),
      coverageLine(layer, spot.ground),
    ];
    return lines.filter((line) => line !== null).join("\n") || null;
  }

  #ueAt({ ues, run }: RunLayer, { x, y, z }: Cartesian3, where: string): Near {
    if (!ues.show) return NONE_NEAR;
    const { metresPerPixel: pixel } = this.#globe;
    const key = `${run.record.run} ${where} ${pixel}`;
    if (key !== this.#last.key)
      this.#last = {
        key,
        ue: nearestUe(ues, ues.timeS, [x, y, z], NEAR_PIXELS * pixel, CLEAR_PIXELS * pixel),
      };
    return this.#last.ue;
  }

  /** −1: none near, or satellites are not shown. */
  #satelliteOn({ satellites }: RunLayer, ray: Ray | undefined, ground: Cartesian3 | null): number {
    if (!satellites.show || !ray) return -1;
    const farthest = ground ? Cartesian3.distance(ray.origin, ground) : Number.POSITIVE_INFINITY;
    const angle = NEAR_PIXELS * this.#radiansPerPixel();
    return satelliteOnRay(satellites.position, ray.origin, ray.direction, angle, farthest);
  }

  #radiansPerPixel(): number {
    const { camera, canvas } = this.#scene;
    const fovy = camera.frustum instanceof PerspectiveFrustum ? camera.frustum.fovy! : 1;
    return fovy / canvas.clientHeight;
  }
}

/** Row of the footprint at a place; −1 for none, or where cells are not shown. */
function rowUnder({ beams }: RunLayer, ground: Cartesian3): number {
  if (!beams.show) return -1;
  const { latitude, longitude } = Cartographic.fromCartesian(ground);
  return rowAt(beams.footprints, latitude, longitude);
}

function satelliteLine(layer: RunLayer, satellite: number): string | null {
  if (satellite < 0) return null;
  const place = Cartesian3.unpack(layer.satellites.position as unknown as number[], 3 * satellite);
  return satelliteWords({
    name: layer.satelliteName(satellite),
    heightM: Cartographic.fromCartesian(place).height,
    gateway: gatewayName(satellite, clock.getState().timeS),
  });
}

function ueLine({ run, frameStep }: RunLayer, ue: number): string | null {
  const cells = ue < 0 || frameStep < 0 ? null : run.frames.at(frameStep);
  if (!cells) return null;
  const { leaveS, ready } = run.ues;
  const leaves = leaveS?.[ue] ?? Number.NaN;
  return ueWords({
    ue,
    cell: cellOf(cells[ue]!),
    state: stateOf(cells[ue]!),
    rsrp: run.frames.level("rsrp", frameStep)?.[ue] ?? NO_SIGNAL,
    sinr: run.frames.level("sinr", frameStep)?.[ue] ?? NO_SIGNAL,
    leaveS: Number.isFinite(leaves) ? leaves : null,
    ready: !ready || ready[ue] === 255 ? null : ready[ue] === 1,
  });
}

function cellLine(layer: RunLayer, row: number): string | null {
  if (row < 0) return null;
  const { beams, run, heat } = layer;
  const { cell, data } = beams.footprints;
  return cellWords({
    cell: cell[row]!,
    satellite: run.track.names[cellSatellite(cell[row]!, run.record.beams)] ?? "the ground",
    longM: 2 * data[row * 8 + 2]! * EARTH_MEAN_RADIUS_M,
    wideM: 2 * data[row * 8 + 3]! * EARTH_MEAN_RADIUS_M,
    handovers: heat && handoversAt(heat, cell[row]!, Math.floor(clock.getState().timeS)),
    serves: data[row * 8 + 7] === 1,
    channel: layer.channelOf(cell[row]!),
  });
}

function coverageLine({ coverage, plan }: RunLayer, ground: Cartesian3 | null): string | null {
  if (!coverage.show || !plan || !ground) return null;
  const { latitude, longitude } = Cartographic.fromCartesian(ground);
  return coverageWords(coverage.grid.at(latitude, longitude), plan.minElevation);
}
