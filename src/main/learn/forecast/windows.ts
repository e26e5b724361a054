import { BadInput } from "../../../shared/errors.ts";
import { checkTracks, pathsOf, sampleAt, stepsOf, type Tracks } from "./tracks.ts";

/** Rows made of a look-back window ending at step k and what follows it. No row reaches past an end of its path. */
export interface Windows {
  tracks: Tracks;
  /** W: samples k − W + 1 … k */
  steps: number;
  /** H: targets at k + 1 … k + H */
  ahead: number;
  rows: number;
  /** [row] */
  path: Uint32Array;
  node: Uint16Array;
  /** [row] step k */
  at: Uint32Array;
  /** [row × W × feature] */
  x: Float32Array<ArrayBuffer>;
  /** [row × H] target feature */
  y: Float32Array<ArrayBuffer>;
}

export interface WindowOptions {
  steps: number;
  ahead: number;
  /** rows leave room for a window of this length and so many targets, whatever they use: same instants for every W and H */
  room?: { steps: number; ahead: number };
}

/** Every window of every node and path, in the order path, node, step. */
export function makeWindows(tracks: Tracks, { steps, ahead, room }: WindowOptions): Windows {
  checkTracks(tracks);
  for (const [field, value] of Object.entries({ steps, ahead }))
    if (!Number.isInteger(value) || value < 1)
      throw new BadInput([
        { field, reason: `${value} is no whole number from 1 up`, remedy: "Give at least 1" },
      ]);
  const before = Math.max(steps, room?.steps ?? 0) - 1;
  const after = Math.max(ahead, room?.ahead ?? 0);
  const path: number[] = [];
  const node: number[] = [];
  const at: number[] = [];
  for (let p = 0; p < pathsOf(tracks); p++)
    for (let n = 0; n < tracks.nodes.length; n++)
      for (let k = before; k + after < stepsOf(tracks, p); k++) {
        path.push(p);
        node.push(n);
        at.push(k);
      }
  if (path.length === 0)
    throw new BadInput([
      {
        field: "steps",
        reason: `no path has ${before + 1 + after} samples`,
        remedy: "Give a shorter window, fewer steps ahead, or longer paths",
      },
    ]);
  return fill(tracks, { steps, ahead }, Uint32Array.from(path), Uint16Array.from(node), Uint32Array.from(at));
}

function fill(
  tracks: Tracks,
  { steps, ahead }: { steps: number; ahead: number },
  path: Uint32Array,
  node: Uint16Array,
  at: Uint32Array,
): Windows {
  const rows = path.length;
  const width = tracks.features.length;
  const x = new Float32Array(rows * steps * width);
  const y = new Float32Array(rows * ahead);
  for (let row = 0; row < rows; row++) {
    for (let step = 0; step < steps; step++) {
      const from = sampleAt(tracks, path[row], node[row], at[row] - steps + 1 + step);
      const into = (row * steps + step) * width;
      for (let f = 0; f < width; f++) x[into + f] = tracks.values[from + f];
    }
    for (let h = 0; h < ahead; h++)
      y[row * ahead + h] =
        tracks.values[sampleAt(tracks, path[row], node[row], at[row] + 1 + h) + tracks.target];
  }
  return { tracks, steps, ahead, rows, path, node, at, x, y };
}

/** The chosen rows only. */
export function takeRows(windows: Windows, chosen: Uint32Array): Windows {
  const path = chosen.map((row) => windows.path[row]);
  const node = Uint16Array.from(chosen, (row) => windows.node[row]);
  const at = chosen.map((row) => windows.at[row]);
  return fill(windows.tracks, windows, path, node, at);
}

/** Every feature at k + 1 [row × feature]: what a one-step model must give to be fed with its own answers. */
export function nextSamples({ tracks, rows, path, node, at }: Windows): Float32Array<ArrayBuffer> {
  const width = tracks.features.length;
  const next = new Float32Array(rows * width);
  for (let row = 0; row < rows; row++) {
    const from = sampleAt(tracks, path[row], node[row], at[row] + 1);
    for (let f = 0; f < width; f++) next[row * width + f] = tracks.values[from + f];
  }
  return next;
}
