import { measured, type EventConfig, type Measured } from "../handover/conditions.ts";
import { MAX_CANDIDATES, prefer, TriggerBank } from "../handover/trigger.ts";
import type { Decision } from "../handover/a3.ts";
import { TRIGGERS } from "../../shared/frame.ts";
import type { Columns } from "../../shared/columns.ts";
import type { Mission } from "../../shared/mission.ts";
import type { Track } from "../orbit/track.ts";
import type { BeamModel } from "./beams.ts";
import { CellPlaces } from "./decide-cells.ts";
import { Forecast } from "./decide-forecast.ts";
import type { Levels } from "./decide-levels.ts";
import { eventsOf, type Events } from "./decide-events.ts";
import type { StepGeometry } from "./geometry.ts";
import { firstSite } from "./ground.ts";
import type { Receivers } from "./receivers.ts";
import { packCandidates, unpackCandidates } from "./state.ts";
import type { Whereabouts } from "./users.ts";

/** A candidate that triggers: what was measured last, its conditions and since when each has been fulfilled. */
export interface Triggered {
  cell: number;
  atMs: number;
  measured: Measured;
  configs: EventConfig[];
  fulfilledMs: number[];
  /** index of the condition that was fulfilled last */
  decidedBy: number;
}

/** Candidates by time are looked for from this long before the window opens, beside the time-to-trigger of their A4. */
const PREPARATION_MS = 1000;

/**
 * Conditional handover of many UEs (TS 38.331 §5.3.5.13): the candidates are the strongest cells heard, each with its
 * execution condition, which the UE watches at every measurement and executes at the instant it is fulfilled.
 *
 * The network prepares a candidate when it is first heard and takes it back when it drops out of the strongest; both are
 * taken to take no time. Time and place tell nothing of cells on the ground: from, to and between them event A3 decides, unless the
 * strategy goes by RSRP anyway. Distances go to where a beam's axis meets the ground, and thresholds that the scenario leaves
 * open come from nominal sizes (`CellSizes`), so that they stand still as a configuration does.
 */
export class Conditional {
  readonly #mission: Mission;
  readonly #beams: number;
  readonly #periodMs: number;
  readonly #events: Events[];
  readonly #places: CellPlaces;
  readonly #forecast: Forecast;
  readonly #m = measured();
  // by time: when the UE leaves its cell [ue], NaN while nobody asked
  readonly #leavesMs: Float64Array;
  /** number of the first cell on the ground */
  readonly #firstSite: number;
  readonly #offsetDb: number;
  readonly #covering = new Uint32Array(MAX_CANDIDATES);
  readonly #bank: TriggerBank;
  /** index into TRIGGERS of the event that decided last */
  trigger = 0;
  /** is told of every candidate that triggers; null but where one handover is looked at */
  witness: ((seen: Triggered) => void) | null = null;

  constructor(
    mission: Mission,
    model: BeamModel,
    track: Track,
    receivers: Receivers,
    geometry: StepGeometry,
    whereabouts: Whereabouts,
    ues: number,
  ) {
    this.#mission = mission;
    this.#beams = model.beams;
    this.#periodMs = Math.round(mission.measurementPeriod * 1000);
    this.#events = mission.userClasses.map((_, userClass) => eventsOf(mission, track, receivers, userClass));
    this.#places = new CellPlaces(mission, model, track, geometry);
    this.#forecast = new Forecast(mission, model, track, whereabouts);
    this.#firstSite = firstSite(mission);
    this.#offsetDb = mission.terrestrial?.offsetDb ?? 0;
    this.#leavesMs = new Float64Array(ues).fill(Number.NaN);
    this.#bank = new TriggerBank(ues, MAX_CANDIDATES, this.#events[0].conditions, this.#periodMs);
  }

  /** To be called after the geometry of a step has been prepared. */
  prepare(instants: number): void {
    this.#places.prepare(instants);
  }

  /** Forgets the candidates of a UE, as after a change of cell. */
  clear(ue: number): void {
    this.#bank.clear(ue);
    this.#leavesMs[ue] = Number.NaN;
  }

