import {
  SLOTS,
  a3,
  handoverState,
  type A3Settings,
  type Decision,
  type HandoverState,
  type Measurement,
} from "../handover/a3.ts";
import type { Track } from "../orbit/track.ts";
import { NO_SIGNAL, emptyBlock, TRIGGERS, UE_STATE, packCell, toCenti } from "../../shared/frame.ts";
import type { EventColumns, FrameBlock } from "../../shared/frame.ts";
import type { Columns } from "../../shared/columns.ts";
import type { Mission } from "../../shared/mission.ts";
import { beamModel } from "./beams.ts";
import { Conditional, type Triggered } from "./decide.ts";
import { Levels } from "./decide-levels.ts";
import { EventLog } from "./events.ts";
import { StepGeometry } from "./geometry.ts";
import { firstSite } from "./ground.ts";
import { Hearing } from "./measure.ts";
import { receivers } from "./receivers.ts";
import { packFilters, packState, unpackFilters, unpackState, type Departures } from "./state.ts";
import { Switches } from "./feeders.ts";
import type { FeederPlan } from "../orbit/feeder.ts";
import { Whereabouts, type Users } from "./users.ts";

/** What a shard made of consecutive steps: the frames of its UEs, their events (unsorted), and counts. */
export interface ShardBlock {
  frames: FrameBlock;
  events: EventColumns;
  /** cells that served, ascending */
  servedCells: Uint32Array<ArrayBuffer>;
  state: Columns;
  linkEvaluations: number;
  /** UE-steps without service */
  uncovered: number;
}

export interface ShardOptions {
  mission: Mission;
  track: Track;
  /** null where satellites need no gateway */
  feeders: FeederPlan | null;
  /** the UEs of this shard */
  users: Users;
  /** number of its first UE in the run */
  firstUe: number;
  /** of all UEs of the run: see `region` */
  centre: Float64Array;
  spread: number;
}

/**
 * The time loop over a range of UEs: geometry → RSRP → event → frame, every UE on its own, so that any split of the
 * UEs over threads gives the same bytes.
 */
export class Shard {
  readonly #mission: Mission;
  readonly #users: Users;
  readonly #firstUe: number;
  readonly #places: Whereabouts;
  // of a UE that moves, at the instants of the step: ECEF position, normal [instant × 3], way [instant]
  readonly #position: Float64Array;
  readonly #up: Float64Array;
  readonly #way: Float64Array;
  readonly #geometry: StepGeometry;
  readonly #hearing: Hearing;
  readonly #settings: A3Settings;
  readonly #decision: Decision = { target: 0, atMs: 0, rsrpTarget: 0 };
  readonly #perStep: number;
  readonly #markStep: number;
  readonly #endMs: number;
  readonly #events: EventLog;
  readonly #departures: Departures;
  // what the events see, where that is not simply what is received; null otherwise
  readonly #levels: Levels | null;
  // the strategies of conditional handover; null for A3
  readonly #conditional: Conditional | null;
  readonly #switches: Switches;
  // of the cells on the ground: the first one's number, and what A3 compares where they have an offset; null where they have none
  readonly #firstSite: number;
  readonly #offsetDb: number;
  readonly #offset: Measurement | null;
  // of the step at hand: whether some satellite changes its gateway, and whether the UE at hand has gone over with its own
  #switching = false;
  #wentOver = false;
  // measurements until then do not count
  #afterMs = -1;
  #state: HandoverState;

