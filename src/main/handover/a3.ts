/**
 * Event A3 (TS 38.331 §5.5.4.4) for many UEs at once, on the measurement grid.
 *
 * Entering: Mn − Hys > Mp + Off. The condition must hold at every measurement for the time-to-trigger; a measurement is
 * taken to stand until the next one, so an event falls at the millisecond at which the timer runs out: up to one
 * period after the measurement that decides it, whose frame already shows the new cell.
 * The caller filters the levels. Leaves out: cell-individual offsets, the procedure's own delays (the cell changes
 * at the event), and neighbours beyond the strongest `SLOTS` that hold the condition at once.
 */
export const SLOTS = 4;

/** What one UE remembers between measurements, as columns. Times are ms since the start of the run; −1 is never. */
export interface HandoverState {
  /** [ue] serving cell, 0 none */
  serving: Uint32Array<ArrayBuffer>;
  /** [ue] when the serving cell was entered */
  enteredMs: Int32Array<ArrayBuffer>;
  /** [ue] the cell before, 0 none or after a loss of coverage */
  previous: Uint32Array<ArrayBuffer>;
  /** [ue] neighbours whose timer runs */
  running: Uint8Array<ArrayBuffer>;
  /** [ue × SLOTS] neighbour cell */
  neighbour: Uint32Array<ArrayBuffer>;
  /** [ue × SLOTS] since when its entering condition has held */
  sinceMs: Int32Array<ArrayBuffer>;
}

export function handoverState(ues: number): HandoverState {
  return {
    serving: new Uint32Array(ues),
    enteredMs: new Int32Array(ues).fill(-1),
    previous: new Uint32Array(ues),
    running: new Uint8Array(ues),
    neighbour: new Uint32Array(ues * SLOTS),
    sinceMs: new Int32Array(ues * SLOTS),
  };
}

export interface A3Settings {
  offsetDb: number;
  hysteresisDb: number;
  timeToTriggerMs: number;
  periodMs: number;
}

/** A measurement of one UE: the valid cells and their RSRP, in scratch arrays shared by all UEs. */
export interface Measurement {
  count: number;
  cell: Uint32Array;
  /** dBm */
  rsrp: Float64Array;
}

/** The answer of `a3`: the target cell (0: stay) and when. */
export interface Decision {
  target: number;
  atMs: number;
  rsrpTarget: number;
}

/** Forgets every timer of a UE, as after a change of cell. */
export function resetTimers(state: HandoverState, ue: number): void {
  state.running[ue] = 0;
}

const nextCell = new Uint32Array(SLOTS);
const nextSince = new Int32Array(SLOTS);
const nextRsrp = new Float64Array(SLOTS);

/** Index of the weakest of `n` kept neighbours. */
function weakest(n: number): number {
  let index = 0;
  for (let i = 1; i < n; i++) if (nextRsrp[i] < nextRsrp[index]) index = i;
  return index;
}

/** Advances the timers of one UE by one measurement and says whether it changes cell; writes into `decision`. */
export function a3(
  decision: Decision,
  state: HandoverState,
  ue: number,
  nowMs: number,
  servingRsrp: number,
  measured: Measurement,
  settings: A3Settings,
): void {
  decision.target = 0;
  const serving = state.serving[ue];
  const limit = servingRsrp + settings.offsetDb + settings.hysteresisDb;
  const base = ue * SLOTS;
  const running = state.running[ue];
  let kept = 0;
  for (let i = 0; i < measured.count; i++) {
    const rsrp = measured.rsrp[i];
    if (!(rsrp > limit)) continue;
    const cell = measured.cell[i];
    if (cell === serving) continue;
    let since = nowMs;
    for (let s = 0; s < running; s++) if (state.neighbour[base + s] === cell) since = state.sinceMs[base + s];
    let slot = kept;
    if (kept === SLOTS) {
      slot = weakest(SLOTS);
      if (nextRsrp[slot] >= rsrp) continue;
    } else kept++;
    nextCell[slot] = cell;
    nextSince[slot] = since;
    nextRsrp[slot] = rsrp;
  }
  state.running[ue] = kept;
  let due = nowMs + settings.periodMs;
  for (let s = 0; s < kept; s++) {
    state.neighbour[base + s] = nextCell[s];
    state.sinceMs[base + s] = nextSince[s];
    const expires = nextSince[s] + settings.timeToTriggerMs;
    const stronger = expires === decision.atMs && decision.target !== 0 && nextRsrp[s] > decision.rsrpTarget;
    if (expires < due || stronger) {
      due = Math.min(due, expires);
      decision.target = nextCell[s];
      decision.atMs = expires;
      decision.rsrpTarget = nextRsrp[s];
    }
  }
}
