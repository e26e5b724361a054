import type { Columns } from "../../shared/columns.ts";
import type { EventColumns } from "../../shared/frame.ts";
import type { RunRecord } from "../../shared/run.ts";
import { BlockCache } from "./blocks.ts";
import { fetchColumns } from "./client.ts";
import { clock } from "./clock.ts";
import { readEvents } from "./events.ts";
import { Frames } from "./frames.ts";

/** Columns per UE; those of the marked instant are null before the run has passed it. */
export interface UeColumns {
  latitudeDeg: Float64Array;
  longitudeDeg: Float64Array;
  /** at the start, and speed; null where nobody moves */
  headingDeg: Float32Array | null;
  speedMS: Float32Array | null;
  cluster: Uint8Array | null;
  ready: Uint8Array | null;
  leaveS: Float32Array | null;
}

/** Satellite knots [knot × satellite × 6]: ECEF position m, velocity m/s. */
export interface Track {
  knots: Float64Array;
  count: number;
  satellites: number;
  firstS: number;
  knotS: number;
  names: string[];
}

/** Footprints of consecutive steps; rows of step s are firstOfStep[s] … firstOfStep[s + 1]. */
export interface FootprintBlock {
  firstStep: number;
  steps: number;
  cell: Uint32Array;
  firstOfStep: Uint32Array;
  /** rad */
  latitude: Float32Array;
  /** rad */
  longitude: Float32Array;
  semiMajorM: Float32Array;
  semiMinorM: Float32Array;
  /** of the major axis from north, rad */
  azimuth: Float32Array;
}

export interface CellColumns {
  cell: Uint32Array;
  handoversOut: Uint32Array;
  handoversIn: Uint32Array;
  peakPerS: Uint16Array;
}

export interface LoadedRun {
  record: RunRecord;
  steps: number;
  endS: number;
  ues: UeColumns;
  track: Track;
  /** grows until `eventsHere`: then all of them */
  events: EventColumns;
  eventsHere: Promise<void>;
  /** handovers of all cells by second */
  density: Uint32Array;
  cells: CellColumns;
  frames: Frames;
  footprints: BlockCache<FootprintBlock>;
  close: () => void;
  /** range of the SINR scale, hundredths of dB; null until SINR has been shown */
  sinrSpan: [number, number] | null;
}

const MAX_FOOTPRINT_BYTES = 64_000_000;
/** The program works these out in some 15 ms, and answers nothing else meanwhile. */
const FOOTPRINTS_AT_ONCE = 16_384;

interface Listener {
  onArrival: () => void;
  onError: (error: unknown) => void;
}

export async function loadRun(
  record: RunRecord,
  listener: Listener,
  signal: AbortSignal,
): Promise<LoadedRun> {
  const { run } = record;
  const get = (what: string) => fetchColumns(run, what, signal);
  const closed = new AbortController();
  const events = readEvents(run, AbortSignal.any([signal, closed.signal]), listener);
  const [ues, satellites, density, cells] = await Promise.all([
    ...["ues", "satellites", "density", "cells"].map(get),
    events.begun,
  ]).catch((error: unknown) => {
    closed.abort();
    throw error;
  });
  const steps = record.stepsDone;
  const served = cells!.columns.cell!.length;
  const leaps = () => !clock.getState().playing;
  const loaded: LoadedRun = {
    record,
    sinrSpan: null,
    steps,
    endS: Math.max(0, steps - 1) * record.stepS,
    ues: ueColumns(ues!.columns),
    track: readTrack(satellites!.columns, satellites!.meta),
    events: events.columns,
    eventsHere: events.here,
    density: density!.columns.count as Uint32Array,
    cells: cells!.columns as unknown as CellColumns,
    close: () => {
      closed.abort();
      loaded.frames.close();
      loaded.footprints.close();
    },
    frames: new Frames(record, { ...listener, leaps }),
    footprints: new BlockCache<FootprintBlock>({
      ...listener,
      leaps,
      steps,
      blockSteps: Math.max(1, Math.min(64, Math.floor(FOOTPRINTS_AT_ONCE / Math.max(1, served)))),
      maxBytes: MAX_FOOTPRINT_BYTES,
      sizeOf: (b) => b.cell.length * 24,
      load: (from, to, stop) => loadFootprints(run, from, to, stop),
    }),
  };
  return loaded;
}

export const closeRun = (run: LoadedRun) => run.close();

function ueColumns(columns: Columns): UeColumns {
  return {
    latitudeDeg: columns.latitudeDeg as Float64Array,
    longitudeDeg: columns.longitudeDeg as Float64Array,
    headingDeg: (columns.headingDeg as Float32Array | undefined) ?? null,
    speedMS: (columns.speedMS as Float32Array | undefined) ?? null,
    cluster: (columns.cluster as Uint8Array | undefined) ?? null,
    ready: (columns.ready as Uint8Array | undefined) ?? null,
    leaveS: (columns.leaveS as Float32Array | undefined) ?? null,
  };
}

function readTrack(columns: Columns, meta: Record<string, unknown>): Track {
  const names = meta.names as string[];
  return {
    knots: columns.knots as Float64Array,
    count: meta.knots as number,
    satellites: names.length,
    firstS: meta.firstS as number,
    knotS: meta.knotS as number,
    names,
  };
}

async function loadFootprints(
  run: string,
  from: number,
  to: number,
  signal: AbortSignal,
): Promise<FootprintBlock> {
  const { columns, meta } = await fetchColumns(run, `footprints?from=${from}&to=${to}`, signal);
  return { ...meta, ...columns } as unknown as FootprintBlock;
}
