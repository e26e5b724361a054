import { DEG } from "../math/constants.ts";
import { geodeticToEcef } from "../math/wgs84.ts";
import type { Mission } from "../../shared/mission.ts";
import { HEIGHT_M, aheadOf, moveUser, travelAngle } from "./motion.ts";

/** UEs as columns: where they are at the start, where they head for, and of which class. */
export interface Users {
  count: number;
  /** [ue] geodetic, rad */
  latitude: Float64Array<ArrayBuffer>;
  longitude: Float64Array<ArrayBuffer>;
  /** [ue] rad from north over east; of no meaning where the class stands still */
  heading: Float64Array<ArrayBuffer>;
  /** [ue] index into the mission's classes */
  userClass: Uint8Array<ArrayBuffer>;
}

/** Where UEs are at any time: those that stand still for good, the others on great circles. */
export class Whereabouts {
  /** ECEF m and normals of the ellipsoid [ue × 3] at the start */
  readonly position: Float64Array;
  readonly up: Float64Array;
  /** [ue × 3] unit vector of the heading; empty where nobody moves */
  readonly #ahead: Float64Array;
  readonly #users: Users;
  /** [class] */
  readonly #speed: Float64Array;
  readonly #height: Float64Array;

  constructor(mission: Pick<Mission, "userClasses">, users: Users) {
    this.#users = users;
    this.#speed = Float64Array.from(mission.userClasses, (c) => c.speed);
    this.#height = Float64Array.from(mission.userClasses, (c) => HEIGHT_M[c.motion]);
    this.position = new Float64Array(users.count * 3);
    this.up = new Float64Array(users.count * 3);
    this.#ahead = new Float64Array(this.#speed.some((speed) => speed > 0) ? users.count * 3 : 0);
    for (let ue = 0; ue < users.count; ue++) this.#start(ue);
  }

  #start(ue: number): void {
    const latitude = this.#users.latitude[ue];
    const longitude = this.#users.longitude[ue];
    geodeticToEcef(this.position, 3 * ue, latitude, longitude, this.#height[this.#users.userClass[ue]]);
    this.up[3 * ue] = Math.cos(latitude) * Math.cos(longitude);
    this.up[3 * ue + 1] = Math.cos(latitude) * Math.sin(longitude);
    this.up[3 * ue + 2] = Math.sin(latitude);
    if (this.moves(ue)) aheadOf(this.#ahead, 3 * ue, latitude, longitude, this.#users.heading[ue]);
  }

  moves(ue: number): boolean {
    return this.#speed[this.#users.userClass[ue]] > 0;
  }

  /** Way [m] that a UE has gone after a time [s]. */
  travelled(ue: number, time: number): number {
    return this.#speed[this.#users.userClass[ue]] * time;
  }

  /** Writes ECEF position and normal of a UE at a time [s] at `at`. */
  write(position: Float64Array, up: Float64Array, at: number, ue: number, time: number): void {
    if (!this.moves(ue)) {
      for (let k = 0; k < 3; k++) {
        position[at + k] = this.position[3 * ue + k];
        up[at + k] = this.up[3 * ue + k];
      }
      return;
    }
    const angle = travelAngle(this.#speed[this.#users.userClass[ue]], time);
    const height = this.#height[this.#users.userClass[ue]];
    moveUser(position, up, at, this.up, this.#ahead, 3 * ue, angle, height);
  }
}

/** The UEs [from, to) as columns of their own. */
export function sliceUsers(users: Users, from: number, to: number): Users {
  return {
    count: to - from,
    latitude: users.latitude.slice(from, to),
    longitude: users.longitude.slice(from, to),
    heading: users.heading.slice(from, to),
    userClass: users.userClass.slice(from, to),
  };
}

/** Unit vector to the middle of the UEs, and the greatest angle [rad] of any of them from it while the run lasts. */
export function region(mission: Mission, users: Users): { centre: Float64Array; spread: number } {
  const { up } = new Whereabouts(mission, users);
  const fastest = mission.userClasses.reduce((most, { speed }) => Math.max(most, speed), 0);
  const travel = travelAngle(fastest, mission.duration);
  const centre = new Float64Array(3);
  for (let i = 0; i < up.length; i++) centre[i % 3] += up[i];
  const length = Math.hypot(centre[0], centre[1], centre[2]);
  if (length < 1e-9 * up.length) return { centre: Float64Array.of(0, 0, 1), spread: Math.PI };
  for (let k = 0; k < 3; k++) centre[k] /= length;
  let least = 1;
  for (let i = 0; i < up.length; i += 3) {
    least = Math.min(least, up[i] * centre[0] + up[i + 1] * centre[1] + up[i + 2] * centre[2]);
  }
  const spread = Math.acos(Math.max(-1, Math.min(1, least))) + travel + 0.01 * DEG;
  return { centre, spread: Math.min(Math.PI, spread) };
}
