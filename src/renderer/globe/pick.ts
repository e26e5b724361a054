import { placeAfter } from "./motion.ts";

/** Where UEs start, in two floats a coordinate, and how they move [ue × 3]; m, m/s. */
interface Places {
  high: Float32Array;
  low: Float32Array;
  velocity: Float32Array | null;
}

/** What is nearest to the pointer, −1 where nothing is within reach, and whether no other of its kind is close by. */
export interface Near {
  index: number;
  lone: boolean;
}

export const NONE_NEAR: Near = { index: -1, lone: false };

/** The UE nearest to a place on the ground [ECEF m] at a time, within `reach`, and alone where no other is within `clear` [m]. */
export function nearestUe(
  { high, low, velocity }: Places,
  timeS: number,
  at: readonly [number, number, number],
  reach: number,
  clear: number,
): Near {
  let best = -1;
  let close = 0;
  let least = reach * reach;
  for (let i = 0; i < high.length; i += 3) {
    const x = high[i]! + low[i]! - at[0];
    const y = high[i + 1]! + low[i + 1]! - at[1];
    const z = high[i + 2]! + low[i + 2]! - at[2];
    let square = x * x + y * y + z * z;
    if (velocity) {
      const [vx, vy, vz] = [velocity[i]!, velocity[i + 1]!, velocity[i + 2]!];
      const gone = Math.sqrt(vx * vx + vy * vy + vz * vz) * timeS;
      if (gone > 0) {
        if (square > (clear + gone) ** 2) continue;
        const [px, py, pz] = placeAfter([x + at[0], y + at[1], z + at[2]], [vx, vy, vz], timeS);
        square = (px - at[0]) ** 2 + (py - at[1]) ** 2 + (pz - at[2]) ** 2;
      }
    }
    if (square <= clear * clear) close++;
    if (square > least) continue;
    least = square;
    best = i / 3;
  }
  return { index: best, lone: best >= 0 && close === 1 };
}

/**
 * The satellite [ECEF m, satellite × 3] nearest to a ray from the eye, −1 where none is within `angle` [rad];
 * those further than `farthest` [m] are behind the ground.
 */
export function satelliteOnRay(
  position: Float64Array,
  eye: { x: number; y: number; z: number },
  ray: { x: number; y: number; z: number },
  angle: number,
  farthest: number,
): number {
  let best = -1;
  let most = Math.cos(angle);
  for (let i = 0; i < position.length; i += 3) {
    const x = position[i]! - eye.x;
    const y = position[i + 1]! - eye.y;
    const z = position[i + 2]! - eye.z;
    const distance = Math.hypot(x, y, z);
    if (!(distance < farthest)) continue;
    const cosine = (x * ray.x + y * ray.y + z * ray.z) / distance;
    if (cosine < most) continue;
    most = cosine;
    best = i / 3;
  }
  return best;
}

/** Something that can be chosen: a satellite, an event, a UE or a cell by its number. */
export interface Choice {
  kind: "satellite" | "handover" | "ue" | "cell";
  number: number;
}

/** What a click chooses, and what a double click does beyond that. */
export interface Choices {
  click: Choice | null;
  double: Choice | null;
}

/**
 * A click takes a satellite, else a flare or a UE that stands alone, else the cell; a double click takes the flare or the UE
 * also where they crowd. No cell there: the nearest of them.
 */
export function choicesOf(under: { satellite: number; flare: Near; ue: Near; cell: number | null }): Choices {
  const { satellite, flare, ue, cell } = under;
  const dot = flare.index >= 0 ? flare : ue;
  const small: Choice | null =
    dot.index < 0 ? null : { kind: dot === flare ? "handover" : "ue", number: dot.index };
  const large: Choice | null = cell === null ? null : { kind: "cell", number: cell };
  if (satellite >= 0) return { click: { kind: "satellite", number: satellite }, double: small };
  if (small && (dot.lone || !large)) return { click: small, double: null };
  return { click: large, double: small };
}
