/**
 * When the events of many UEs are fulfilled: the state machine behind measurement reports (TS 38.331 §5.5.4.1) and
 * conditional handover (§5.3.5.13.4), as columns.
 *
 * An event becomes fulfilled once its entering condition has held at every measurement of the time-to-trigger, and stops
 * being so once its leaving condition has; between the two, the hysteresis, it stays what it is. A measurement stands
 * until the next one, so both instants may fall between two measurements, as in `a3.ts`. T1 is a clock and not a
 * measurement: fulfilled from the millisecond after its threshold to the end of its duration. A candidate triggers when
 * all its conditions are fulfilled at the same time: the later one decides.
 * Leaves out: what follows (reports, execution), and repeated reports while an event stays fulfilled.
 */
import type { Decision } from "./a3.ts";
import { entering, leaving, type EventConfig, type Measured } from "./conditions.ts";

/** Candidates of one conditional reconfiguration (maxNrofCondCells) and the conditions of each (condExecutionCond). */
export const MAX_CANDIDATES = 8;
export const MAX_CONDITIONS = 2;

const NEVER = -1;
const FOREVER = Infinity;

/** Takes a candidate that triggers at `atMs`, if it does, into the decision: the earliest, and of these the strongest. */
export function prefer(decision: Decision, cell: number, atMs: number, rsrp: number): void {
  if (atMs === NEVER) return;
  const stronger = atMs === decision.atMs && rsrp > decision.rsrpTarget;
  if (decision.target !== 0 && atMs >= decision.atMs && !stronger) return;
  decision.target = cell;
  decision.atMs = atMs;
  decision.rsrpTarget = rsrp;
}

/** Times are whole ms since the start of the run. */
export class TriggerBank {
  readonly slots: number;
  readonly conditions: number;
  readonly periodMs: number;
  /** [ue × slot] candidate cell, 0 none */
  readonly cell: Uint32Array<ArrayBuffer>;
  /** [ue × slot × condition] since when entering has held (not fulfilled) or leaving has (fulfilled), −1 not */
  readonly sinceMs: Int32Array<ArrayBuffer>;
  /** [ue × slot × condition] since when the event has been fulfilled, −1 not */
  readonly fulfilledMs: Int32Array<ArrayBuffer>;
  /** index of the condition that was fulfilled last, and so decided, in the last `step` that triggered */
  decidedBy = 0;
  #from = 0;
  #until = 0;

  constructor(ues: number, slots: number, conditions: number, periodMs: number) {
    if (slots > MAX_CANDIDATES || conditions > MAX_CONDITIONS)
      throw new Error(`${slots} candidates with ${conditions} conditions are more than RRC has`);
    this.slots = slots;
    this.conditions = conditions;
    this.periodMs = periodMs;
    this.cell = new Uint32Array(ues * slots);
    this.sinceMs = new Int32Array(ues * slots * conditions).fill(NEVER);
    this.fulfilledMs = new Int32Array(ues * slots * conditions).fill(NEVER);
  }

  /** Forgets every candidate of a UE, as after a change of cell. */
  clear(ue: number): void {
    for (let slot = 0; slot < this.slots; slot++) this.release(ue, slot);
  }

  /** Forgets the candidates of a UE that are not among the first `count` of `cells`. */
  keep(ue: number, cells: Uint32Array, count: number): void {
    for (let slot = 0; slot < this.slots; slot++) {
      const cell = this.cell[ue * this.slots + slot];
      let wanted = cell === 0;
      for (let i = 0; i < count && !wanted; i++) wanted = cells[i] === cell;
      if (!wanted) this.release(ue, slot);
    }
  }

  /** Slot of a candidate, a free one if it is new, −1 if there is none. */
  take(ue: number, cell: number): number {
    const base = ue * this.slots;
    let free = -1;
    for (let slot = this.slots - 1; slot >= 0; slot--) {
      if (this.cell[base + slot] === cell) return slot;
      if (this.cell[base + slot] === 0) free = slot;
    }
    if (free >= 0) this.cell[base + free] = cell;
    return free;
  }

  release(ue: number, slot: number): void {
    const at = ue * this.slots + slot;
    if (this.cell[at] === 0) return;
    this.cell[at] = 0;
    this.sinceMs.fill(NEVER, at * this.conditions, (at + 1) * this.conditions);
    this.fulfilledMs.fill(NEVER, at * this.conditions, (at + 1) * this.conditions);
  }

  /**
   * Takes in the measurement of one candidate at `nowMs` = `m.timeMs`, to be called at every measurement, and answers the
   * instant in [nowMs, nowMs + periodMs) from which all of `configs` are fulfilled if they were not before, else −1.
   * A candidate that gets other conditions is released and taken anew.
   */
  step(ue: number, slot: number, nowMs: number, m: Measured, configs: readonly EventConfig[]): number {
    const base = (ue * this.slots + slot) * this.conditions;
    const end = nowMs + this.periodMs;
    let from = NEVER;
    let until = end;
    let last = 0;
    for (let c = 0; c < configs.length; c++) {
      const config = configs[c];
      if (config.kind === "T1") this.#window(base + c, nowMs, config.thresholdMs, config.durationMs);
      else this.#timer(base + c, nowMs, config, m, config.timeToTriggerMs);
      if (this.#from > from) {
        from = this.#from;
        last = c;
      }
      if (this.#until < until) until = this.#until;
    }
    if (from < nowMs || from >= until) return NEVER;
    this.decidedBy = last;
    return from;
  }

  /** T1: fulfilled while Thresh1 < Mt ≤ Thresh1 + Duration, Mt in whole milliseconds. */
  #window(at: number, nowMs: number, thresholdMs: number, durationMs: number): void {
    const opens = Math.floor(thresholdMs) + 1;
    const closes = Math.floor(thresholdMs + durationMs) + 1;
    const known = this.fulfilledMs[at];
    this.#from = known === NEVER ? Math.max(nowMs, opens) : known;
    this.#until = closes;
    const open = this.#from < nowMs + this.periodMs && closes > nowMs + this.periodMs;
    this.fulfilledMs[at] = open ? this.#from : NEVER;
  }

  /** Every other event: the span in which it is fulfilled, up to the next measurement; empty where from ≥ until. */
  #timer(at: number, nowMs: number, config: EventConfig, m: Measured, timeToTriggerMs: number): void {
    const fulfilled = this.fulfilledMs[at];
    const counts = fulfilled === NEVER ? entering(config, m) : leaving(config, m);
    let since = this.sinceMs[at];
    if (!counts) since = NEVER;
    else if (since === NEVER) since = nowMs;
    const expires = since + timeToTriggerMs;
    const due = since !== NEVER && expires < nowMs + this.periodMs;
    this.sinceMs[at] = due ? NEVER : since;
    if (fulfilled === NEVER) {
      this.#from = due ? expires : FOREVER;
      this.#until = FOREVER;
      if (due) this.fulfilledMs[at] = expires;
    } else {
      this.#from = fulfilled;
      this.#until = due ? expires : FOREVER;
      if (due) this.fulfilledMs[at] = NEVER;
    }
  }
}