  constructor({ mission, track, feeders, users, firstUe, centre, spread }: ShardOptions) {
    const model = beamModel(mission);
    const radio = receivers(mission);
    this.#mission = mission;
    this.#users = users;
    this.#firstUe = firstUe;
    this.#places = new Whereabouts(mission, users);
    this.#geometry = new StepGeometry(mission, track, feeders, model, centre, spread);
    this.#hearing = new Hearing(mission, model, radio, this.#geometry);
    this.#perStep = Math.round(mission.step / mission.measurementPeriod);
    this.#position = new Float64Array(3 * this.#perStep);
    this.#up = new Float64Array(3 * this.#perStep);
    this.#way = new Float64Array(this.#perStep);
    this.#markStep = Math.round(mission.mark / mission.step);
    this.#endMs = Math.round(mission.duration * 1000);
    this.#settings = {
      offsetDb: mission.a3OffsetDb,
      hysteresisDb: mission.hysteresisDb,
      timeToTriggerMs: Math.round(mission.timeToTrigger * 1000),
      periodMs: Math.round(mission.measurementPeriod * 1000),
    };
    const conditional = mission.handover.strategy !== "a3";
    this.#levels = conditional || Levels.changed(mission) ? new Levels(mission, users.count) : null;
    this.#conditional = conditional
      ? new Conditional(mission, model, track, radio, this.#geometry, this.#places, users.count)
      : null;
    this.#switches = new Switches(feeders);
    this.#firstSite = firstSite(mission);
    this.#offsetDb = mission.terrestrial?.offsetDb ?? 0;
    this.#offset =
      this.#offsetDb === 0
        ? null
        : { count: 0, cell: new Uint32Array(this.#hearing.cell), rsrp: new Float64Array(this.#hearing.rsrp) };
    this.#state = handoverState(users.count);
    this.#departures = {
      cellAtMark: new Uint32Array(users.count),
      enteredAtMarkMs: new Int32Array(users.count).fill(-1),
      leftMs: new Int32Array(users.count).fill(-1),
    };
    this.#events = new EventLog(firstUe);
  }

  get departures(): Readonly<Departures> {
    return this.#departures;
  }

  /** Lets somebody see every candidate of a conditional handover that triggers. */
  witness(of: (seen: Triggered) => void): void {
    if (this.#conditional) this.#conditional.witness = of;
  }

  /** Puts a UE into a cell as a change of cell left it; only what is measured after `afterMs` counts. */
  enter(ue: number, cell: number, enteredMs: number, afterMs: number): void {
    this.#state.serving[ue] = cell;
    this.#state.enteredMs[ue] = enteredMs;
    this.#afterMs = afterMs;
  }

  /** Puts back what `run` gave as `state` for these UEs. */
  restore(state: Columns): void {
    this.#state = handoverState(this.#users.count);
    unpackState(this.#state, this.#departures, state, SLOTS);
    if (this.#levels?.filters) unpackFilters(this.#levels, state);
    this.#conditional?.restore(state);
  }

  /** Runs steps [first, first + steps). Steps must follow one another. */
  run(first: number, steps: number): ShardBlock {
    const ues = this.#users.count;
    const frames = emptyBlock(first, steps, ues);
    const before = this.#hearing.evaluations;
    const served = new Set<number>();
    let uncovered = 0;
    for (let step = 0; step < steps; step++)
      uncovered += this.#step(first + step, frames, step * ues, served);
    return {
      frames,
      events: this.#events.take(),
      servedCells: Uint32Array.from(served).sort(),
      state: {
        ...packState(this.#state, this.#departures, SLOTS),
        ...(this.#levels?.filters ? packFilters(this.#levels) : {}),
        ...this.#conditional?.pack(),
      },
      linkEvaluations: this.#hearing.evaluations - before,
      uncovered,
    };
  }

  #instants(step: number): Float64Array {
    const { measurementPeriod } = this.#mission;
    if (step === 0) return Float64Array.of(0);
    return Float64Array.from(
      { length: this.#perStep },
      (_, i) => ((step - 1) * this.#perStep + i + 1) * measurementPeriod,
    );
  }

  #step(step: number, frames: FrameBlock, row: number, served: Set<number>): number {
    const times = this.#instants(step);
    this.#geometry.prepare(times);
    this.#conditional?.prepare(times.length);
    const last = Math.round(times[times.length - 1] * 1000);
    this.#switching = this.#switches.prepare(Math.round(times[0] * 1000), last + this.#settings.periodMs);
    const { serving } = this.#state;
    let uncovered = 0;
    let lastServed = 0;
    for (let ue = 0; ue < this.#users.count; ue++) {
      const before = serving[ue];
      this.#wentOver = false;
      if (this.#look(ue, times)) this.#follow(ue, times);
      else if (before !== 0) this.#lose(ue, Math.round(times[0] * 1000));
      if (step === this.#markStep) this.#mark(ue);
      const cell = serving[ue];
      if (cell === 0) {
        uncovered++;
        frames.rsrp[row + ue] = NO_SIGNAL;
        frames.sinr[row + ue] = NO_SIGNAL;
        continue;
      }
      if (cell !== lastServed) served.add((lastServed = cell));
      this.#frame(frames, row + ue, ue, before, times.length - 1);
    }
    return uncovered;
  }

  /** Says whether a UE may hear anything at the instants of the step. */
  #look(ue: number, times: Float64Array): boolean {
    const userClass = this.#users.userClass[ue];
    const places = this.#places;
    const number = this.#firstUe + ue;
    if (!places.moves(ue))
      return this.#hearing.look(number, userClass, places.position, places.up, 3 * ue, 0, null, times.length);
    for (let instant = 0; instant < times.length; instant++) {
      places.write(this.#position, this.#up, 3 * instant, ue, times[instant]);
      this.#way[instant] = places.travelled(ue, times[instant]);
    }
    return this.#hearing.look(number, userClass, this.#position, this.#up, 0, 3, this.#way, times.length);
  }

  #frame(frames: FrameBlock, at: number, ue: number, before: number, instant: number): void {
    const cell = this.#state.serving[ue];
    this.#hearing.servingRsrp = -Infinity;
    for (let i = 0; i < this.#hearing.count; i++) {
      if (this.#hearing.cell[i] === cell) this.#hearing.servingRsrp = this.#hearing.rsrp[i];
    }
    frames.cellState[at] = packCell(
      cell,
      this.#wentOver || (before !== 0 && before !== cell) ? UE_STATE.handover : UE_STATE.served,
    );
    frames.rsrp[at] = toCenti(this.#hearing.servingRsrp);
    frames.sinr[at] = toCenti(this.#hearing.sinr(instant, cell));
  }

  #follow(ue: number, times: Float64Array): void {
    for (let instant = 0; instant < times.length; instant++) {
      if (Math.round(times[instant] * 1000) <= this.#afterMs) continue;
      this.#hearing.listen(instant, this.#state.serving[ue]);
      this.#decide(ue, Math.round(times[instant] * 1000), instant);
    }
  }

  /** Attach, keep, hand over, reselect or lose, by what was just heard. */
  #decide(ue: number, nowMs: number, instant: number): void {
    const hearing = this.#hearing;
    const state = this.#state;
    const serving = state.serving[ue];
    if (hearing.best === 0) {
      if (serving !== 0) this.#lose(ue, nowMs);
    } else if (serving === 0) this.#arrive(ue, hearing.best, nowMs, nowMs, hearing.bestRsrp);
    else if (hearing.servingRsrp === -Infinity) {
      this.#log(ue, nowMs, hearing.best, Number.NaN, hearing.bestRsrp, TRIGGERS.indexOf("reselection"));
      this.#arrive(ue, hearing.best, nowMs, nowMs, hearing.bestRsrp);
    } else {
      const decision = this.#decision;
      const seen = this.#levels ?? hearing;
      this.#levels?.take(ue, this.#firstUe + ue, serving, nowMs, hearing);
      if (this.#conditional) this.#watch(this.#conditional, ue, nowMs, instant);
      else if (this.#offset) this.#compare(this.#offset, ue, nowMs, seen, seen.servingRsrp);
      else a3(decision, state, ue, nowMs, seen.servingRsrp, seen, this.#settings);
      // a timer that runs out after the last instant changes nothing in this run
      const stays = decision.target === 0 || decision.atMs > this.#endMs;
      const leavesMs = stays ? nowMs + this.#settings.periodMs : decision.atMs;
      // a UE that goes over has its measurements configured anew, which ends what was about to be decided
      if (this.#switching && this.#goOver(ue, nowMs, leavesMs, seen.servingRsrp)) return;
      if (stays) return;
      const trigger = this.#conditional?.trigger ?? TRIGGERS.indexOf("A3");
      this.#log(ue, decision.atMs, decision.target, seen.servingRsrp, decision.rsrpTarget, trigger);
      this.#arrive(ue, decision.target, decision.atMs, nowMs, decision.rsrpTarget);
    }
  }

  /** Enters a cell within the measurement period that begins at `nowMs`, and goes over with it in what is left of that. */
  #arrive(ue: number, cell: number, atMs: number, nowMs: number, rsrp: number): void {
    this.#enter(ue, cell, atMs);
    if (this.#switching) this.#goOver(ue, atMs + 1, nowMs + this.#settings.periodMs, rsrp);
  }

  /**
   * Lets a UE go over to the gNB of its satellite's next gateway where that changes in [fromMs, untilMs): the cell keeps its
   * number and its time of stay, timers and candidates begin anew. Says whether it did.
   */
  #goOver(ue: number, fromMs: number, untilMs: number, rsrp: number): boolean {
    const cell = this.#state.serving[ue];
    const satellite = Math.floor((cell - 1) / this.#mission.payload.beams);
    const first = this.#switches.next(satellite, fromMs, untilMs);
    for (let at = first; at >= 0 && at <= this.#endMs; at = this.#switches.next(satellite, at + 1, untilMs)) {
      this.#events.add(at, ue, cell, cell, rsrp, rsrp, TRIGGERS.indexOf("feeder"), 0);
      this.#state.running[ue] = 0;
      this.#conditional?.clear(ue);
      this.#wentOver = true;
    }
    return first >= 0 && first <= this.#endMs;
  }

  /** Event A3 with the cell-individual offset of the cells on the ground. */
  #compare(offset: Measurement, ue: number, nowMs: number, seen: Measurement, servingRsrp: number): void {
    const of = (cell: number) => (cell >= this.#firstSite ? this.#offsetDb : 0);
    offset.count = seen.count;
    for (let i = 0; i < seen.count; i++) {
      offset.cell[i] = seen.cell[i];
      offset.rsrp[i] = seen.rsrp[i] + of(seen.cell[i]);
    }
    const level = servingRsrp + of(this.#state.serving[ue]);
    a3(this.#decision, this.#state, ue, nowMs, level, offset, this.#settings);
    if (this.#decision.target !== 0) this.#decision.rsrpTarget -= of(this.#decision.target);
  }

  /** Lets a conditional handover see the measurement of an instant of the step. */
  #watch(conditional: Conditional, ue: number, nowMs: number, instant: number): void {
    const moves = this.#places.moves(ue);
    conditional.decide(
      this.#decision,
      ue,
      this.#users.userClass[ue],
      this.#state.serving[ue],
      this.#state.enteredMs[ue],
      nowMs,
      instant,
      this.#levels!,
      moves ? this.#position : this.#places.position,
      moves ? this.#up : this.#places.up,
      moves ? 3 * instant : 3 * ue,
    );
  }

  #log(
    ue: number,
    atMs: number,
    target: number,
    rsrpSource: number,
    rsrpTarget: number,
    trigger: number,
  ): void {
    const state = this.#state;
    const stayedMs = atMs - state.enteredMs[ue];
    const back = target === state.previous[ue] && stayedMs < this.#mission.minTimeOfStay * 1000;
    this.#events.add(atMs, ue, state.serving[ue], target, rsrpSource, rsrpTarget, trigger, back ? 1 : 0);
  }

  #enter(ue: number, cell: number, atMs: number): void {
    const state = this.#state;
    this.#depart(ue, atMs);
    state.previous[ue] = state.serving[ue];
    state.serving[ue] = cell;
    state.enteredMs[ue] = atMs;
    state.running[ue] = 0;
    this.#conditional?.clear(ue);
  }

  #lose(ue: number, atMs: number): void {
    this.#depart(ue, atMs);
    this.#state.serving[ue] = 0;
    this.#state.previous[ue] = 0;
    this.#state.enteredMs[ue] = -1;
    this.#state.running[ue] = 0;
    this.#conditional?.clear(ue);
    this.#levels?.forget(ue);
  }

  #mark(ue: number): void {
    this.#departures.cellAtMark[ue] = this.#state.serving[ue];
    this.#departures.enteredAtMarkMs[ue] = this.#state.enteredMs[ue];
  }

  #depart(ue: number, atMs: number): void {
    const { cellAtMark, leftMs } = this.#departures;
    if (leftMs[ue] < 0 && cellAtMark[ue] !== 0 && cellAtMark[ue] === this.#state.serving[ue])
      leftMs[ue] = atMs;
  }
}
