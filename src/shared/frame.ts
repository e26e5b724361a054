/**
 * The columnar frame: everything that changes for every UE at every step, in 8 bytes a UE.
 *
 * `cellState` [ue]: low 24 bits the serving cell (0 = none), high 8 bits the state;
 * `rsrp`, `sinr` [ue]: hundredths of dBm and of dB, int16; `NO_SIGNAL` where there is none.
 * A block holds consecutive steps, each column [step × ue], row-major.
 */
export const FRAME_BYTES_PER_UE = 8;
export const MAX_BLOCK_BYTES = 8_000_000;
export const NO_SIGNAL = -32768;

export const UE_STATE = { uncovered: 0, served: 1, handover: 2 } as const;

/** Cells are numbered from 1 through the satellites: `satellite · beams + beam + 1`. */
export const cellNumber = (satellite: number, beam: number, beams: number) => satellite * beams + beam + 1;
export const cellSatellite = (cell: number, beams: number) => Math.floor((cell - 1) / beams);
export const cellBeam = (cell: number, beams: number) => (cell - 1) % beams;
export const MAX_CELL = 0xff_ffff;

export const packCell = (cell: number, state: number) => ((state << 24) | cell) >>> 0;
export const cellOf = (packed: number) => packed & MAX_CELL;
export const stateOf = (packed: number) => packed >>> 24;

export interface FrameBlock {
  firstStep: number;
  steps: number;
  ues: number;
  cellState: Uint32Array<ArrayBuffer>;
  rsrp: Int16Array<ArrayBuffer>;
  sinr: Int16Array<ArrayBuffer>;
}

/** What a frame consists of, in the order of its bytes. */
export const FRAME_COLUMNS = ["cellState", "rsrp", "sinr"] as const;
export type FrameColumn = (typeof FRAME_COLUMNS)[number];
/** A block, or only some of its columns. */
export type FramePart<N extends FrameColumn> = Pick<FrameBlock, "firstStep" | "steps" | "ues" | N>;

export const emptyColumn = (name: FrameColumn, length: number) =>
  name === "cellState" ? new Uint32Array(length) : new Int16Array(length);

/** A block of that size, to be filled. */
export const emptyBlock = (firstStep: number, steps: number, ues: number): FrameBlock => ({
  firstStep,
  steps,
  ues,
  cellState: new Uint32Array(steps * ues),
  rsrp: new Int16Array(steps * ues),
  sinr: new Int16Array(steps * ues),
});

/** Saturating conversion to hundredths. */
export function toCenti(value: number): number {
  if (!(value > -327.67)) return value === value ? -32767 : NO_SIGNAL;
  return value > 327.67 ? 32767 : Math.round(value * 100);
}

/** Steps in one block so that it stays below `MAX_BLOCK_BYTES`. */
export function stepsPerBlock(ues: number): number {
  return Math.max(1, Math.min(64, Math.floor(MAX_BLOCK_BYTES / (FRAME_BYTES_PER_UE * ues))));
}

/**
 * Why a cell change happened: the event fulfilled last of those that a target had to fulfil; kept runs hold the index.
 * `feeder`: the satellite's gateway changed, and with it the gNB behind the beam, whose number stays: source and target are one.
 */
export const TRIGGERS = [
  "A3",
  "reselection",
  "A4",
  "A5",
  "D1",
  "D2",
  "T1",
  "elevation",
  "timing-advance",
  "feeder",
] as const;

/** Cell changes as columns [event], in the order (time, ue). */
export interface EventColumns {
  timeMs: Uint32Array<ArrayBuffer>;
  ue: Uint32Array<ArrayBuffer>;
  source: Uint32Array<ArrayBuffer>;
  target: Uint32Array<ArrayBuffer>;
  /** dBm */
  rsrpSource: Float32Array<ArrayBuffer>;
  /** dBm */
  rsrpTarget: Float32Array<ArrayBuffer>;
  /** index into TRIGGERS */
  trigger: Uint8Array<ArrayBuffer>;
  /** 1 where the UE returned to its former cell sooner than the minimum time of stay */
  pingPong: Uint8Array<ArrayBuffer>;
}
