import { dwellOf, shareInto } from "../../shared/dwell.ts";
import type { Contour, Dwell } from "../../shared/dwell.ts";
import { cellOf } from "../../shared/frame.ts";
import type { FootprintBlock, LoadedRun } from "./loadRun.ts";

/** A footprint slower than this holds its place [m/s]. */
const RESTS = 100;

/** How many UEs a cell serves at a step, how long those below its footprint stay in it, and who may hand over. */
export interface Leaving {
  ues: number;
  dwell: Dwell;
  /** share of those who leave it, taken as evenly spread, that do so inside another cell's footprint */
  into: number;
}

type Looked = Pick<LoadedRun, "steps" | "frames" | "footprints"> & { record: { stepS: number } };

/** Null while it is not here, and for a cell that serves nobody there, is on the ground or holds its place. */
export function leavingAt(
  { record, steps, frames, footprints }: Looked,
  cell: number,
  step: number,
): Leaving | null {
  if (steps < 2) return null;
  const from = Math.min(step, steps - 2);
  const cells = frames.at(step);
  const [here, next] = [from, from + 1].map((at) => contoursOf(footprints.at(at), at));
  const [now, then] = [here?.get(cell), next?.get(cell)];
  if (!cells || !here || !now || !then) return null;
  const dwell = dwellOf(now, then, record.stepS);
  const ues = cells.reduce((n, packed) => n + (cellOf(packed) === cell ? 1 : 0), 0);
  if (!dwell || dwell.speed <= RESTS || ues === 0) return null;
  const others = [...here].flatMap(([other, contour]) => (other === cell ? [] : [contour]));
  return { ues, dwell, into: shareInto(now, then, others) };
}

/** The footprints of a step by cell; null while they are not here. */
function contoursOf(block: FootprintBlock | null, step: number): Map<number, Contour> | null {
  if (!block) return null;
  const { latitude, longitude, semiMajorM, semiMinorM, azimuth } = block;
  const contours = new Map<number, Contour>();
  const to = block.firstOfStep[step - block.firstStep + 1]!;
  for (let row = block.firstOfStep[step - block.firstStep]!; row < to; row++)
    contours.set(block.cell[row]!, {
      latitude: latitude[row]!,
      longitude: longitude[row]!,
      semiMajorM: semiMajorM[row]!,
      semiMinorM: semiMinorM[row]!,
      azimuth: azimuth[row]!,
    });
  return contours;
}
