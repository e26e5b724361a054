import type { FeederPlan } from "../orbit/feeder.ts";
import type { Track } from "../orbit/track.ts";
import type { Mission } from "../../shared/mission.ts";
import { beamModel } from "./beams.ts";
import { StepGeometry } from "./geometry.ts";
import { Hearing } from "./measure.ts";
import { receivers } from "./receivers.ts";
import { region, Whereabouts, type Users } from "./users.ts";

export interface LeastOptions {
  mission: Mission;
  track: Track;
  feeders: FeederPlan | null;
  /** those who are followed, and their numbers in the run */
  users: Users;
  numbers: Uint32Array;
}

/** Changes of cell over the whole run, of all UEs followed. */
export interface LeastChanges {
  /** so that each is inside the −3 dB contour of its cell (on the ground: hears it) whenever it is inside any */
  atContour: number;
  /** so that each hears its cell, in its main lobe, whenever it is inside any contour */
  least: number;
}

/**
 * The fewest changes of cell that geometry leaves, whatever decides: a UE keeps all the cells that could have served it without
 * a break; when none of them is left and others can serve, it had to change (the greedy cover of an interval, which is the
 * least). Out of every contour it has no cell, and what follows is no change. On the grid of the measurements, so that no
 * strategy of the time loop has fewer than `least`.
 */
export function leastChanges({ mission, track, feeders, users, numbers }: LeastOptions): LeastChanges {
  const model = beamModel(mission);
  const places = new Whereabouts(mission, users);
  const { centre, spread } = region(mission, users);
  const geometry = new StepGeometry(mission, track, feeders, model, centre, spread);
  const hearing = new Hearing(mission, model, receivers(mission), geometry);
  const perStep = Math.round(mission.step / mission.measurementPeriod);
  const position = new Float64Array(3 * perStep);
  const up = new Float64Array(3 * perStep);
  const way = new Float64Array(perStep);
  const cells = 1 + mission.satellites.length * model.beams + (mission.terrestrial?.sites.length ?? 0);
  const contour = new Keeping(users.count, cells);
  const lobe = new Keeping(users.count, cells);

  const look = (ue: number, times: Float64Array): boolean => {
    const { userClass } = users;
    if (!places.moves(ue))
      return hearing.look(
        numbers[ue],
        userClass[ue],
        places.position,
        places.up,
        3 * ue,
        0,
        null,
        times.length,
      );
    times.forEach((time, i) => {
      places.write(position, up, 3 * i, ue, time);
      way[i] = places.travelled(ue, time);
    });
    return hearing.look(numbers[ue], userClass[ue], position, up, 0, 3, way, times.length);
  };

  const steps = Math.round(mission.duration / mission.step) + 1;
  for (let step = 0; step < steps; step++) {
    const times = instantsOf(mission, step, perStep);
    geometry.prepare(times);
    for (let ue = 0; ue < users.count; ue++) {
      const hears = look(ue, times);
      for (let instant = 0; instant < times.length; instant++) {
        if (hears) hearing.listen(instant, 0);
        if (!hears || hearing.best === 0) {
          contour.lose(ue);
          lobe.lose(ue);
          continue;
        }
        contour.hear(ue, hearing.cell, hearing.count, hearing.inside);
        lobe.hear(ue, hearing.cell, hearing.count, null);
      }
    }
  }
  return { atContour: contour.changes, least: lobe.changes };
}

function instantsOf({ measurementPeriod }: Mission, step: number, perStep: number): Float64Array {
  if (step === 0) return Float64Array.of(0);
  return Float64Array.from({ length: perStep }, (_, i) => ((step - 1) * perStep + i + 1) * measurementPeriod);
}

/** The cells that could have served each UE since its last change. */
class Keeping {
  changes = 0;
  readonly #kept: number[][];
  /** [cell] look at which it could last serve */
  readonly #seen: Uint32Array;
  #look = 0;

  constructor(ues: number, cells: number) {
    this.#seen = new Uint32Array(cells);
    this.#kept = Array.from({ length: ues }, () => []);
  }

  lose(ue: number): void {
    this.#kept[ue].length = 0;
  }

  /** @param serves [cell heard] 1 where it can serve; null: all can */
  hear(ue: number, cell: Uint32Array, count: number, serves: Uint8Array | null): void {
    const look = ++this.#look;
    for (let i = 0; i < count; i++) if (serves === null || serves[i] === 1) this.#seen[cell[i]] = look;
    const kept = this.#kept[ue];
    const before = kept.length;
    let left = 0;
    for (const one of kept) if (this.#seen[one] === look) kept[left++] = one;
    kept.length = left;
    if (left > 0) return;
    if (before > 0) this.changes++;
    for (let i = 0; i < count; i++) if (serves === null || serves[i] === 1) kept.push(cell[i]);
  }
}
