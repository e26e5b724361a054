/**
 * Closed forms of mobility under a moving cell (TR 38.821 §7.3.2.1.4 and §7.3.2.1.6), and a simulated circular cell to check them.
 * The text of §7.3.2.1.4 says 132.38 s for 1000 km once; the table and the formula give 132.28 s (1000 / 7.56).
 */
import { Random } from "../math/random.ts";

/** Ground speed of a beam below a satellite at 600 km [m/s], as TR 38.821 rounds it. */
export const BEAM_SPEED = 7560;

/** Time across a cell [s]; `ueSpeed` is positive where it adds to the beam's speed, as in the first columns of the table. */
export function timeToHandover(diameter: number, speed: number, ueSpeed = 0): number {
  return diameter / (speed + ueSpeed);
}

/** Handovers out of a cell a second, as TR 38.821 counts: a snapshot of N UEs that are all out after D/v. In and out is twice that. */
export function snapshotRate(ues: number, diameter: number, speed: number): number {
  return (ues * speed) / diameter;
}

/** Mean time that a UE is in a circular cell which passes over it [s]: chord πD/4 over the speed. */
export function meanDwell(diameter: number, speed: number): number {
  return (Math.PI * diameter) / (4 * speed);
}

/**
 * Handovers out of a cell a second in the steady state, with as many UEs coming in (Little's law): what no strategy avoids as
 * long as every UE is to be served. 4/π times the report's average over D/v.
 */
export function steadyRate(ues: number, diameter: number, speed: number): number {
  return ues / meanDwell(diameter, speed);
}

/** Rates of a simulated cell [1/s] and the mean dwell [s]. */
export interface CellRates {
  snapshot: number;
  steady: number;
  meanDwell: number;
}

/**
 * Moves a circular cell over UEs spread evenly on a plane. Snapshot: those in it at the start, over D/v. Steady: those that
 * leave during `passes` × D/v, with the field ahead as dense as the cell.
 */
export function simulateCell(
  ues: number,
  diameter: number,
  speed: number,
  passes: number,
  seed: number,
): CellRates {
  const random = new Random(seed, "cell");
  const radius = diameter / 2;
  const duration = (passes * diameter) / speed;
  const length = diameter + speed * duration;
  const field = Math.round((ues * length * diameter) / (Math.PI * radius * radius));
  let inside = 0;
  let insideLeft = 0;
  let left = 0;
  let dwell = 0;
  let crossed = 0;
  for (let i = 0; i < field; i++) {
    const x = random.next() * length - radius;
    const y = (2 * random.next() - 1) * radius;
    const half = Math.sqrt(radius * radius - y * y);
    const enters = (x - half) / speed;
    const leaves = (x + half) / speed;
    dwell += leaves - enters;
    crossed++;
    if (leaves <= 0 || enters > duration) continue;
    if (leaves <= duration) left++;
    if (enters <= 0) {
      inside++;
      if (leaves <= diameter / speed) insideLeft++;
    }
  }
  return {
    snapshot: ((insideLeft / inside) * ues * speed) / diameter,
    steady: left / duration,
    meanDwell: dwell / crossed,
  };
}