  /** The candidates of all UEs, as `restore` takes them. */
  pack(): Columns {
    return packCandidates(this.#bank);
  }

  restore(packed: Columns): void {
    unpackCandidates(this.#bank, packed);
    this.#leavesMs.fill(Number.NaN);
  }

  /**
   * Takes in one measurement of a UE, whose ECEF position and normal stand at `at`, and says whether and when it executes
   * a handover before the next one.
   */
  decide(
    decision: Decision,
    ue: number,
    userClass: number,
    serving: number,
    enteredMs: number,
    nowMs: number,
    instant: number,
    levels: Levels,
    position: Float64Array,
    up: Float64Array,
    at: number,
  ): void {
    decision.target = 0;
    const events = this.#events[userClass];
    const m = this.#m;
    m.timeMs = nowMs;
    m.servingRsrpDbm = levels.servingRsrp;
    let cells = levels.cell;
    let count = levels.count;
    if (events.time) {
      count = this.#inTime(ue, serving, enteredMs, nowMs, levels);
      cells = this.#covering;
    }
    this.#bank.keep(ue, cells, count);
    if (count === 0) return;
    const onGround = serving >= this.#firstSite;
    m.ocpDb = onGround ? this.#offsetDb : 0;
    if (events.places && !onGround) this.#lookAtServing(serving, instant, position, up, at);
    for (let i = 0; i < levels.count; i++) {
      const cell = levels.cell[i];
      if (events.time && !this.#isCovering(cell, count)) continue;
      m.targetRsrpDbm = levels.rsrp[i];
      m.ocnDb = cell >= this.#firstSite ? this.#offsetDb : 0;
      let configs = events.configs;
      if (onGround || cell >= this.#firstSite) {
        if (events.places || events.time) configs = events.betweenLayers;
      } else if (events.places)
        configs = this.#lookAtTarget(events, serving, cell, instant, position, up, at);
      const slot = this.#bank.take(ue, cell);
      const atMs = this.#bank.step(ue, slot, nowMs, m, configs);
      if (atMs < 0) continue;
      this.witness?.(this.#seen(ue, slot, atMs, configs));
      prefer(decision, cell, atMs, levels.rsrp[i]);
      if (decision.target === cell) this.trigger = TRIGGERS.indexOf(configs[this.#bank.decidedBy].kind);
    }
  }

  /** What is true of a candidate now, kept: thresholds and measurements are written anew for the next. */
  #seen(ue: number, slot: number, atMs: number, configs: readonly EventConfig[]): Triggered {
    const { cell, slots, conditions, decidedBy, fulfilledMs } = this.#bank;
    const at = ue * slots + slot;
    return {
      cell: cell[at],
      atMs,
      measured: { ...this.#m, timeMs: atMs },
      configs: configs.map((config) => ({ ...config })),
      fulfilledMs: configs.map((_, c) => fulfilledMs[at * conditions + c]),
      decidedBy,
    };
  }

  #lookAtServing(
    serving: number,
    instant: number,
    position: Float64Array,
    up: Float64Array,
    at: number,
  ): void {
    const places = this.#places;
    places.look(serving, instant, position, up, at);
    this.#m.distanceServingM = places.distance;
    this.#m.elevationServing = places.elevation;
    this.#m.rttServingS = places.roundTrip;
  }

  /** Measures where the candidate is and gives its conditions, with the thresholds of the two cells. */
  #lookAtTarget(
    events: Events,
    serving: number,
    cell: number,
    instant: number,
    position: Float64Array,
    up: Float64Array,
    at: number,
  ): EventConfig[] {
    const places = this.#places;
    const beams = this.#beams;
    places.look(cell, instant, position, up, at);
    this.#m.distanceTargetM = places.distance;
    this.#m.elevationTarget = places.elevation;
    this.#m.rttTargetS = places.roundTrip;
    const from = Math.floor((serving - 1) / beams);
    const to = Math.floor((cell - 1) / beams);
    return events.between(
      places.sizes(from),
      (serving - 1) % beams,
      places.sizes(to),
      (cell - 1) % beams,
      from === to,
    );
  }

  /** Fills `#covering` with the cells heard in whose contour the UE will stand when it leaves its own; says how many. */
  #inTime(ue: number, serving: number, enteredMs: number, nowMs: number, levels: Levels): number {
    if (serving >= this.#firstSite) {
      this.#covering.set(levels.cell.subarray(0, levels.count));
      return levels.count;
    }
    const { guard, window } = this.#mission.handover;
    let leavesMs = this.#leavesMs[ue];
    if (Number.isNaN(leavesMs)) {
      leavesMs = this.#forecast.leaves(ue, serving, enteredMs, Math.round(window * 1000));
      this.#leavesMs[ue] = leavesMs;
    }
    const { startMs } = this.#mission;
    // on the grid of 10 ms UTC that t1-Threshold has
    const opensMs = Math.floor((startMs + leavesMs - Math.round(guard * 1000)) / 10) * 10 - startMs;
    const isEarly = nowMs < opensMs - Math.round(this.#mission.timeToTrigger * 1000) - PREPARATION_MS;
    if (isEarly && this.#firstSite === Infinity) return 0;
    for (const { time } of this.#events) if (time) time.thresholdMs = opensMs;
    let count = 0;
    for (let i = 0; i < levels.count; i++) {
      const cell = levels.cell[i];
      const isReady =
        cell >= this.#firstSite ||
        (!isEarly && (this.#isPrepared(ue, cell) || this.#forecast.covers(ue, cell, leavesMs)));
      if (isReady) this.#covering[count++] = cell;
    }
    return count;
  }

  #isPrepared(ue: number, cell: number): boolean {
    const base = ue * MAX_CANDIDATES;
    for (let i = base; i < base + MAX_CANDIDATES; i++) if (this.#bank.cell[i] === cell) return true;
    return false;
  }

  #isCovering(cell: number, count: number): boolean {
    for (let i = 0; i < count; i++) if (this.#covering[i] === cell) return true;
    return false;
  }
}
