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

/** Steps in which a simulated cell goes on by its diameter. */
const STEPS = 400;
/** In radii of the cell. */
const STEP = 2 / STEPS;

/**
 * Handovers out of a cell a second, by moving it step by step over UEs spread at random in it: all of them over the time at
 * which the last one is out.
 */
export function simulateSnapshot(ues: number, diameter: number, speed: number, seed: number): number {
  const random = new Random(seed, `snapshot ${diameter}`);
  let last = 0;
  for (let i = 0; i < ues; i++) {
    const [x, y] = place(random, -1, 1, true);
    last = Math.max(last, leavingStep(x, y));
  }
  return ues / ((last / STEPS) * (diameter / speed));
}

/**
 * The same with UEs as dense ahead of the cell as in it, which holds exactly `ues` of them at the start: departures counted while
 * it goes on by some of its diameters.
 */
export function simulateSteady(
  ues: number,
  diameter: number,
  speed: number,
  diameters: number,
  seed: number,
): number {
  const random = new Random(seed, `steady ${diameter}`);
  const end = 2 * diameters + 1;
  const outside = Math.round((ues * (2 * (end + 1) - Math.PI)) / Math.PI);
  let left = 0;
  for (let i = 0; i < ues + outside; i++) {
    const [x, y] = i < ues ? place(random, -1, 1, true) : place(random, -1, end, false);
    if (leavingStep(x, y) <= diameters * STEPS) left++;
  }
  return left / ((diameters * diameter) / speed);
}

/** A place in a strip as wide as the cell, inside or outside the cell at the start [radii]. */
function place(random: Random, from: number, to: number, inside: boolean): [x: number, y: number] {
  for (;;) {
    const x = from + (to - from) * random.next();
    const y = 2 * random.next() - 1;
    if (x * x + y * y <= 1 === inside) return [x, y];
  }
}

/** After how many steps the cell has left a UE, between the last that holds it and the next; Infinity where none holds it. */
function leavingStep(x: number, y: number): number {
  const rest = 1 - y * y;
  let step = Math.max(0, Math.floor((x - 1) / STEP));
  let off = step * STEP - x;
  while (off * off > rest) {
    if (off > 0) return Infinity;
    off = ++step * STEP - x;
  }
  while (off * off <= rest) off = ++step * STEP - x;
  const before = (off - STEP) ** 2;
  return step - (off * off - rest) / (off * off - before);
}
